"""As many goroutines at several places of one package are judged together: they belong to one kind of object."""

import pytest

from ...texts import profile


def with_writer(*groups: tuple[int, str, str]) -> str:
    """(how many, what of the runtime they wait in, own function) as a profile with its writer."""
    waits = ((count, (wait, function)) for count, wait, function in groups)
    return profile(*waits, (1, ("runtime/pprof.writeGoroutine", "main.dump")))


FEED, DRAIN = ("runtime.selectgo", "shop/cart.NewCart.func1"), ("runtime.selectgo", "shop/cart.NewTotals.func2")
TILL = ("runtime.selectgo", "shop/till.NewTotals.func2")


@pytest.mark.parametrize(
    ("groups", "severities"),
    [
        pytest.param([(1042, *FEED), (1042, *DRAIN)], ["warning", "warning"], id="two places of as many"),
        pytest.param([(1042, *FEED), (1031, *DRAIN)], ["warning", "warning"], id="nearly as many"),
        pytest.param([(1042, *FEED), (371, *DRAIN), (700, *TILL)], ["note"], id="others of the package"),
        pytest.param([(1042, *FEED), (1042, *TILL)], ["note", "note"], id="another package's"),
    ],
)
def test_what_is_made_in_sets_is_judged_together(findings, groups, severities):
    assert [found.severity for found in findings(with_writer(*groups), rule="DT203")] == severities


def test_who_reads_a_connection_beside_them_tells_of_clients(findings):
    groups = [(542, *FEED), (542, "internal/poll.runtime_pollWait", "shop/cart.(*Cart).read")]
    assert findings(with_writer(*groups), rule="DT203") == []


def test_the_reason_tells_of_the_others(findings):
    found = findings(with_writer((542, *FEED), (542, *DRAIN)), rule="DT203")[0]
    assert "+1 100% of all goroutines, with those at similar places of the package (≥ 50%)" in map(
        str, found.evidence["reasons"]
    )


@pytest.mark.parametrize(
    ("count", "others", "severities"),
    [
        pytest.param(30, (30, "shop/cart.(*Cart).feed"), ["warning"], id="exactly as many in methods of one type"),
        pytest.param(30, (31, "shop/cart.(*Cart).feed"), ["note"], id="nearly as many"),
        pytest.param(30, (30, "shop/cart.(*Shelf).feed"), ["note"], id="of another type"),
        pytest.param(30, (30, "shop/cart.feed"), ["note"], id="of none"),
        pytest.param(19, (19, "shop/cart.(*Cart).feed"), ["note"], id="too few"),
    ],
)
def test_of_fewer_only_those_of_one_type_are_judged_together(findings, count, others, severities):
    receivers, function = others
    groups = [(count, "sync.(*WaitGroup).Wait", "shop/cart.(*Cart).sum"), (receivers, "runtime.chanrecv1", function)]
    assert [found.severity for found in findings(with_writer(*groups), rule="DT204")] == severities


@pytest.mark.parametrize(("methods", "severities"), [(90, ["warning"]), (110, ["note"])])
def test_of_a_type_at_very_many_places_nothing_is_told(findings, methods, severities):
    """Each would be compared with all."""
    waits, receives = (90, "sync.(*WaitGroup).Wait", "shop/cart.(*Cart).sum"), (90, "runtime.chanrecv1")
    others = ((1, "runtime.selectgo", f"shop/cart.(*Cart).step{number}") for number in range(methods))
    text = with_writer(waits, (*receives, "shop/cart.(*Cart).feed"), *others)
    assert [found.severity for found in findings(text, rule="DT204")] == severities


@pytest.mark.parametrize(
    ("others", "told"),
    [
        pytest.param([(20, "runtime.chanrecv1", "shop/cart.take")], True, id="as many receive"),
        pytest.param([(19, "runtime.chanrecv1", "shop/cart.take")], False, id="not as many"),
        pytest.param([(20, "runtime.chanrecv1", "shop/bill.take")], False, id="in another package"),
        pytest.param(
            [(20, "runtime.chanrecv1", "shop/cart.take"), (20, "runtime.chanrecv1", "shop/cart.drop")],
            False,
            id="two such",
        ),
    ],
)
def test_as_many_who_wait_in_the_same_package_are_told_with_those_who_send(findings, others, told):
    text = with_writer((20, "runtime.chansend1", "shop/cart.put"), *others)
    (found,) = findings(text, rule="DT201")
    assert found.title.endswith("sending on a channel, beside 20 in shop/cart.take") is told
    assert ("shop/cart.take" in found.functions) is told
    assert found.advice.startswith("If these use one channel, it is nil") is told
    assert found.count == 20
