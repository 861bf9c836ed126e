"""Scores the rules on labelled texts, in this process, and what each rule adds; writes docs/evaluation.md.

    python tests/analyzers/evaluation.py             # needs the shared captures beside the checkout
    python tests/analyzers/evaluation.py --check     # says whether the page is as it should be

The judging is that of `score.py`, which lies beside the captures and does the same through the command, at a
fiftieth of the speed. A rule's part is found by leaving its findings out.
"""

import importlib.util
import os
import sys
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

from debugtext.analysis import analyze
from debugtext.analyzers import RULES
from debugtext.analyzers.weighing import suspicion
from debugtext.analyzers.weighing.signs.table import SIGNS, Sign
from debugtext.errors import DebugtextError
from debugtext.reading import read
from debugtext.records.captures import Reading
from debugtext.records.findings import Finding

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "evaluation.md"
REASONS = ROOT / "docs" / "misses.toml"
BLIND = ROOT / "docs" / "blind.toml"
MEASURED_SIGNS = ROOT / "docs" / "signs.toml"
SETS = {"corpus": "Captures of programs with a known fault", "realworld": "Pastes from issues and posts"}
MEASURES = ("named", "first", "top3", "false")


@dataclass(frozen=True)
class Case:
    """A labelled text (or series) and all that was found in it."""

    id: str
    truth: str
    culprits: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    is_read: bool = True
    readings: tuple[Reading, ...] = ()
    """Of texts with goroutines, to judge them once more without a sign."""


@dataclass(frozen=True)
class Judgement:
    """One case judged; a measure that does not apply is None."""

    case: Case
    named: bool | None = None
    first: bool | None = None
    top3: bool | None = None
    false: bool | None = None

    @property
    def is_miss(self) -> bool:
        """Whether anything is not as it should be."""
        return self.named is False or self.first is False or bool(self.false)


@dataclass
class Scorer:
    """The judging of score.py, loaded from beside the captures."""

    shared: Path
    score: ModuleType = field(init=False)
    known: dict[str, list[Case]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        spec = importlib.util.spec_from_file_location("score", self.shared / "score.py")
        assert spec is not None
        assert spec.loader is not None
        self.score = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.score)

    def cases(self, name: str) -> list[Case]:
        """All cases of a set, read and analysed once."""
        if name not in self.known:
            folder = self.shared / name
            self.known[name] = [self._case(folder, case) for case in self.score.cases(folder)]
        return self.known[name]

    def _case(self, folder: Path, labelled: tuple) -> Case:
        ident, _, files, truth, culprits, _, _ = labelled
        try:
            readings = [read(folder / file) for file in files]
        except DebugtextError:
            return Case(ident, truth, tuple(culprits), is_read=False)
        findings = analyze(readings).findings
        captures = [capture for reading in readings for capture in reading.captures]
        kept = tuple(readings) if any(capture.goroutines for capture in captures) else ()
        return Case(ident, truth, tuple(culprits), findings, bool(captures), kept)

    def without_sign(self, name: str, sign: Sign) -> tuple[int, int]:
        """(faults of a set that are told only with a sign, alarms on healthy texts that it keeps away)."""
        with patch.object(suspicion, "SIGNS", tuple(one for one in SIGNS if one is not sign)):
            cases = [
                (one, replace(one, findings=analyze(one.readings).findings)) for one in self.cases(name) if one.readings
            ]
        both = [(self.judge(usual), self.judge(without)) for usual, without in cases]
        lost = sum(bool(one.named) - bool(without.named) for one, without in both)
        more = sum(bool(without.false) - bool(one.false) for one, without in both if one.case.truth == "healthy")
        return lost, more

    def judge(self, case: Case, without: str = "") -> Judgement:
        """One case, as if a rule did not exist."""
        loud = [one for one in case.findings if one.severity != "note" and one.rule != without]
        verdicts = {str(one.verdict) for one in loud}
        if case.truth == "healthy":
            alarms = self.score.SERVER_ALARMS if case.id.startswith("server-") else self.score.ALARMS
            return Judgement(case, false=bool(verdicts & alarms))
        if case.truth not in self.score.ACCEPTS:
            return Judgement(case)
        functions = [{"functions": list(one.functions)} for one in loud]
        first = top3 = None
        if case.culprits:
            first = bool(loud) and self.score.matches(case.culprits, functions[0], 3)
            top3 = any(self.score.matches(case.culprits, one, 8) for one in functions[:3])
        return Judgement(
            case,
            named=bool(verdicts & self.score.ACCEPTS[case.truth]),
            first=first,
            top3=top3,
            false=bool(verdicts & {"leak", "growth"}) if case.truth == "crash" else None,
        )


