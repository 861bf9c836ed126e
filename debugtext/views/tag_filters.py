"""The filters tagfocus and tagignore, which drop samples by label, and tagshow and taghide, which drop labels.

The rules are those of google/pprof internal/driver/driver_focus.go.

`name=value` looks only at the label of this name. A value such as `32kb`, `4mb:`, `:64kb` or `12kb:64mb` is a range for
numeric labels; anything else is a comma-separated list of patterns for other labels.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from debugtext.views.patterns import pattern
from debugtext.views.samples import Sample
from debugtext.views.units import scaled

SampleTest = Callable[[Sample], bool]
NumberTest = Callable[[int, str], bool]
_NUMBER = re.compile("([+-]?[0-9]+)([A-Za-z]+)?")


def tag_filter(option: str, text: str, units: Mapping[str, str]) -> SampleTest | None:
    """The test for samples that have the labels which the text describes; None for an empty text."""
    if not text:
        return None
    key, separator, value = text.partition("=")
    if not separator:
        key, value = "", text
    in_range = _range(value)
    if in_range is not None:
        return _numeric(key, in_range, units)
    return _textual(key, [found for part in value.split(",") if (found := pattern(option, part) or re.compile(""))])


def filter_by_tags(
    samples: tuple[Sample, ...], focus: SampleTest | None, ignore: SampleTest | None
) -> tuple[tuple[Sample, ...], tuple[str, ...]]:
    """The samples that stay, and the names of the filters that matched nothing."""
    focused = {index for index, sample in enumerate(samples) if focus is None or focus(sample)}
    ignored = {index for index, sample in enumerate(samples) if ignore is not None and ignore(sample)}
    unmatched = {"TagFocus": focus is not None and not focused, "TagIgnore": ignore is not None and not ignored}
    kept = tuple(sample for index, sample in enumerate(samples) if index in focused and index not in ignored)
    return kept, tuple(name for name, alone in unmatched.items() if alone)


def labels_kept(
    samples: tuple[Sample, ...], show: re.Pattern[str] | None, hide: re.Pattern[str] | None
) -> tuple[tuple[Sample, ...], tuple[str, ...]]:
    """The samples with only those labels that `show` and `hide` leave, and the filters that matched nothing."""
    if show is None and hide is None:
        return samples, ()
    names = {one[0] for sample in samples for one in sample.labels}
    names |= {one.key for sample in samples for one in sample.numbers}
    shown = {name for name in names if show is None or show.search(name)}
    hidden = {name for name in names if hide is not None and hide.search(name)}
    kept = shown - hidden
    unmatched = {"TagShow": show is not None and not shown, "TagHide": hide is not None and not hidden}
    changed = tuple(
        replace(
            sample,
            labels=tuple(one for one in sample.labels if one[0] in kept),
            numbers=tuple(one for one in sample.numbers if one.key in kept),
        )
        for sample in samples
    )
    return changed, tuple(name for name, alone in unmatched.items() if alone)


def _numeric(key: str, in_range: NumberTest, units: Mapping[str, str]) -> SampleTest:
    def test(sample: Sample) -> bool:
        numbers = (number for number in sample.numbers if not key or number.key == key)
        return any(in_range(number.value, units[number.key]) for number in numbers)

    return test


def _textual(key: str, patterns: list[re.Pattern[str]]) -> SampleTest:
    """The test for text labels: the label `key` matches one of the patterns.

    Without a key: each pattern matches the `name:value` of some label.
    """

    def test(sample: Sample) -> bool:
        if key:
            return any(one.search(value) for name, value in sample.labels if name == key for one in patterns)
        return all(any(one.search(f"{name}:{value}") for name, value in sample.labels) for one in patterns)

    return test


def _range(text: str) -> NumberTest | None:
    """The test for numbers in the range that the text describes; None if it describes none."""
    found = list(_NUMBER.finditer(text))[:2]
    if not found:
        return None
    least, unit = scaled(int(found[0][1]), found[0][2] or "", found[0][2] or "")
    most = least
    if len(found) == 1:
        bounds = {found[0][0]: (least, least), f"{found[0][0]}:": (least, None), f":{found[0][0]}": (None, least)}
        if text not in bounds:
            return None
        low, high = bounds[text]
    else:
        most, other = scaled(int(found[1][1]), found[1][2] or "", unit)
        if text != f"{found[0][0]}:{found[1][0]}" or other != unit:
            return None
        low, high = least, most

    def test(value: int, value_unit: str) -> bool:
        number, number_unit = scaled(value, value_unit, unit)
        return number_unit == unit and (low is None or number >= low) and (high is None or number <= high)

    return test
