"""What stands behind a text changes nothing that is found in it: people close fences, and say thanks."""

import pytest

from debugtext import analyze, read

ENDS = {"an empty line": "\n\n", "a fence": "\n```\n", "dots": "\n...\n", "thanks": "\n\nThanks!\n"}
LONGEST = 100_000


def told(text: str):
    return [(one.rule, one.severity, one.functions[:1]) for one in analyze([read(text)]).findings]


@pytest.mark.shared
@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_what_is_found_in_a_paste_does_not_hang_on_how_it_ends(shared, end):
    paths = sorted((shared / "realworld").glob("*.txt"))
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in paths]
    differing = [
        text[:80]
        for text in (text.rstrip("\n") for text in texts if len(text) < LONGEST)
        if told(f"{text}\n") != told(f"{text}{end}")
    ]
    assert len(texts) > 50
    assert differing == []
