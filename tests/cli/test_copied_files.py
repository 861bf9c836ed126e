"""What others copy: README's YAML, the action, GitLab's template, the hook; by schema and by running them."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest

BASH = shutil.which("bash")
pytestmark = pytest.mark.skipif(BASH is None or os.name == "nt", reason="needs bash")


@pytest.fixture
def yaml():
    found = pytest.importorskip("ruamel.yaml")
    return found.YAML(typ="safe")


@pytest.fixture
def job(tmp_path, samples, command):
    """A job's folder, and a way to run its scripts; `go` prints a log and fails, pip and pipx need no network."""
    programs = {
        "go": f'cat "{samples}/crash/test-hang-go1.27.txt"; exit 1',
        "pipx": f'[ "$1 $2 $4" = "run --spec debugtext" ] && shift 4 && exec "{command}" "$@"',
        "pip": 'echo "$@" > pip.txt',
        "debugtext": f'exec "{command}" "$@"',
    }
    (tmp_path / "bin").mkdir()
    for name, script in programs.items():
        path = tmp_path / "bin" / name
        path.write_text(f"#!{BASH}\n{script}\n")
        path.chmod(0o755)

    def run(script, flags="-e", **variables):
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("DEBUGTEXT_", "GITHUB_"))}
        environment = kept | {"PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"} | variables
        program = [BASH, "--noprofile", "--norc", *flags.split(), "-c", script]
        return subprocess.run(program, cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8")

    return run


@pytest.fixture
def pod(tmp_path, samples, job):
    """A job beside a program in trouble: curl and kubectl give samples, and sleep does not wait."""
    programs = {
        "curl": f"""case "$2" in
            http://localhost:6060/debug/pprof/goroutine?debug=1) cat "{samples}/goroutine/chan-send-go1.27.txt" ;;
            http://localhost:6060/debug/pprof/goroutine?debug=2) cat "{samples}/dump/chan-send-go1.27.txt" ;;
            http://localhost:6060/debug/pprof/heap?debug=1) cat "{samples}/heap/map-grow-go1.27-1.txt" ;;
            "http://localhost:6060/debug/pprof/heap?debug=1&gc=1") cat "{samples}/heap/map-grow-go1.27-2.txt" ;;
            *) exit 22 ;;
            esac""",
        "kubectl": f'[ "$*" = "logs --previous POD" ] && cat "{samples}/crash/nil-deref-go1.27.txt"',
        "sleep": ":",
    }
    for name, script in programs.items():
        path = tmp_path / "bin" / name
        path.write_text(f"#!{BASH}\n{script}\n")
        path.chmod(0o755)
    return job


def fits(schema, document, tmp_path):
    """What check-jsonschema says of it with a schema that it carries."""
    pytest.importorskip("check_jsonschema")
    path = tmp_path / "document.json"
    path.write_text(json.dumps(document))
    program = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, path]
    return subprocess.run(program, capture_output=True, text=True).stdout


