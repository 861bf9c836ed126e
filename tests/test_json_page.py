"""docs/json.md names every key that the JSON output has."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from debugtext import Verdict, analyze, read, render
from debugtext.renderers.evidence_keys import EVIDENCE_KEYS
from debugtext.renderers.tables.report import SECTIONS

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = sorted(path for path in (ROOT / "samples").glob("*/*.txt") if path.parent.name != "other")
TOLD = set(re.findall(r"`(\w[\w-]*)`", (ROOT / "docs" / "json.md").read_text("utf-8")))
OF_A_FORMAT = ("evidence", "totals", "stacks")
"""What differs by rule and by format is told with them."""
TABLE = re.compile(r"\| evidence \| \|\n\|---\|---\|\n(?:\|.*\|\n)+")
ONE_SHAPE = {"waits": list, "share": int | float, "frames": int, "growth": int}
"""Evidence of several rules, which readers take as what it is in one of them."""


def keys(value: object) -> set[str]:
    if isinstance(value, dict):
        inside = (keys(one) for key, one in value.items() if key not in OF_A_FORMAT)
        return set(value).union(*inside)
    return set().union(*map(keys, value)) if isinstance(value, list) else set()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_key_of_one_text_is_told(path):
    fields = json.loads(render(analyze([read(path)]), "json"))
    assert {"schema_version", "inputs", "findings"} <= keys(fields)
    assert keys(fields) - TOLD == set()
    evidence = [one["evidence"] for one in fields["findings"]]
    assert set().union(*evidence) - set(EVIDENCE_KEYS) == set()
    for name, kind in ONE_SHAPE.items():
        assert all(isinstance(one[name], kind) for one in evidence if name in one)
    for wait in (wait for one in evidence for wait in one.get("waits", ())):
        assert {key: type(value) for key, value in wait.items()} == {"function": str, "count": int, "doing": str}


def test_the_table_of_the_evidence_is_what_the_code_says(update_golden):
    page = ROOT / "docs" / "json.md"
    rows = [f"| `{name}` | {key.meaning} |" for name, key in EVIDENCE_KEYS.items()]
    table = "\n".join(["| evidence | |", "|---|---|", *rows]) + "\n"
    text = page.read_text("utf-8")
    if update_golden:
        text = TABLE.sub(lambda _: table, text)
        page.write_text(text, "utf-8", newline="\n")
    assert TABLE.findall(text) == [table]
    assert list(EVIDENCE_KEYS) == sorted(EVIDENCE_KEYS)


@pytest.mark.parametrize(
    ("arguments", "some"),
    [
        (("diff", "--full"), {"changes", "differences", "stacks"}),
        (("trend", "--every", "1m", "--limit", "4GiB"), {"trends", "forecasts", "slope"}),
    ],
)
def test_every_key_of_a_series_is_told(command, arguments, some):
    series = [path for path in SAMPLES if path.name.startswith("deeper-")]
    inputs = series if arguments[0] == "trend" else series[::5]
    done = subprocess.run([command, *arguments, "--format", "json", *inputs], capture_output=True)
    fields = json.loads(done.stdout)
    assert some <= keys(fields)
    assert keys(fields) - TOLD == set()
    assert set().union(*(one["evidence"] for one in fields["findings"])) - set(EVIDENCE_KEYS) == set()


def test_every_format_and_every_verdict_is_told():
    assert {*SECTIONS, *(verdict.value for verdict in Verdict)} - TOLD == set()
