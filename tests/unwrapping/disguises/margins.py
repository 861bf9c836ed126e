"""What editors, tools and people put beside lines: numbers, quotes, comments, bars; `logs` takes it off as well."""

from .making import Disguised, each_line, stamp, wrapped_up

# ---- numbers


@each_line
def gutter(index, line):
    return f"{index + 1:6}\t{line}"


@each_line
def numbered_colon(index, line):
    return f"{index + 1}: {line}"


@each_line
def less_n(index, line):
    return f"{index + 1:7} {line}"


@each_line
def cat_a_n(index, line):
    return f"{index + 1:6}^I{line.replace(chr(9), '^I')}$"


@each_line
def grep_with_context(index, line):
    sign = ":" if "goroutine" in line else "-"
    return f"logs/app.log{sign}{index + 1}{sign}{line}"


@each_line
def blame(index, line):
    return f"^4832fe2 (Jane Doe 2026-01-01 10:00:{index % 60:02} +0000 {index + 1:4}) {line}"


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


# ---- quotes, lists, patches


@each_line
def indented(index, line):
    return f"    {line}" if line else line


@each_line
def quoted_mail(index, line):
    return f"> {line}" if line else ">"


@each_line
def quoted_twice(index, line):
    return f"> > {line}"


@each_line
def discord_quote(_index, line):
    return f"> {line}" if line else ">"


@each_line
def teams_quote(_index, line):
    return f"| {line}"


def list_item(lines):
    made = [f"- {lines[0]}", *(f"  {line}" if line else "" for line in lines[1:])]
    return Disguised("\n".join(made) + "\n", list(range(1, len(lines) + 1)))


@each_line
def items(_index, line):
    return f"- {line}"


@wrapped_up(["diff --git a/d b/d", "new file mode 100644", "--- /dev/null", "+++ b/d", "@@ -0,0 +1,99 @@"], [])
@each_line
def patch(_index, line):
    return f"+{line}"


@each_line
def patch_away(_index, line):
    return f"-{line}"


# ---- tables


@each_line
def markdown_table(_index, line):
    return f"| {line} |"


@each_line
def table_of_columns(index, line):
    return f"| {index + 1} | {stamp(index, 3)} | {line} |"


def box(lines):
    wide = [line.expandtabs(8) for line in lines]
    width = max(map(len, wide))
    bar = "─" * (width + 2)
    rows = "\n".join(f"│ {line.ljust(width)} │" for line in wide)
    return Disguised(f"┌{bar}┐\n{rows}\n└{bar}┘\n", [index + 2 for index in range(len(lines))])


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


ALL = (
    gutter,
    numbered_colon,
    less_n,
    cat_a_n,
    grep_with_context,
    blame,
    numbered,
    numbered_with_bracket,
    numbered_by_editor,
    numbered_by_vim,
    numbered_by_bat,
    indented,
    quoted_mail,
    quoted_twice,
    discord_quote,
    teams_quote,
    list_item,
    items,
    patch,
    patch_away,
    markdown_table,
    table_of_columns,
    box,
    comment,
    comment_tight,
    comment_within_code,
    comment_of_shell,
    comment_of_shell_tight,
    comment_of_sql,
    comment_of_lisp,
    comment_of_tex,
    comment_of_c,
)
