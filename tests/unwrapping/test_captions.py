"""Headers that stand twice, once as a caption."""

import pytest

from debugtext.reading import read

HEADER = "goroutine 115 [semacquire, 11 minutes]"
STACK = "main.list(0xc0)\n\t/src/main.go:10 +0xf\n"


@pytest.mark.parametrize(
    "caption",
    [f"<details><summary>{HEADER}</summary>\n\n```\n", f"{HEADER}\n\n", f"  {HEADER}\n", f"**{HEADER}**\n\n```\n"],
)
def test_a_caption_is_no_goroutine_of_its_own(caption):
    end = "```\n</details>\n" if "```" in caption else "\n"
    text = (
        f"{caption}{HEADER}:\n{STACK}{end}\n{caption.replace('115', '62')}{HEADER.replace('115', '62')}:\n{STACK}{end}"
    )
    (capture,) = read(text).captures
    assert [goroutine.id for goroutine in capture.body.goroutines] == [115, 62]


def test_other_headers_without_a_colon_are_goroutines():
    text = f"{HEADER}\n{STACK}\n{HEADER.replace('11 ', '12 ')}:\n{STACK}"
    assert sum(capture.goroutines for capture in read(text).captures) == 2