def share(judgements: Iterable[Judgement], measure: str) -> tuple[int, int]:
    """(how many are so, how many it applies to)."""
    values = [getattr(one, measure) for one in judgements if getattr(one, measure) is not None]
    return sum(values), len(values)


def percent(judgements: Sequence[Judgement], measure: str) -> str:
    """`98.7 % of 753`."""
    good, every = share(judgements, measure)
    return f"{100 * good / every:.1f} % of {every:,}" if every else "-"


def page(scorer: Scorer) -> str:
    """docs/evaluation.md."""
    parts = [HEAD]
    reasons = tomllib.loads(REASONS.read_text("utf-8"))["miss"]
    for name, title in SETS.items():
        cases = scorer.cases(name)
        judged = [scorer.judge(case) for case in cases]
        parts += [
            f"## {title}\n",
            *score_table(judged),
            "",
            *additions(scorer, cases, judged),
            "",
            *misses(judged, reasons),
            "",
        ]
    parts += [BEFORE_SIGNS, *signs(scorer), ""]
    return "\n".join([*parts, BEFORE_BLIND, *blind(), "", LOOK_ALIKES]).rstrip() + "\n"


def score_table(judged: Sequence[Judgement]) -> list[str]:
    """The score by kind of truth."""
    rows = ["| truth | named | culprit first | among three | false alarms |", "|---|---|---|---|---|"]
    for truth in ("all", *sorted({one.case.truth for one in judged if one.case.truth != "unclear"})):
        some = [one for one in judged if truth in {"all", one.case.truth}]
        rows.append(f"| {truth} | " + " | ".join(percent(some, measure) for measure in MEASURES) + " |")
    return rows


def additions(scorer: Scorer, cases: Sequence[Case], judged: Sequence[Judgement]) -> list[str]:
    """What each rule adds: cases that are lost, and false alarms that go, without it."""
    rows = ["| rule | alarms in | named only by it | first only by it | false alarms by it |", "|---|---|---|---|---|"]
    whole = {measure: share(judged, measure)[0] for measure in MEASURES}
    for rule in RULES:
        fires = sum(any(one.rule == rule.id and one.severity != "note" for one in case.findings) for case in cases)
        notes = sum(any(one.rule == rule.id and one.severity == "note" for one in case.findings) for case in cases)
        if not fires and not notes:
            continue
        without = [scorer.judge(case, rule.id) for case in cases]
        lost = {measure: whole[measure] - share(without, measure)[0] for measure in MEASURES}
        told = f"{fires:,}" + (f" (and {notes:,} notes)" if notes else "")
        rows.append(f"| {rule.id} {rule.name} | {told} | {lost['named']} | {lost['first']} | {lost['false']} |")
    return rows


def signs(scorer: Scorer) -> list[str]:
    """What each sign of a leak adds on the two sets, and what it was measured to add elsewhere."""
    measured = {one["sign"]: one for one in tomllib.loads(MEASURED_SIGNS.read_text("utf-8"))["measured"]}
    assert measured.keys() == {sign.name for sign in SIGNS}
    rows = [
        (
            "| sign | found only with it: captures | pastes | unseen programs "
            "| alarms without: captures | real servers | why it stays |"
        ),
        "|---|---|---|---|---|---|---|",
    ]
    for sign in SIGNS:
        (captures, alarms), (pastes, _) = (scorer.without_sign(name, sign) for name in SETS)
        other = measured[sign.name]
        cells = (sign.name, captures, pastes, other["unseen"], alarms, other["servers"], other.get("why", ""))
        rows.append(f"| {' | '.join(map(str, cells))} |")
    return rows


