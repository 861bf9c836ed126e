"""What debugtext says of kept texts: each alone, pairs, and series in time order. All are of healthy servers."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from debugtext import DebugtextError, Report, Settings, analyze, read
from debugtext.comparing import compare_two, follow

from .entries import Server

NAME = re.compile(r"^(?P<phase>start|rest|load|after)-(?P<number>\d+)\.(?P<kind>\w+)\.txt$")
PHASES = ("start", "rest", "load", "after")
MAY_HOLD_NOTHING = "log"


@dataclass(frozen=True, slots=True)
class Case:
    """Texts of one server that are judged together: one, a pair, or a series."""

    server: str
    call: str
    paths: tuple[Path, ...]

    @property
    def is_series(self) -> bool:
        """Whether they are several."""
        return len(self.paths) > 1


@dataclass(frozen=True, slots=True)
class Alarm:
    """What would have woken somebody up."""

    case: Case
    rule: str
    title: str
    severity: str = ""
    functions: tuple[str, ...] = ()
    evidence: str = ""


def moment(path: Path) -> tuple[int, int]:
    """Sorts texts by time."""
    match = NAME.match(path.name)
    assert match is not None
    return PHASES.index(match["phase"]), int(match["number"])


def cases(folder: Path) -> Iterator[Case]:
    """Every text of a server alone, and what one process said several times: pairs and series."""
    server = folder.name
    paths = [path for path in folder.iterdir() if NAME.match(path.name)]
    for path in sorted(paths):
        yield Case(server, "check", (path,))
    kinds = {path.suffixes[0].removeprefix(".") for path in paths} - {MAY_HOLD_NOTHING}
    for kind in sorted(kinds):
        series = sorted((path for path in paths if path.suffixes[0] == f".{kind}"), key=moment)
        rest = tuple(path for path in series if path.name.startswith("rest-"))
        load = tuple(path for path in series if path.name.startswith("load-"))
        after = tuple(path for path in series if path.name.startswith("after-"))
        pairs = (rest[:1] + rest[-1:], load[:1] + load[-1:], rest[-1:] + after[-1:])
        yield from (Case(server, "diff", pair) for pair in pairs if len(set(pair)) == 2)
        yield from (Case(server, "trend", some) for some in (rest, load, tuple(series)) if len(some) > 2)


def judge(case: Case) -> list[Alarm]:
    """The alarms of one case; a text that is not understood is one too."""
    try:
        report = reported(case)
    except DebugtextError as error:
        return [Alarm(case, "not read", str(error))]
    alarms = [
        Alarm(case, one.rule, one.title, str(one.severity), one.functions[:3], str(dict(one.evidence)))
        for one in report.findings
        if str(one.severity) != "note"
    ]
    for reading in report.readings:
        alarms += [Alarm(case, "problem", f"line {one.line}: {one.message}") for one in reading.problems]
        if not reading.captures and not reading.name.endswith(f".{MAY_HOLD_NOTHING}.txt"):
            alarms.append(Alarm(case, "not read", f"{Path(reading.name).name} holds no debug text"))
    return alarms


def reported(case: Case) -> Report:
    """What the command of that name reports."""
    readings = [read(path) for path in case.paths]
    if case.call == "diff":
        return compare_two(readings, Settings())
    if case.call == "trend":
        return follow(readings, Settings())
    return analyze(readings)


def judge_all(folder: Path, names: Iterable[str]) -> tuple[list[Case], list[Alarm]]:
    """Every case of the servers with these names, judged on all processors."""
    every = [case for name in names for case in cases(folder / name)]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(judge, every, chunksize=8))
    return every, [alarm for alarms in found for alarm in alarms]


def unexpected(alarms: Sequence[Alarm], servers: Iterable[Server]) -> list[Alarm]:
    """The alarms without those that servers.toml expects, with its reason."""
    expected = {(server.name, one.rule) for server in servers for one in server.expected}
    return [alarm for alarm in alarms if (alarm.case.server, alarm.rule) not in expected]
