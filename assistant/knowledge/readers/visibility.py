"""Whether a person can see a text: its colour against what is behind it, and its size."""

from __future__ import annotations

import re

LEAST_CONTRAST = 1.3
"""Ratio of luminances as web accessibility counts it: below this, letters cannot be told from their ground.

White on the palest grey of office tables has 1.1, the faintest watermarks about 1.4.
"""

SMALLEST_PT = 4.0
"""Letters below this height, in points, are read by machines alone."""

HEX = re.compile(r"#?([0-9a-fA-F]{6})(?:[0-9a-fA-F]{2})?|#?([0-9a-fA-F]{3})")
FUNCTION = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*(?:[,/]\s*([\d.]+%?)\s*)?\)", re.IGNORECASE)
NAMES = {
    "white": "ffffff", "snow": "fffafa", "ivory": "fffff0", "ghostwhite": "f8f8ff", "floralwhite": "fffaf0",
    "whitesmoke": "f5f5f5", "mintcream": "f5fffa", "azure": "f0ffff", "black": "000000", "gray": "808080",
    "grey": "808080", "silver": "c0c0c0", "red": "ff0000", "green": "008000", "blue": "0000ff", "navy": "000080",
    "yellow": "ffff00", "orange": "ffa500", "purple": "800080", "maroon": "800000", "teal": "008080",
    "darkgray": "a9a9a9", "darkgrey": "a9a9a9", "lightgray": "d3d3d3", "lightgrey": "d3d3d3",
}  # fmt: skip


def rgb_of(colour: str | None) -> str | None:
    """`rrggbb` of a colour written as web pages and office files write it; None where it cannot be told."""
    if colour is None:
        return None
    plain = colour.strip().casefold()
    if match := HEX.fullmatch(plain):
        return match[1] or "".join(digit * 2 for digit in match[2])
    if match := FUNCTION.fullmatch(plain):
        return "".join(f"{min(int(part), 255):02x}" for part in match.groups()[:3])
    return NAMES.get(plain)


def is_transparent(colour: str) -> bool:
    """Whether the colour lets everything through."""
    match = FUNCTION.fullmatch(colour.strip())
    alpha = match[4] if match else None
    return colour.strip().casefold() == "transparent" or bool(alpha and float(alpha.strip("%.") or 0) == 0)


def is_faint(colour: str, behind: str) -> bool:
    """Whether letters of `rrggbb` cannot be seen on `rrggbb`."""
    light, dark = sorted((_luminance(colour), _luminance(behind)), reverse=True)
    return (light + 0.05) / (dark + 0.05) < LEAST_CONTRAST


def is_tiny(points: float | None) -> bool:
    """Whether letters of so many points are too small to read; None is the usual size."""
    return points is not None and points < SMALLEST_PT


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.03928 else float(((value + 0.055) / 1.055) ** 2.4)
