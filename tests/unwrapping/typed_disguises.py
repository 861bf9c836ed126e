"""Disguises by people: comments in source code, tickets, slides, word processors, wide signs of other keyboards."""

import re

from disguises import Disguised, each_line, wrapped_up

# ---- comments in source code


@each_line
def comment(_index, line):
    return f"// {line}".rstrip(" ")


@each_line
def comment_tight(_index, line):
    return f"//{line}"


@each_line
def comment_within_code(_index, line):
    return f"\t\t// {line}"


@each_line
def comment_of_shell(_index, line):
    return f"# {line}"


@each_line
def comment_of_shell_tight(_index, line):
    return f"#{line}"


@each_line
def comment_of_sql(_index, line):
    return f"-- {line}"


@each_line
def comment_of_lisp(_index, line):
    return f";; {line}"


@each_line
def comment_of_tex(_index, line):
    return f"% {line}"


@wrapped_up(["/*"], [" */"])
@each_line
def comment_of_c(_index, line):
    return f" * {line}".rstrip(" ")


# ---- tickets, pages, slides


@wrapped_up([".. code-block:: none", ""], ["", "Why?"])
@each_line
def code_block(_index, line):
    return f"   {line}" if line else ""


@wrapped_up(["[source,text]", "----"], ["----", "Why?"])
@each_line
def asciidoc(_index, line):
    return line


@wrapped_up([r"\begin{verbatim}"], [r"\end{verbatim}"])
@each_line
def latex(_index, line):
    return line


@wrapped_up(["{panel:title=dump}"], ["{panel}"])
@each_line
def jira_panel(_index, line):
    return f"bq. {line}"


@each_line
def teams_quote(_index, line):
    return f"| {line}"


@each_line
def discord_quote(_index, line):
    return f"> {line}" if line else ">"


@wrapped_up(["[10:24 AM] Jane Doe"], [])
@each_line
def copied_from_teams(_index, line):
    return line


@wrapped_up(["<details>", "<summary>the dump</summary>", "", "```console"], ["```", "", "</details>"])
@each_line
def details(_index, line):
    return line


@each_line
def numbered(index, line):
    return f"{index + 1}. {line}"


@each_line
def numbered_with_bracket(index, line):
    return f"{index + 1}) {line}"


@each_line
def numbered_by_editor(index, line):
    return f"{index + 1:>4}│ {line}"


@each_line
def numbered_by_vim(index, line):
    return f"{index + 1:>4} {line}"


@each_line
def numbered_by_bat(index, line):
    return f"{index + 1:>4}   │ {line}"


# ---- word processors and keyboards


@each_line
def wide_signs(_index, line):
    """A header as it is typed in Chinese: wide brackets and a wide colon."""
    if not re.fullmatch(r"goroutine [0-9]+ \[[^\]]*\]:", line):
        return line
    return line.replace(" [", "［").replace("]:", "］：").replace(", ", "，")  # noqa: RUF001


@each_line
def wide_colon(_index, line):
    return f"{line[:-1]}：" if line.startswith("goroutine ") and line.endswith("]:") else line  # noqa: RUF001


@each_line
def narrow_blanks(_index, line):
    return line.replace(" ", "\u202f") if line.startswith("goroutine ") else line


@each_line
def all_blanks_hard(_index, line):
    return line.replace(" ", "\xa0").replace("\t", "\xa0\xa0\xa0\xa0")


@each_line
def zero_width_blanks(_index, line):
    return line.replace("/", "/\u200b")


@each_line
def zero_width_first(_index, line):
    return f"\u200b{line}"


@each_line
def soft_hyphens(_index, line):
    return line.replace("goroutine", "gorou\xadtine")


@each_line
def byte_order_marks(_index, line):
    return f"\ufeff{line}"


@each_line
def left_to_right_marks(_index, line):
    return f"\u200e{line}\u200e"


@each_line
def curly_quotes(_index, line):
    return re.sub(r'"([^"]*)"', "\u201c\\1\u201d", line)


@each_line
def long_dots(_index, line):
    return line.replace("(...)", "(…)")


def plain_text(lines):
    """A word processor's first line in capitals, its blanks doubled."""
    return Disguised("\n".join(line.replace(" +0x", "  +0x") for line in lines) + "\n", list(range(1, len(lines) + 1)))


COMMENTS = (
    *(comment, comment_tight, comment_within_code, comment_of_shell, comment_of_shell_tight, comment_of_sql),
    *(comment_of_lisp, comment_of_tex, comment_of_c),
)
PAGES = (code_block, asciidoc, latex, jira_panel, teams_quote, discord_quote, copied_from_teams, details)
NUMBERED = (numbered, numbered_with_bracket, numbered_by_editor, numbered_by_vim, numbered_by_bat)
KEYBOARDS = (
    *(wide_signs, wide_colon, narrow_blanks, all_blanks_hard, zero_width_blanks, zero_width_first, soft_hyphens),
    *(byte_order_marks, left_to_right_marks, curly_quotes, long_dots, plain_text),
)
ALL = (*COMMENTS, *PAGES, *NUMBERED, *KEYBOARDS)