def misses(judged: Sequence[Judgement], reasons: Sequence[dict[str, str]]) -> list[str]:
    """What was not told rightly, each with the reason."""
    rows = ["| case | what was missed | why |", "|---|---|---|"]
    for one in judged:
        if one.is_miss:
            what = [word for word, bad in (("kind", one.named is False), ("first", one.first is False)) if bad]
            what += ["false alarm"] * bool(one.false)
            why = next((reason["why"] for reason in reasons if fnmatchcase(one.case.id, reason["case"])), "?")
            rows.append(f"| {one.case.id} | {', '.join(what)} | {why} |")
    return rows


def blind() -> list[str]:
    """What was told of texts that nobody had looked at before, a set a row."""
    rows = ["| day | texts | faults named | alarms on healthy ones |", "|---|---|---|---|"]
    for one in tomllib.loads(BLIND.read_text("utf-8"))["set"]:
        named, alarms = (
            f"{one[good]:,} of {one[every]:,} ({one[good] / one[every]:.1%})".replace("%", " %")
            for good, every in (("named", "faults"), ("alarms", "healthy"))
        )
        rows.append(f"| {one['day']} | {one['what']} | {named} | {alarms} |")
    return rows


HEAD = """# Evaluation

<!-- Generated by python tests/analyzers/evaluation.py -->

How well the rules do on texts whose truth is known. *Named* means an alarm of the right kind; *culprit first* means
that the function at fault is among the first three functions of the first finding, *among three* that it is in one of
the first three findings. "Only by it" counts the cases that are lost if the rule is left out. Rules that only write
notes never count in a score; they explain why the process is larger than its profile.

The rules were written with these two sets in view. So the numbers show what is found in them, not how well the rules do
on texts that nobody had seen; those numbers are [further down](#texts-that-nobody-had-seen).
"""

BEFORE_SIGNS = """## What each sign of a leak adds

Whether waiting goroutines have leaked is decided by signs whose points add up (`debugtext explain DT201` lists them).
Each sign was left out in turn. The table counts the faults that are found only with it, and the alarms on healthy
programs that appear without it; a number below 0 counts faults that it hides. The columns for unseen programs and real
servers were measured once (signs.toml).
"""

BEFORE_BLIND = """## Texts that nobody had seen

Programs written for this purpose by somebody who did not know the tool, and pastes found in public; the truth about
each was written down and sealed before the tool ran on them. Leaks had to be found in one to three texts, most of them
taken within a minute. Nearly everything that was missed is leaked goroutines, and for most of these a note says what
would settle it. The rules learned from each set afterwards, so each row is about texts that were new at the time.
"""

LOOK_ALIKES = """## What one text cannot tell

Some healthy programs print the same text as a leaking one. There the finding is a note that says what would settle it,
mostly a second text some minutes later, or Go's goroutineleak profile. In the last four sets of programs above, 222
texts have such notes and no alarm: 153 come from healthy programs, 69 from leaks, so an alarm would be wrong more often
than right. The pairs are:

- a pool that waits for work, and one that nobody uses any more, unless names, ages, ids or the creator distinguish
  them;
- subscribers of a quiet topic, and subscriptions that nobody stops;
- producers that wait briefly for a slow consumer, and senders without a receiver, before the first minute is printed
  (here the alarm is raised);
- clients in a long poll that lasts minutes, and requests that nobody answers while their clients still wait;
- sets that grow because they are used (rooms, subscribers), and goroutines that are never ended;
- idle connections of a large pool, and a Transport made for each request;
- loops on a ticker that belong to something alive, and those whose owner has gone;
- a cache or a buffer, and a leak, in one heap text: the function is named, as pressure;
- what is left of a crash whose message is cut off, unless a frame of its panic remains, and a printed dump;
- one goroutine out of thousands, a table from pprof, headers without records: their findings say so.

Rules that are in no table above are about texts that are in neither set; their samples prove them ([rules](rules.md)).
"""


def main() -> int:
    """Writes the page, or says whether it is up to date."""
    shared = Path(os.environ.get("DEBUGTEXT_SHARED") or ROOT.parent / "shared")
    text = page(Scorer(shared))
    if "--check" in sys.argv[1:]:
        return int(PAGE.read_text("utf-8") != text)
    PAGE.write_text(text, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
