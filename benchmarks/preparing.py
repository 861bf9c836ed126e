"""Makes the inputs with our Go program, and builds the peers; what cannot be built is said and left out."""

import os
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
PANICPARSE = "github.com/maruel/panicparse/v2/cmd/pp@v2.5.0"


def made(folder: Path, kind: str, count: int) -> Path:
    """A text made by `benchmarks/inputs`: `goroutines` or `heap` with so many of them; made once."""
    path = folder / f"{kind}-{count}.txt"
    if not path.exists():
        print(f"making {path.name} …", flush=True)
        partial = path.with_suffix(".part")
        with partial.open("wb") as file:
            subprocess.run([built(folder, HERE / "inputs"), kind, str(count)], stdout=file, check=True)
        partial.rename(path)
    return path


def prefixed_log(folder: Path, dump: Path, size_mib: int) -> Path:
    """A log of a container in which dumps stand between other lines, a time stamp before each line."""
    path = folder / f"log-{size_mib}.txt"
    if not path.exists():
        print(f"making {path.name} …", flush=True)
        partial = path.with_suffix(".part")
        written = 0
        with partial.open("w") as log, dump.open() as source:
            while written < size_mib << 20:
                line = source.readline()
                if not line:
                    source.seek(0)
                    line = "server restarted\n"
                written += log.write(f"2026-11-21T04:05:06.{written % 1_000_000_000:09d}Z {line}")
        partial.rename(path)
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
