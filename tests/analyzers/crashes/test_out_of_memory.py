"""One request that is too large by itself, told from the last one of many."""

import pytest

USUAL = "This function asked last, which need not be the one that holds the memory"


def text(asks: str, message: str = "", by: str = "runtime.makeslice(0x6671a0?)") -> str:
    calls = "".join(f"{call}\n\t/go/a.go:1 +0x1\n" for call in (asks, by, "till.sum(0x1)"))
    return f"{message}fatal error: out of memory\n\ngoroutine 7 [running]:\n{calls}"


def in_use(size: int, block: int = 0x4000000) -> str:
    return f"runtime: out of memory: cannot allocate {block}-byte block ({size} in use)\n"


@pytest.mark.parametrize(
    "told",
    [
        text("runtime.mallocgc(0x400000000000, 0x6a2040, 0x1)"),
        text("runtime.(*mcache).allocLarge(0x6739c0?, 0x400000000000, 0xc8?)"),
        text("runtime.mallocgc(0x400000000000, 0x6a2040, 0x1)", in_use(10**9, 0x400000000000)),
        text("runtime.persistentalloc(0x1)", in_use(10**9, 0x400000000000)),
    ],
)
def test_one_request_that_is_too_large_by_itself(findings, told):
    (found,) = findings(told)
    assert found.title == "out of memory in till.sum, making a slice, 64 TiB at once"
    assert found.advice == (
        "64 TiB were asked for at once: check the length given to make. What comes from input needs a limit."
    )


def test_a_slice_that_grows_has_no_length_given(findings):
    (found,) = findings(text("runtime.mallocgc(0x40000000, 0x1, 0x1)", in_use(10**9), "runtime.growslice(0x1)"))
    assert found.advice.startswith("1 GiB were asked for at once: see why this slice becomes so long.")


@pytest.mark.parametrize(
    "told",
    [
        text("runtime.mallocgc(0x4000000, 0x66a040, 0x1)", in_use(1748795392)),
        text("runtime.mallocgc(0x4000000, 0x66a040, 0x1)", in_use(1 << 20)),
        text("runtime.mallocgc(0x40000000, 0x66a040, 0x1)"),
        text("runtime.mallocgc(0x400000000000?, 0x66a040, 0x1)"),
        text("runtime.mallocgc()", in_use(1, int("9" * 30))),
    ],
    ids=["the last of many", "small", "in use unknown", "a stale word", "no number"],
)
def test_the_last_of_many_need_not_hold_the_memory(findings, told):
    (found,) = findings(told)
    assert (found.title, found.advice.startswith(USUAL)) == ("out of memory in till.sum, making a slice", True)
