"""Thresholds as users set them, by settings in Python, in a file, and on the command line."""

from math import inf, nan

import click
import pytest

from debugtext.analysis import analyze
from debugtext.analyzers import RULES
from debugtext.analyzers.thresholds import checked_thresholds
from debugtext.cli.options.values import thresholds
from debugtext.errors import SettingsError
from debugtext.reading import read
from debugtext.settings import Settings
from debugtext.sizes import threshold_in_words

PANIC = "panic: no tea\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/main.go:3 +0x1d\n"
NUMBER, SIZE = "DT201.points", "DT403.least_bytes"


def from_the_command_line(*values):
    command = click.Command("check")
    return thresholds(click.Context(command), click.Option(["--threshold"]), values)


@pytest.mark.parametrize(
    ("name", "value", "number"), [(SIZE, "64MiB", 64 << 20), (SIZE, 1000, 1000), (NUMBER, 0, 0), (NUMBER, 0.5, 0.5)]
)
def test_numbers_and_sizes(name, value, number):
    assert checked_thresholds({name: value}, RULES) == {name: number}
    assert from_the_command_line((name, value)) == {name: number}
    assert from_the_command_line(f"{name}={value}") == {name: number}


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (NUMBER, -1, "must be a number of 0 or more, not -1"),
        (NUMBER, nan, "must be a number of 0 or more, not nan"),
        (NUMBER, inf, "must be a number of 0 or more, not inf"),
        (NUMBER, 10**400, "must be a number of 0 or more, not 1000"),
        pytest.param(NUMBER, 10**5000, "must be a number of 0 or more, not so large a number", id="not to be printed"),
        (NUMBER, "100", "must be a number of 0 or more, not '100'"),
        (NUMBER, "64MiB", "must be a number of 0 or more, not '64MiB'"),
        (NUMBER, True, "must be a number of 0 or more, not True"),
        (SIZE, "much", "must be a size like 64MiB, not 'much'"),
        (SIZE, -0.5, "must be a number of 0 or more, not -0.5"),
    ],
)
def test_a_value_that_is_no_threshold_is_refused_alike_in_settings_and_files(name, value, message):
    with pytest.raises(SettingsError, match=f"^{name} {message}"):
        analyze([read(PANIC)], Settings(thresholds={name: value}))
    with pytest.raises(click.BadParameter, match=f"^{name} {message}"):
        from_the_command_line((name, value))


@pytest.mark.parametrize("value", ["-1", "nan", "inf", "1e999", "much", "64MiB"])
def test_a_value_that_is_no_threshold_is_refused_on_the_command_line(value):
    with pytest.raises(click.BadParameter, match=rf"^{NUMBER} must be a number of 0 or more, not "):
        from_the_command_line(f"{NUMBER}={value}")


def test_an_unknown_threshold_tells_where_the_names_are():
    with pytest.raises(SettingsError, match="`debugtext explain RULE` lists those of a rule"):
        analyze([read(PANIC)], Settings(thresholds={"DT999.points": 1}))
    with pytest.raises(SettingsError, match=r"Did you mean 'points'\? DT201 has points, "):
        analyze([read(PANIC)], Settings(thresholds={"DT201.pints": 1}))


def test_every_threshold_of_ours_can_be_written_as_it_is_shown():
    ours = {f"{rule.id}.{name}": value for rule in RULES for name, value in rule.thresholds.items()}
    shown = [f"{name}={threshold_in_words(name, value)}" for name, value in ours.items()]
    assert from_the_command_line(*shown) == ours
