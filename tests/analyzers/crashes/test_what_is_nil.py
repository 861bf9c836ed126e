"""Nil dereferences and writes to nil maps: what the text proves to be nil."""

import pytest


@pytest.mark.parametrize(
    ("headline", "advice"),
    [
        pytest.param("panic: assignment to entry in nil map\n", "This map was never made", id="a map"),
        pytest.param(
            "panic: runtime error: invalid memory address or nil pointer dereference\n"
            "[signal SIGSEGV: segmentation violation code=0x1 addr=0x18 pc=0x47b4d1]\n",
            "A pointer, interface or func value in this function is nil",
            id="a field of something nil",
        ),
        pytest.param(
            "panic: runtime error: invalid memory address or nil pointer dereference\n"
            "[signal SIGSEGV: segmentation violation code=0x1 addr=0xdeadbeef pc=0x47b4d1]\n",
            "Nothing is nil here: the address is far from 0",
            id="an address far from nil, after SetPanicOnFault",
        ),
    ],
)
def test_the_advice_knows_what_is_nil(findings, headline, advice):
    (found,) = findings(f"{headline}\ngoroutine 1 [running]:\nmain.main()\n\t/a.go:1 +0x1\n", rule="DT601")
    assert found.advice.startswith(advice)
