"""Contrast of a city's own colour (WCAG 2: relative luminance)."""

#: Normal text at level AA, as JIS X 8341-3 asks for.
MIN_CONTRAST = 4.5


def contrast_with_white(colour: str) -> float:
    """The contrast ratio of ``#0017c1`` with white: 1 to 21."""
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 1.05 / (luminance + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
