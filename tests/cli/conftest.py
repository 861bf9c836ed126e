"""The program as the tests call it: in this process, with text on standard input."""

import pytest
from click.testing import CliRunner

from debugtext.cli._program import program

GOROUTINES = """\
goroutine profile: total 3
2 @ 0x1 0x2
#\t0x1\tmain.work+0x1\t/src/main.go:7

1 @ 0x3
#\t0x3\tmain.main+0x1\t/src/main.go:3

"""
HEAP = """\
heap profile: 2: 64 [2: 64] @ heap/2
2: 64 [2: 64] @ 0x1
#\t0x0\tmain.keep+0x1\t/src/main.go:9


# runtime.MemStats
# HeapAlloc = 1048576
# NumGC = 0
# DebugGC = false
"""
LEAK = """\
goroutine 1 [select (no cases)]:
main.main()
\t/src/main.go:3 +0x1

goroutine 7 [chan send (nil chan), 5 minutes]:
main.work()
\t/src/main.go:7 +0x1
created by main.main in goroutine 1
\t/src/main.go:4 +0x1
"""
PANIC = """\
panic: boom

goroutine 1 [running]:
main.main()
\t/src/main.go:3 +0x1
exit status 2
"""


@pytest.fixture
def run():
    """`run("heap", "-", text="…")` gives the result with exit_code, stdout and stderr."""

    def call(*arguments, text="", env=None):
        return CliRunner().invoke(
            program, [str(a) for a in arguments], input=text, env={"NO_COLOR": None, **(env or {})}
        )

    return call


@pytest.fixture
def texts(tmp_path, monkeypatch):
    """A folder with small texts, which is the current one."""
    monkeypatch.chdir(tmp_path)
    named = {"goroutines": GOROUTINES, "heap": HEAP, "leak": LEAK, "panic": PANIC, "log": "all is well\n"}
    for name, text in named.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    return tmp_path
