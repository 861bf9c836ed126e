"""Tags of a page, and tags that Go itself printed."""

import pytest

from debugtext import reading

DUMP = 'goroutine 1 [running] {a: <b>x</b>, c: "</script><img onerror=x>"}:\nmain.f(0x1)\n\t/a<b>c</b>/x.go:3 +0x1d\n'


def goroutine(text):
    (capture,) = reading.read(text).captures
    (one,) = capture.body.goroutines
    return one


def test_markup_in_a_label_or_a_path_is_the_programs_own():
    one = goroutine(DUMP)
    assert one.labels == (("a", "<b>x</b>"), ("c", "</script><img onerror=x>"))
    assert one.stack.frames[0].file == "/a<b>c</b>/x.go"


@pytest.mark.parametrize(
    "page",
    [
        "<pre>goroutine 1 [running]:\nmain.f(0x1)\n\t/x.go:3 +0x1d\n</pre>\n",
        "<b>goroutine 1 [running]:</b>\n<b>main.f</b>(0x1)\n\t<i>/x.go</i>:3 +0x1d\n",
        "goroutine 1 [running]:<br>main.f(0x1)<br>\t/x.go:3 +0x1d<br>",
        "goroutine 1 [running]:\nmain.<em>f</em>(0x1)\n\t/x.go:3 &#43;0x1d\n",
    ],
    ids=["pre", "bold", "br", "entity"],
)
def test_markup_of_a_page_is_taken_off(page):
    one = goroutine(page)
    assert (one.stack.frames[0].function, one.stack.frames[0].file) == ("main.f", "/x.go")
