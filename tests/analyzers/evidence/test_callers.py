"""Who has called the helper in which goroutines wait: code of another package, if all of them came through there."""

import pytest

HELPER = "shop/util.(*Gate).Pass(0x1)"


@pytest.mark.parametrize(
    ("callers", "said"),
    [
        pytest.param([("shop/util.enter(0x1)", "shop/cart.Add(0x1)")], ["shop/cart.Add (cart.go:13)"], id="a package"),
        pytest.param([("shop/util.enter(0x1)",)], None, id="its own only"),
        pytest.param([("main.main.func1()",)], None, id="main tells nothing"),
        pytest.param([("shop/cart.Add(0x1)",), ("shop/bill.Pay(0x1)",)], None, id="several callers"),
    ],
)
def test_the_first_code_of_another_package_is_named(dump, findings, callers, said):
    waiting = [(f"chan send, {9 + number} minutes", HELPER, *calls) for number, calls in enumerate(callers)]
    text = dump(("IO wait, 20 minutes", "main.main()"), ("running", "main.dump()"), *waiting)
    (found, *_) = [one for one in findings(text) if one.functions[0] == "shop/util.(*Gate).Pass"]
    assert found.evidence.get("called_by") == said
