"""Lines that were cut on their way: escaped texts that broke in the middle of a word."""

FIRST = r'Jul 08 app[7]: msg="goroutine 1 [running]:\nmain.main()\n\t/src/main.go:5 +0x1d\n\ngorou'
REST = r'tine 2 [select]:\nmain.wait()\n\t/src/main.go:9 +0x1d\n"'


def test_the_rest_of_an_escaped_text_is_joined_to_its_beginning(numbered):
    assert numbered(f"It hangs:\n{FIRST}\n{REST}\n") == [
        (1, "It hangs:"),
        (2, "goroutine 1 [running]:"),
        (2, "main.main()"),
        (2, "\t/src/main.go:5 +0x1d"),
        (2, "goroutine 2 [select]:"),
        (2, "main.wait()"),
        (2, "\t/src/main.go:9 +0x1d"),
    ]


def test_two_escaped_texts_stay_two(numbered):
    whole = FIRST.removesuffix(r"\n\ngorou")
    assert [line for _, line in numbered(f"{whole}\n{whole}\n")].count("goroutine 1 [running]:") == 2
