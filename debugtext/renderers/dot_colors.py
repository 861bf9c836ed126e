"""The colours of pprof's pictures: grey at nothing, red for a large share, green for a negative one.

The formula is that of google/pprof internal/graph/dotgraph.go dotColor.
"""

_SHIFT = 0.7
_GREY_BELOW = 0.2


def dot_color(score: float, *, background: bool) -> str:
    """The colour of a share between -1 and 1, pale for a background."""
    saturation, brightness = (0.1, 0.93) if background else (1.0, 0.7)
    score = max(-1.0, min(1.0, score))
    if abs(score) < _GREY_BELOW:
        saturation *= abs(score) / _GREY_BELOW
    strength = abs(score) ** (1.0 - _SHIFT)
    dimmed = brightness * (1 - saturation * strength)
    red, green = (dimmed, brightness) if score < 0 else (brightness, dimmed)
    blue = brightness * (1 - saturation)
    return "#" + "".join(f"{int(part * 255):02x}" for part in (red, green, blue))
