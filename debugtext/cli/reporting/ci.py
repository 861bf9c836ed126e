"""What reports need in CI: places in the checkout, a baseline, checks of the ignores, files beside stdout."""

import os
from pathlib import Path

from debugtext.cli import exit_codes
from debugtext.cli.options.of_reports import Options
from debugtext.cli.terminal.output import complain, write_file
from debugtext.records.reports import Report
from debugtext.renderers import render
from debugtext.renderers.options import RenderOptions
from debugtext.suggestions import rule_meant

PLACED = {"github", "gitlab", "sarif", "junit", "markdown", "csv"}
"""The formats that point into the checkout."""
OTHERWISE = dict.fromkeys(("json", "jsonl", "gitlab", "sarif"), r"#\u0023[") | {"junit": "#&#35;["}
"""How `##[` can be written in each format without a change of meaning; in all others a space is added."""
MOST_SUMMARY_BYTES = 1 << 20  # docs.github.com: "Job summaries are … restricted to a maximum size of 1MiB"


def completed(report: Report, options: Options) -> Report:
    """The report with known findings marked, and with places in the checkout if a format needs them."""
    if options.baseline is not None:
        from debugtext.project.baseline import against, load  # noqa: PLC0415

        report = against(report, load(options.baseline))
    wanted = options.source_root or options.strip_prefix or PLACED & {options.format, *_formats(options)}
    if wanted and (report.findings or report.suppressed):
        from debugtext.project.source_paths import SourcePaths, with_sources  # noqa: PLC0415

        report = with_sources(report, SourcePaths(options.source_root or Path(), options.strip_prefix))
    return report


def write_outputs(report: Report, options: Options) -> None:
    """Writes the files of `-o FORMAT:PATH`, and GitHub's job summary if the format `github` is asked for."""
    chosen = RenderOptions(full=options.full, width=120, fail_on=options.fail_on, rules=options.rules)
    for output in options.outputs:
        name, _, path = output.partition(":")
        write_file(Path(path), [render(report, name, chosen).encode()])
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary and "github" in {options.format, *_formats(options)}:
        _add_to_summary(Path(summary), render(report, "markdown"))


def _add_to_summary(path: Path, text: str) -> None:
    """Adds the text to what other steps wrote, after an empty line: a table would take the next line as a row.

    GitHub drops a summary that is too large: then only the verdict is written, which says where the rest is.
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
    """The text without anything that GitHub's runner takes for a command: `::` at a line's beginning, `##[` anywhere.

    See actions/runner, src/Runner.Common/ActionCommand.cs, TryParseV2 and TryParse. Some formats can write the same
    text with escapes. The format `github` consists of our own commands, which have no others in them.
    """
    if not os.environ.get("GITHUB_ACTIONS") or format == "github":
        return text
    lines = text.replace("##[", OTHERWISE.get(format, "## [")).split("\n")
    return "\n".join(line.replace("::", ": :", 1) if line.lstrip().startswith("::") else line for line in lines)


def ignores_code(report: Report, options: Options) -> int:
    """TROUBLE if an ignore has expired, else CLEAN; reports these ignores, and those that match nothing, on stderr."""
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
    """`: there is no rule 'DT999'.` with a suggestion, if that is why an ignore matches nothing; else empty."""
    from debugtext.analyzers import RULES  # noqa: PLC0415

    ids, names = zip(*((known.id, known.name) for known in (*RULES, *options.rules)), strict=True)
    if not rule or "*" in rule or "?" in rule or rule in (*ids, *names):
        return ""
    return f": there is no rule {rule!r}.{rule_meant(rule, ids, names)}"


def _formats(options: Options) -> set[str]:
    return {output.partition(":")[0] for output in options.outputs}
