"""Says when a number that grows will reach its limit, for all outputs for people."""

from typing import TYPE_CHECKING

from debugtext.renderers.words import amount_in_words, seconds_in_words

if TYPE_CHECKING:
    from debugtext.records.growth import Forecast


def forecast_in_words(forecast: "Forecast") -> str:
    """`at this pace the limit of 4GiB is reached in 3 h: memory now 1GiB`, or why nobody can tell."""
    limit, now = (amount_in_words(number or 0, forecast.unit) for number in (forecast.limit, forecast.now))
    what, kind = ("memory", "heap") if forecast.unit == "bytes" else ("goroutines", "goroutine")
    if forecast.now is None:
        return f"the limit of {limit} needs texts of {what} ({kind}?debug=1), and there are none"
    if forecast.seconds is None:
        return f"the limit of {limit} is not in sight: {what} now {now}, not growing (or too little is known)"
    if not forecast.seconds:
        return f"the limit of {limit} is reached: {what} now {now}"
    return f"at this pace the limit of {limit} is reached in {seconds_in_words(forecast.seconds)}: {what} now {now}"
