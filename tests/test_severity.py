"""Severities compare by loudness, not by their letters."""

import pytest

from debugtext import Severity


def test_louder_is_more():
    assert sorted(Severity) == [Severity.NOTE, Severity.WARNING, Severity.ERROR]
    assert Severity.ERROR > Severity.WARNING > Severity.NOTE
    assert not Severity.NOTE >= Severity.WARNING
    assert Severity.NOTE < "warning" <= Severity.WARNING


def test_what_is_no_severity_cannot_be_compared():
    with pytest.raises(ValueError, match="loud"):
        _ = Severity.ERROR > "loud"
