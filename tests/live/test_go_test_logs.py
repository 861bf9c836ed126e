"""What `go test` writes, as a CI job keeps it: one command, the right line of the checkout, the right exit code."""

import os
import re
import shutil
import subprocess

import pytest

WAYS = pytest.mark.parametrize(
    "way", [(), ("-v",), ("-json",), ("-trimpath",)], ids=["plain", "verbose", "json", "trimmed"]
)
TROUBLES = {
    "timeout": ("testpkg", ("-run", "TestHang", "-timeout", "2s"), "DT608", "p_test.go", {"<-ch"}),
    "deadlock": ("testpkg", ("-run", "TestHang", "-timeout", "0"), "DT104", "p_test.go", {"<-ch"}),
    "race": ("testpkg", ("-run", "TestRace", "-race"), "DT609", "p_test.go", {"n++", '_ = m["a"]'}),
    "leak by goleak": ("left", ("-run", "TestGoleak"), "DT105", "left_test.go", {"for range updates {"}),
}
ANNOTATION = re.compile(r"::error file=(?P<file>[^,]+),line=(?P<line>\d+),title=(?P<title>[^:]+)::")


@pytest.fixture(scope="module")
def log_of(go, go_environment, source):
    """The log of a `go test`, both streams in one file as `2>&1` puts them, and the folder of the checkout."""
    folders = {}

    def run(program, way, flags):
        environment = dict(go_environment)
        if program == "left":  # goleak is fetched where this machine's Go fetches modules from
            environment |= {"GOFLAGS": "-mod=mod", "GOPROXY": os.environ.get("GOPROXY") or _proxy(go)}
        if program not in folders:
            folders[program] = source(program)
        log = folders[program] / "go-test.log"
        with log.open("wb") as file:
            code = subprocess.run(
                [go, "test", *way, *flags, "."], cwd=folders[program], env=environment, stdout=file, stderr=file
            ).returncode
        return folders[program], log, code

    return run


def _proxy(go):
    environment = {name: value for name, value in os.environ.items() if name != "GOPROXY"}
    return subprocess.check_output([go, "env", "GOPROXY"], env=environment, text=True).strip()


def checked(command, folder, *arguments):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DEBUGTEXT_", "GITHUB_"))}
    return subprocess.run(
        [command, "check", *arguments], cwd=folder, env=kept, capture_output=True, text=True, encoding="utf-8"
    )


@WAYS
@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_red_log_gives_an_annotation_on_the_line_of_the_trouble(log_of, command, trouble, way):
    program, flags, rule, file, codes = TROUBLES[trouble]
    if trouble == "race" and shutil.which("gcc") is None and shutil.which("clang") is None:
        pytest.skip("the race detector needs a C compiler")
    folder, log, go_code = log_of(program, way, flags)
    text = log.read_text("utf-8", "replace")
    if "no required module provides" in text or "dial tcp" in text or "module lookup disabled" in text:
        pytest.skip("goleak cannot be fetched here")
    assert go_code == 1, text
    result = checked(command, folder, "--format", "github", log.name)
    assert result.returncode == 1, result.stderr
    errors = [line for line in result.stdout.splitlines() if line.startswith("::error ")]
    matches = [match for line in errors if (match := ANNOTATION.match(line))]
    assert len(matches) == len(errors) == len(codes), result.stdout
    lines = (folder / file).read_text("utf-8").splitlines()
    assert {match["file"] for match in matches} == {file}
    assert {lines[int(match["line"]) - 1].strip() for match in matches} == codes
    assert all(match["title"].startswith(f"{rule} ") for match in matches)


@WAYS
def test_a_green_log_is_0_and_at_most_one_line(log_of, command, way):
    folder, log, go_code = log_of("testpkg", way, ("-run", "TestSub/fast"))
    assert go_code == 0, log.read_text("utf-8")
    for form, said in (("github", ""), ("table", ""), ("markdown", "**debugtext**: no Go debug text found.\n")):
        result = checked(command, folder, "--format", form, log.name)
        assert (result.returncode, result.stdout) == (0, said), form
        assert result.stderr == "debugtext: go-test.log: no Go debug text found in it\n"


def test_a_test_that_only_fails_is_no_finding(log_of, command):
    """`--- FAIL` without a dump is for the test's own report: the job is red already."""
    folder, log, _ = log_of("testpkg", ("-v",), ("-run", "TestSub/fast"))
    log.write_text(log.read_text("utf-8").replace("--- PASS", "--- FAIL"), "utf-8")
    assert checked(command, folder, log.name).returncode == 0
