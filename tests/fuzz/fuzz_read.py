"""Looks for texts that break the reading, led by which lines of debugtext a text reaches (libFuzzer through atheris).

    pip install atheris
    python tests/fuzz/fuzz_read.py -max_total_time=600

The arguments are libFuzzer's. Seeds are the samples and disguises of theirs; what was found to reach new lines is kept
in the folder given as the first argument that is no option, else in a temporary one. A text that breaks a law is left
as a file `crash-…`, a slow one as `timeout-…`; run the program with that file to see why.
"""

import importlib
import pkgutil
import sys
import tempfile
from pathlib import Path
from zlib import crc32

import atheris

with atheris.instrument_imports(include=["debugtext"]):
    import debugtext.formats
    import debugtext.reading
    import debugtext.unwrapping

    for _package in (debugtext.formats, debugtext.unwrapping):  # most are loaded when a text needs them
        for _module in pkgutil.iter_modules(_package.__path__, f"{_package.__name__}."):
            importlib.import_module(_module.name)

from laws import obeyed_by

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "samples"
LARGEST_SEED = 6_000
LARGEST_TEXT = 20_000
SLOWEST_SECONDS = 10


def read_one(content: bytes) -> None:
    """One text that libFuzzer has made; each fourth one has to obey all laws."""
    obeyed_by(content, all_laws=crc32(content) % 4 == 0)


def seeds(folder: Path) -> None:
    """Writes small samples, and what others do to them."""
    sys.path.append(str(HERE.parent / "unwrapping"))
    disguises = importlib.import_module("disguises")
    small = [file for file in sorted(SAMPLES.glob("*/*.txt")) if file.stat().st_size <= LARGEST_SEED]
    for file in small:
        (folder / f"{file.parent.name}-{file.name}").write_bytes(file.read_bytes())
    for number, disguise in enumerate(disguises.BY_NAME.values()):
        file = small[number * 7 % len(small)]
        lines = file.read_text("utf-8", "surrogateescape").removesuffix("\n").split("\n")
        text = disguise(lines).text
        (folder / f"{disguise.__name__}-{file.name}").write_bytes(text.encode("utf-8", "surrogateescape"))


def words(file: Path) -> None:
    """Writes the words that libFuzzer puts into texts."""
    needles = [
        *("goroutine 1 [running]:\\x0a", "created by ", " in goroutine ", "\\x0a\\x09/a.go:1 +0x1", "main.f(0x1)\\x0a"),
        *(" profile: total ", "heap profile: ", " @ 0x1", "#\\x090x1\\x09a.b+0x1\\x09/a.go:1"),
        *("# runtime.MemStats\\x0a", "# Alloc = 1", "# PauseNs = [", "--- mutex:\\x0acycles/second=1"),
        *("panic: ", "fatal error: ", "WARNING: DATA RACE", "[signal SIG", "SIGQUIT: quit", "exit status 2"),
        *("on top of the stack:", "...additional frames elided...", "[originating from goroutine 1]:"),
        *("stderr P ", "stdout F ", "00O+", "web-1 | ", "2026-01-02T03:04:05Z ", "\\x22log\\x22:\\x22"),
        *("msg=\\x22", "\\\\n", "\\x1b[31m", "<br>", "&#x2F;", "](http://a)", "#011", "#012", "\\x0d", "> ", "- "),
    ]
    file.write_text("".join(f'"{needle}"\n' for needle in needles))


def main() -> None:
    """Writes seeds and words, and lets libFuzzer run."""
    with tempfile.TemporaryDirectory() as temporary:
        seed_folder = Path(temporary) / "seeds"
        seed_folder.mkdir()
        seeds(seed_folder)
        words(Path(temporary) / "words")
        options = [argument for argument in sys.argv[1:] if argument.startswith("-")]
        folders = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
        if not (folders and Path(folders[0]).is_file()):
            folders = [folders[0] if folders else str(Path(temporary)), str(seed_folder)]
            options += [f"-max_len={LARGEST_TEXT}", f"-timeout={SLOWEST_SECONDS}", "-rss_limit_mb=2048"]
            options.append(f"-dict={temporary}/words")
        atheris.Setup([sys.argv[0], *options, *folders], read_one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
