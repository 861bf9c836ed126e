"""Logs that wrap a long line and put their prefix before its first part alone."""

from debugtext.reading import read

LOG = """\
Oct 01 22:57:16 host app[7]: goroutine 54 [semacquire, 14409 minutes]:
Oct 01 22:57:16 host app[7]: sync.(*Mutex).Lock(0x106a17e8)
Oct 01 22:57:16 host app[7]: /go/src/sync/mutex.go:82 +0x1fc
Oct 01 22:57:16 host app[7]: app.(*conn).Write(0x1076ca80, 0x106ef00
0, 0x1000, 0x1000, 0x0
, 0x0)
Oct 01 22:57:16 host app[7]: /src/app/conn.go:304 +
0x1ec
Oct 01 22:57:16 host app[7]: main.main()
Oct 01 22:57:16 host app[7]: /src/main.go:12 +0x1d
Oct 01 22:57:16 host app[7]: all (of it
"""


def test_the_rest_of_a_call_and_of_a_location():
    (capture,) = read(LOG).captures
    (goroutine,) = capture.body.goroutines
    assert goroutine.stack.functions == ("sync.(*Mutex).Lock", "app.(*conn).Write", "main.main")
    assert goroutine.arguments[1] == ("0x1076ca80", "0x106ef000", "0x1000", "0x1000", "0x0", "0x0")
    assert [frame.offset for frame in goroutine.stack.frames] == [0x1FC, 0x1EC, 0x1D]
    assert capture.problems == ()


def test_a_log_of_other_words_is_left_alone():
    log = "".join(f"Oct 01 22:57:16 host app[7]: call({number}\n{number}\n" for number in range(20))
    assert read(log).captures == ()
