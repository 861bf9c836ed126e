"""Looks for files that break what reads them: binary profiles, settings, baselines, knowledge (with atheris).

    python tests/fuzz/fuzz_files.py -max_total_time=600

Nothing but our own errors may be raised. The first byte chooses the reader; the arguments are those of `fuzz_read.py`.
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["debugtext"]):
    from debugtext import knowledge
    from debugtext.errors import DebugtextError
    from debugtext.formats.pprof.binary_profile import read_binary_profile
    from debugtext.project import baseline, configuration

SAMPLES = Path(__file__).parents[2] / "samples"
FOLDER = Path(tempfile.mkdtemp())
FILE = FOLDER / "file"
SEEDS = (
    b'c[thresholds]\n"DT201.minutes" = 5\n[[ignore]]\nrule = "DT201"\nreason = "x"\nexpires = 2027-01-31\n',
    b'b{"debugtext_baseline": 1, "findings": [{"rule": "DT201", "fingerprint": "a", "title": "t"}]}',
)


def read_one(content: bytes) -> None:
    """One file that libFuzzer has made."""
    kind, content = content[:1], content[1:]
    FILE.write_bytes(content)
    try:
        if kind == b"c":
            configuration.load(FOLDER, {"DEBUGTEXT_CONFIG": str(FILE)})
        elif kind == b"b":
            baseline.load(FILE)
        elif kind == b"k":
            knowledge.knowledge.cache_clear()
            knowledge.knowledge((str(FILE),))
        else:
            read_binary_profile(content).groups()
    except DebugtextError:
        pass


def main() -> None:
    """Writes seeds, and lets libFuzzer run."""
    seeds = FOLDER / "seeds"
    seeds.mkdir()
    for number, seed in enumerate(SEEDS):
        (seeds / str(number)).write_bytes(seed)
    for file in Path(knowledge.__file__).parent.glob("*.toml"):
        for number, entry in enumerate(file.read_text("utf-8").split("\n\n")):
            (seeds / f"{file.name}-{number}").write_bytes(b"k" + entry.encode())
    for file in SAMPLES.glob("*/*.pb.gz"):
        import gzip

        (seeds / file.name).write_bytes(b"p" + gzip.decompress(file.read_bytes()))
    atheris.Setup([sys.argv[0], "-max_len=20000", "-timeout=10", *sys.argv[1:], str(seeds)], read_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
