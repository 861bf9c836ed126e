"""`debugtext man`: the manual page, from the same texts as --help."""

from debugtext.cli._man_page import man_page
from debugtext.cli._options import example_command
from debugtext.cli._output import write

EXAMPLES = (
    "debugtext man | man -l -",
    "debugtext man > ~/.local/share/man/man1/debugtext.1",
    "debugtext man | groff -man -Tutf8 | less",
)


@example_command("man", EXAMPLES)
def command() -> int:
    """Prints the manual page, in troff for man(1)."""
    write(man_page())
    return 0
