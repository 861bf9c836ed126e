"""Signs that converters and mails have written in their own way; what looks so and is not stays as it is."""

import pytest

from debugtext.pieces.text import Piece
from debugtext.reading import read
from debugtext.unwrapping import unwrap
from debugtext.unwrapping.notations.piped import with_backslashes
from debugtext.unwrapping.pages.escaped_signs import without_escaped_signs
from debugtext.unwrapping.pages.links import without_links
from debugtext.unwrapping.pages.quoted_printable import without_quoted_printable
from debugtext.unwrapping.pages.spreadsheets import without_cells

CALL = "main.(*Ledger).Post(0x1)"
PLACE = "\t/src/ledger_test.go:32 +0x7b"
DUMP = f"goroutine 18 [running]:\n{CALL}\n{PLACE}\n"


def left(step, text):
    return step(Piece(text, 1)).text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param("goroutine 1 \\[running\\]:\n", "goroutine 1 [running]:\n", id="a header"),
        pytest.param("main.(\\*T).Run()\n\t/src/a\\_b.go:1\n", "main.(*T).Run()\n\t/src/a_b.go:1\n", id="all lines"),
        pytest.param("m.(\\*T).Run()\n\tC:\\\\a\\\\t\\_b.go:1\n", "m.(*T).Run()\n\tC:\\a\\t_b.go:1\n", id="Windows"),
        pytest.param(f"{CALL}\n\tD:\\a\\_work\\1\\s\\a.go:1\n", None, id="a path of Windows"),
        pytest.param(
            "m.(\\*T).Run()\n\tD:\\a\\_work\\a.go:1\n", "m.(*T).Run()\n\tD:\\a\\_work\\a.go:1\n", id="one line"
        ),
        pytest.param(f'panic: bad pattern "\\[a-z\\]+"\n\n{DUMP}', None, id="a message"),
        pytest.param('{"msg":"say \\"hi\\""}\n', None, id="JSON"),
    ],
)
def test_backslashes_before_signs(written, shown):
    assert left(without_escaped_signs, written) == (shown or written)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param(f"{CALL}\n\\t/src/a.go:1 +0x2\n", f"{CALL}\n\t/src/a.go:1 +0x2\n", id="a location"),
        pytest.param(
            "1 @ 0x2\n#\\t0x1\\tmain.f+0x1\\t\\tC:\\temp\\t.go:7\n",
            "1 @ 0x2\n#\t0x1\tmain.f+0x1\t\tC:\\temp\\t.go:7\n",
            id="a frame in a folder of Windows",
        ),
        pytest.param(f"{CALL}\n\\\\tools\\a.go:1 +0x2\n", None, id="another machine's folder"),
        pytest.param("usage:\n\\t is a tab\n", None, id="words"),
    ],
)
def test_tabs_that_are_written_out(written, shown):
    assert left(without_links, written) == (shown or written)


MAIL = "Subject: a=b\nContent-Transfer-Encoding: Quoted-Printable\n\n"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param("a=3D1=20\n", "a=1 \n", id="signs"),
        pytest.param("0x671=\n89\nend\n", "0x67189\nend\n", id="a line that goes on"),
        pytest.param("one=0D=0Atwo=0A=0A", "one\ntwo\n\n", id="line ends"),
        pytest.param("gr=C3=\n=BC=C3=9Fe\n", "grüße\n", id="letters"),
    ],
)
def test_a_letter_whose_head_says_how_it_is_written(written, shown):
    head = "Subject: a=b\n\n\n"
    once = left(without_quoted_printable, MAIL + written)
    assert once == head + shown
    assert left(without_quoted_printable, once) == once


def test_only_that_part_of_a_mail_which_says_so():
    parts = (
        'Content-Type: multipart/mixed; boundary="b="\n\n--b=\n\na=3D1\n--b=\n'
        + MAIL
        + "a=3D1\n--- b=\n--b=--\na=3D1\n"
    )
    shown = left(without_quoted_printable, parts)
    assert shown.count("a=3D1") == 2
    assert "\na=1\n--- b" in shown


def test_signs_of_equality_stand_for_themselves_elsewhere():
    assert left(without_quoted_printable, f"a=3D1 b=2\n{DUMP}") == f"a=3D1 b=2\n{DUMP}"


def test_lines_of_a_letter_keep_their_numbers():
    (dump,) = read(MAIL + DUMP.replace(" ", "=20").replace("\n", "=0A") + "=0A=\n" + DUMP).captures
    assert [goroutine.line for goroutine in dump.body.goroutines] == [4, 5]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param("a out='goroutine 1 |[running|]:|n'\n", "a out='goroutine 1 [running]:\\n'\n", id="a line"),
        pytest.param("a='|'|0x00e9||\\|nexit|nmain.f()|n	/a.go:1 +0x1'", None, id="all signs"),
        pytest.param("a='b|n' c='x|]'\n", "a='b|n' c='x|]'\n", id="nothing of Go's"),
    ],
)
def test_bars_before_signs(written, shown):
    assert left(with_backslashes, written) == (shown or "a='\\'\\u00e9|\\\\\\nexit\\nmain.f()\\n	/a.go:1 +0x1'")


ROW = '1,goroutine 1 [select]:\n2,"main.f(0x1, 0x2)"\n3,\t/a.go:1 +0x1\n'


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param(ROW, ROW.replace('"', ""), id="few quotes"),
        pytest.param(ROW.replace("0x2)", '0x2) ""a""'), ROW.replace('"', "").replace("0x2)", '0x2) "a"'), id="quotes"),
        pytest.param(ROW.replace("3,", "3,4,"), None, id="rows of several lengths"),
        pytest.param(ROW.replace('2,"', '2,x"'), None, id="a quote in the middle"),
        pytest.param(ROW.replace("f(0x1, 0x2)", "f(0x1)"), None, id="quotes without need"),
    ],
)
def test_rows_of_which_some_have_quotes(written, shown):
    assert left(without_cells, written) == (shown or written)


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(
            lambda index, line: (
                f"Sat 2026-11-21 10:00:{index:02}.123456 UTC [s=ab{index}]\n"
                f"    _TRANSPORT=stdout\n    PRIORITY=6\n    MESSAGE={line}\n    _COMM=app\n"
            ),
            id="journalctl -o verbose",
        ),
        pytest.param(
            lambda index, line: (
                f"TimeCreated : 11/21/2026 10:00:{index:02} AM\nLevel       : Error\nMessage     : {line}\n\n"
            ),
            id="Format-List of PowerShell",
        ),
    ],
)
def test_fields_of_a_record_on_lines_of_their_own(record):
    lines = (DUMP * 2).split("\n")[:-1]
    [dump] = read("".join(record(index, line) for index, line in enumerate(lines)).encode()).captures
    assert [goroutine.id for goroutine in dump.body.goroutines] == [18, 18]
    assert dump.problems == ()


def test_a_plain_dump_is_handed_on_as_it_is():
    piece = Piece(f'panic: bad pattern "a\\[b"\n\n{DUMP}', 1)
    assert "".join(found.text for found in unwrap([piece])) == piece.text
