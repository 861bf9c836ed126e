"""What CI asks of a report: places in the checkout, a baseline, ignores that are kept in order, files beside stdout."""

import os
from pathlib import Path

from debugtext.cli import exit_codes
from debugtext.cli._options import Options
from debugtext.cli._output import complain
from debugtext.records.reports import Report
from debugtext.renderers import render
from debugtext.renderers._renderer import RenderOptions
from debugtext.suggestions import rule_meant

PLACED = {"github", "gitlab", "sarif", "junit", "markdown", "csv"}
OTHERWISE = dict.fromkeys(("json", "jsonl", "gitlab", "sarif"), r"#\u0023[") | {"junit": "#&#35;["}
MOST_SUMMARY_BYTES = 1 << 20  # docs.github.com: "Job summaries are … restricted to a maximum size of 1MiB"


def completed(report: Report, options: Options) -> Report:
    """The report with known findings marked, and places in the checkout for the formats that point there."""
    if options.baseline is not None:
        from debugtext.baseline import against, load  # noqa: PLC0415

        report = against(report, load(options.baseline))
    wanted = options.source_root or options.strip_prefix or PLACED & {options.format, *_formats(options)}
    if wanted and (report.findings or report.suppressed):
        from debugtext.source_paths import SourcePaths, with_sources  # noqa: PLC0415

        report = with_sources(report, SourcePaths(options.source_root or Path(), options.strip_prefix))
    return report


def write_outputs(report: Report, options: Options) -> None:
    """The files of `-o FORMAT:PATH`, and GitHub's job summary where annotations are asked for."""
    chosen = RenderOptions(full=options.full, width=120, fail_on=options.fail_on, rules=options.rules)
    for output in options.outputs:
        name, _, path = output.partition(":")
        Path(path).write_text(render(report, name, chosen), "utf-8", newline="\n")
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary and "github" in {options.format, *_formats(options)}:
        _add_to_summary(Path(summary), render(report, "markdown"))


def _add_to_summary(path: Path, text: str) -> None:
    """Below what other steps wrote, parted from it: a table would take the next line for its own.

    GitHub drops a summary that is too large as a whole: then there is the verdict, which says where the rest is.
    """
    there = path.stat().st_size if path.exists() else 0
    text = f"\n{text}" if there else text
    if there + len(text.encode()) > MOST_SUMMARY_BYTES:
        text = (
            "\n".join(text.split("\n")[: 1 + bool(there)])
            + " Too many for a summary: see the annotations and the log.\n"
        )
    if there + len(text.encode()) <= MOST_SUMMARY_BYTES:
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)


def without_commands(text: str, format: str = "table") -> str:  # noqa: A002 - the option's name
    """Text that gives GitHub's runner no commands: it takes those at a line's beginning, and `##[` anywhere in it.

    As in actions/runner, src/Runner.Common/ActionCommand.cs, TryParseV2 and TryParse. Formats that have a way to write
    the same text otherwise are what they were; lines that are commands of ours have no others in them.
    """
    if not os.environ.get("GITHUB_ACTIONS") or format == "github":
        return text
    lines = text.replace("##[", OTHERWISE.get(format, "## [")).split("\n")
    return "\n".join(line.replace("::", ": :", 1) if line.lstrip().startswith("::") else line for line in lines)


def ignores_code(report: Report, options: Options) -> int:
    """TROUBLE if an ignore has expired, said on standard error; one that matches nothing is only mentioned."""
    if not options.ignores:
        return exit_codes.CLEAN
    from debugtext.analyzers.ignoring import has_expired, matches  # noqa: PLC0415 - few have anything to ignore

    code = exit_codes.CLEAN
    for entry in options.ignores:
        what = ", ".join(filter(None, (entry.rule, entry.top, entry.any, entry.created_by)))
        if has_expired(entry):
            complain(f"the ignore of {what} ({entry.reason}) expired on {entry.expires}: renew it or remove it")
            code = exit_codes.TROUBLE
        elif not any(matches(entry, finding) for finding in report.suppressed):
            complain(f"the ignore of {what} ({entry.reason}) matches nothing{_unknown_rule(entry.rule, options)}")
    return code


def _unknown_rule(rule: str, options: Options) -> str:
    """`: there is no rule 'DT999'.`, with what may have been meant, where that is why."""
    from debugtext.analyzers import RULES  # noqa: PLC0415

    ids, names = zip(*((known.id, known.name) for known in (*RULES, *options.rules)), strict=True)
    if not rule or "*" in rule or "?" in rule or rule in (*ids, *names):
        return ""
    return f": there is no rule {rule!r}.{rule_meant(rule, ids, names)}"


def _formats(options: Options) -> set[str]:
    return {output.partition(":")[0] for output in options.outputs}
