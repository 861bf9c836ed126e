"""Source lines with their numbers, and which files may be read for them."""

import re

import pytest

from debugtext import read
from debugtext.renderers.pprof.source_files import SourceFiles
from debugtext.renderers.pprof.source_list import render_list
from debugtext.views.from_records import capture_table
from debugtext.views.options import ViewOptions

TEXT = """\
heap profile: 2: 8240 [2: 8240] @ heap/2
1: 8192 [1: 8192] @ 0x1011 0x2021
#	0x1010	main.grow+0x10	/build/app/store/store.go:3
#	0x2020	main.main+0x20	/build/app/main.go:2

1: 48 [1: 48] @ 0x1015 0x2021
#	0x1014	main.grow+0x14	/build/app/store/store.go:4
#	0x2020	main.main+0x20	/build/app/main.go:2

"""


def listed(function, root):
    [capture] = read(TEXT).captures
    return render_list(capture_table(capture), re.compile(function), ViewOptions(), SourceFiles((root,)))


def test_source_is_found_by_the_end_of_its_path(tmp_path):
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "store.go").write_text("package store\n\nfunc grow() {\n\tx()\n}\n")
    assert listed("grow", tmp_path) == (
        "Total: 8.05kB\n"
        "ROUTINE ======================== main.grow in /build/app/store/store.go\n"
        "    8.05kB     8.05kB (flat, cum)   100% of Total\n"
        "       8kB        8kB      3:func grow() {\n"
        "       48B        48B      4:\tx()\n"
        "         .          .      5:}\n"
    )


def test_a_function_literal_is_shown_from_some_lines_before(tmp_path):
    (tmp_path / "store.go").write_text("package store\n\nfunc other() {\n\tx()\n}\n")
    assert "         .          .      1:package store\n" in listed("grow", tmp_path)


def test_a_missing_file_is_said_and_the_others_are_shown(tmp_path):
    (tmp_path / "main.go").write_text("package main\nfunc main() { \x1b[2J }\n")
    printed = listed(".", tmp_path)
    assert f" Error: no file /build/app/store/store.go under {tmp_path} (--source-root)" in printed
    assert "         .     8.05kB      2:func main() { \\x1b[2J }\n" in printed


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../../secret.txt", "/x/../../secret.txt", "C:\\secret.txt", "secret.txt\x00", "", "/"]
)
def test_nothing_outside_the_root_is_read(tmp_path, path):
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (root / "passwd").symlink_to("/etc/passwd")
    assert SourceFiles((root,)).lines(path) is None
