"""Dumps whose ids and receivers people or Markdown have changed."""

import pytest

from debugtext.reading import read


@pytest.mark.parametrize("number", ["...", "…", "N", "NNNNN", "<id>"])
def test_a_header_whose_id_was_left_out(number):
    text = f"goroutine {number} [select, 64 minutes]:\napp.(*T).wait(...)\n\t.../app/wait.go:17\ncreated by app.New\n"
    (capture,) = read(text).captures
    (group,) = capture.groups()
    assert (group.state.status, group.waits, group.stack.functions) == ("select", (64,), ("app.(*T).wait",))


def test_prose_about_a_goroutine_is_no_header():
    assert read("goroutine ... then waits [1] for the others\ngoroutine leak [2]: see below\n").captures == ()


def test_the_star_that_markdown_took_for_emphasis():
    text = "goroutine 8 [semacquire, 9 minutes]:\nsync.(_RWMutex).Lock(0xc0)\n\t/go/src/sync/rwmutex.go:78 +0x39\n"
    (capture,) = read(text).captures
    assert [group.stack.functions for group in capture.groups()] == [("sync.(*RWMutex).Lock",)]