def readme_steps(root, yaml):
    [text] = re.findall(r"^```yaml\n(.*?)^```$", (root / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len(text.splitlines()) == 3
    return yaml.load(text)


def test_readme_s_three_lines_are_steps_of_a_workflow(root, yaml, tmp_path):
    steps = readme_steps(root, yaml)
    workflow = {"on": "push", "jobs": {"test": {"runs-on": "ubuntu-latest", "steps": steps}}}
    assert "ok -- validation done" in fits("vendor.github-workflows", workflow, tmp_path)
    workflow["jobs"]["test"]["steps"] = [{"rum": "true"}]
    assert "ok" not in fits("vendor.github-workflows", workflow, tmp_path)


def test_the_steps_in_the_documents_are_steps_too(root, yaml, tmp_path):
    blocks = re.findall(r"^```yaml\n(.*?)^```$", (root / "docs" / "ci.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    steps = [step for block in blocks if block.startswith("- ") for step in yaml.load(block)]
    assert steps[:2] == readme_steps(root, yaml)
    workflow = {"on": "push", "jobs": {"test": {"runs-on": "ubuntu-latest", "steps": steps}}}
    assert "ok -- validation done" in fits("vendor.github-workflows", workflow, tmp_path)
    inputs = yaml.load((root / "action.yml").read_text("utf-8"))["inputs"]
    assert set(steps[2]["with"]) <= set(inputs)
    [included] = [yaml.load(block) for block in blocks if not block.startswith("- ")]
    assert "ok -- validation done" in fits("vendor.gitlab-ci", included, tmp_path)


def test_readme_s_three_lines_do_what_they_say(root, yaml, job, tmp_path):
    tests, reads = readme_steps(root, yaml)
    red = job(tests["run"])
    assert (red.returncode, "panic: test timed out" in red.stdout) == (1, True)
    summary = tmp_path / "summary.md"
    told = job(reads["run"], GITHUB_STEP_SUMMARY=str(summary), GITHUB_ACTIONS="true")
    assert told.returncode == 1
    assert told.stdout.startswith("::error file=go-test.log,line=")
    assert summary.read_text("utf-8").startswith("**debugtext**: ")


def test_what_is_run_at_three_in_the_morning(root, pod, tmp_path):
    page = (root / "docs" / "on-call.md").read_text("utf-8")
    fetch, judge, send = re.findall(r"^```sh\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert (pod(fetch).returncode, len(list(tmp_path.glob("*-?.txt")))) == (0, 4)
    judged = pod(judge, "")
    assert judged.stderr == ""
    for told in ("CRASH certain: before.log", "fetch.First.func1", "growth likely: memory of", "+38.8 MiB"):
        assert told in judged.stdout
    sent = pod(send)
    assert (sent.returncode, sent.stderr) == (0, "")
    assert (tmp_path / "evidence.tar.gz").stat().st_size > 0
    for page in ("goroutines.html", "heap.html"):
        assert "</html>" in (tmp_path / page).read_text("utf-8")
    assert (tmp_path / "ticket.md").read_text("utf-8").startswith("**debugtext**: 1 finding")


def test_the_action_is_one_by_its_schema(root, yaml, tmp_path):
    action = yaml.load((root / "action.yml").read_text("utf-8"))
    assert "ok -- validation done" in fits("vendor.github-actions", action, tmp_path)


@pytest.mark.parametrize(("log", "code"), [("go-test.log", 1), ("*.log  go-test.log", 1), ("green.log", 0)])
def test_the_action_s_script(root, yaml, job, tmp_path, log, code):
    action = yaml.load((root / "action.yml").read_text("utf-8"))
    install, read = action["runs"]["steps"]
    job("go test > go-test.log || echo ok > green.log")
    result = job(read["run"], "-eo pipefail", LOG=log, DEBUGTEXT_FAIL_ON="error", BASELINE="", SARIF="a b.sarif")
    assert result.returncode == code, result.stderr
    assert result.stdout.startswith("::error file=") is bool(code)
    assert json.loads((tmp_path / "a b.sarif").read_text("utf-8"))["version"] == "2.1.0"
    known = job("debugtext baseline write go-test.log && " + read["run"], "-eo pipefail", LOG="go-test.log",
                DEBUGTEXT_FAIL_ON="error", BASELINE=".debugtext-baseline.json", SARIF="")  # fmt: skip
    assert known.returncode == 0, known.stderr
    assert set(read["env"]) == {"LOG", "DEBUGTEXT_FAIL_ON", "BASELINE", "SARIF"}
    assert "${{" not in read["run"] + install["run"]  # inputs come as variables: none of them is a piece of a script


def test_gitlab_s_template(root, yaml, job, tmp_path):
    head, body = yaml.load_all((root / "ci" / "gitlab.yml").read_text("utf-8"))
    assert "ok -- validation done" in fits("vendor.gitlab-ci", head | body, tmp_path)
    job("go test > go-test.log")
    inputs = {name: value.get("default", "git+ADDRESS") for name, value in head["spec"]["inputs"].items()}
    lines = [re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda match: inputs[match[1]], line)
             for line in body["debugtext"]["script"]]  # fmt: skip
    assert job("\n".join(lines), DEBUGTEXT_FAIL_ON=inputs["fail-on"]).returncode == 1
    assert (tmp_path / "pip.txt").read_text() == "install -q git+ADDRESS\n"
    reports = body["debugtext"]["artifacts"]["reports"]
    assert json.loads((tmp_path / reports["codequality"]).read_text("utf-8"))[0]["check_name"]
    assert (tmp_path / reports["junit"]).read_text("utf-8").startswith("<?xml")


def test_the_hook_is_one_by_pre_commit_itself(root):
    pytest.importorskip("pre_commit")
    program = [sys.executable, "-m", "pre_commit", "validate-manifest", root / ".pre-commit-hooks.yaml"]
    result = subprocess.run(program, capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (0, "")
