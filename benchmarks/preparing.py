"""Makes the inputs with our Go program, and builds the peers; what cannot be built is said and left out."""

import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

HERE = Path(__file__).resolve().parent
WORDS = "request handled in ms status user id session cache miss hit retry upstream connection closed shard"
PANICPARSE = "github.com/maruel/panicparse/v2/cmd/pp@v2.5.0"


@contextmanager
def _making(path: Path, mode: str = "w") -> Iterator[IO[Any]]:
    """The file to write, which has its name only when it is whole."""
    print(f"making {path.name} …", flush=True)
    partial = path.with_suffix(".part")
    with partial.open(mode) as file:
        yield file
    partial.rename(path)


def made(folder: Path, kind: str, count: int) -> Path:
    """A text made by `benchmarks/inputs`: `goroutines` or `heap` with so many of them; made once."""
    path = folder / f"{kind}-{count}.txt"
    if not path.exists():
        with _making(path, "wb") as file:
            subprocess.run([built(folder, HERE / "inputs"), kind, str(count)], stdout=file, check=True)
    return path


def prefixed_log(folder: Path, dump: Path, size_mib: int) -> Path:
    """A log of a container in which dumps stand between other lines, a time stamp before each line."""
    path = folder / f"log-{size_mib}.txt"
    if not path.exists():
        written = 0
        with _making(path) as log, dump.open() as source:
            while written < size_mib << 20:
                line = source.readline()
                if not line:
                    source.seek(0)
                    line = "server restarted\n"
                written += log.write(f"2026-11-21T04:05:06.{written % 1_000_000_000:09d}Z {line}")
    return path


def plain_log(folder: Path, size_mib: int) -> Path:
    """A log in which nothing of Go's stands."""
    path = folder / f"nothing-{size_mib}.txt"
    if not path.exists():
        chance, written = random.Random(1), 0
        with _making(path) as log:
            while written < size_mib << 20:
                line = " ".join(chance.choices(WORDS.split(), k=9))
                stamp = f"2026-11-21T04:05:{written % 60:02d}.{written % 1000:03d}Z"
                written += log.write(f"{stamp} INFO server.go:{chance.randrange(900)} {line}\n")
    return path


def distinct_stacks(folder: Path, size_mib: int) -> Path:
    """A dump of goroutines that walk a tree, nearly each by a way of its own: few distinct lines, many stacks."""
    path = folder / f"distinct-{size_mib}.txt"
    if not path.exists():
        chance, written, number = random.Random(2), 0, 0
        with _making(path) as dump:
            while written < size_mib << 20:
                number += 1
                walk = "".join(
                    f"example.com/tree.(*Node).walk(0xc000{chance.randrange(1 << 28):07x}, 0x2)\n"
                    f"\t/src/tree.go:{line} +0x{line * 7:x}\n"
                    for line in chance.choices((40, 44, 48), k=12)
                )
                written += dump.write(
                    f"goroutine {number} [chan receive, {chance.randrange(1, 90)} minutes]:\n"
                    f"example.com/tree.(*Node).leaf(0xc000{chance.randrange(1 << 28):07x})\n\t/src/tree.go:31 +0x1d\n"
                    f"{walk}created by example.com/app.start in goroutine 1\n\t/src/start.go:5 +0x9\n\n"
                )
    return path


def built(folder: Path, module: Path) -> str:
    """The program of a Go module of ours, built into the folder."""
    program = folder / f"{module.name}.exe"
    subprocess.run(["go", "build", "-trimpath", "-o", program, "."], cwd=module, check=True)
    return str(program)


def peer(folder: Path, name: str) -> str | None:
    """A peer's program, or None, said on the terminal, where it cannot be built."""
    try:
        if name == "gostackparse":
            return built(folder, HERE / "peers" / "gostackparse")
        environment = {**os.environ, "GOBIN": str(folder)}
        subprocess.run(["go", "install", PANICPARSE], env=environment, check=True, capture_output=True)
        return shutil.which("pp", path=str(folder))
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"left out: {name} cannot be built here ({error})", flush=True)
        return None
