"""Pictures as inline SVG: dots with whiskers on a line, and bars.

Places along a line are percentages of the width, so that a picture is as wide as its column and no letter is
stretched; colours come from the page's style sheet. Every picture says in `title` and `desc` what it shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from markupsafe import Markup

from evals.statistics import Estimate

Shape = Literal["dot", "ring", "good", "bad"]
EDGE = 2.0
"""Per cent of the width kept free at both ends, so that a dot at the end is whole."""
LANE = 16
BARS_HIGH = 96
STEPS = (0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)


@dataclass(frozen=True, slots=True)
class Axis:
    """A line from `low` to `high`; `quarters` are its thin upright lines."""

    low: float = 0.0
    high: float = 1.0

    def place(self, value: float) -> str:
        """Where a value stands, as per cent of the width."""
        inside = min(max(value, self.low), self.high)
        return f"{EDGE + (100 - 2 * EDGE) * (inside - self.low) / (self.high - self.low):.2f}%"

    @property
    def quarters(self) -> tuple[float, ...]:
        """Both ends and three places between them."""
        return tuple(self.low + (self.high - self.low) * step / 4 for step in range(5))


@dataclass(frozen=True, slots=True)
class Mark:
    """A value with its interval; nothing is drawn where nothing was scored, no whisker where it is too few to tell."""

    found: Estimate | None
    shape: Shape = "dot"


def fitting(values: Sequence[float]) -> Axis:
    """An axis from 0 to the next round value, for rates that are near 0."""
    most = max([0.0, *values])
    return Axis(0.0, next((step for step in STEPS if step >= most), max(1.0, float(-(-most // 1)))))


def around_zero(values: Sequence[float]) -> Axis:
    """As far to the left as to the right."""
    reach = fitting([abs(value) for value in values]).high
    return Axis(-reach, reach)


def whiskers(marks: Sequence[Mark], axis: Axis, title: str, desc: str, tick: float | None = None) -> Markup:
    """One lane a mark, all on one axis; `tick` is the target, or what else the marks are held against."""
    height = LANE * len(marks) + 8
    parts = [_upright(axis.place(value), height, "grid") for value in axis.quarters]
    if tick is not None:
        parts.append(_upright(axis.place(tick), height, "tick"))
    parts += [_mark(mark, axis, LANE * lane + LANE // 2 + 4) for lane, mark in enumerate(marks)]
    return _picture(parts, height, title, desc)


def bars(counts: Sequence[int], title: str, desc: str, ticks: Sequence[float] = ()) -> Markup:
    """Bars side by side; `ticks` are places between 0 and 1 of the width."""
    most, width = max([1, *counts]), 100 / max(1, len(counts))
    parts = [_bar(place * width, width, BARS_HIGH * count / most) for place, count in enumerate(counts) if count]
    parts += [_upright(f"{100 * tick:.2f}%", BARS_HIGH, "tick") for tick in ticks]
    return _picture(parts, BARS_HIGH, title, desc)


def spread(counts: Sequence[int], longest: float) -> list[tuple[float, float, int]]:
    """Where each bar begins and ends, and how high it is."""
    edges = [longest * place / len(counts) for place in range(len(counts) + 1)]
    return [(low, high, count) for (low, high), count in zip(pairwise(edges), counts, strict=True)]


def _mark(mark: Mark, axis: Axis, y: int) -> Markup:
    if mark.found is None:
        return Markup("")
    found, kind = mark.found, "faint" if mark.found.too_few else mark.shape
    dot = Markup('<circle class="{}" cx="{}" cy="{}" r="5"/>').format(kind, axis.place(found.mean), y)
    if found.too_few:
        return dot
    line = Markup('<line class="whisker {}" x1="{}" x2="{}" y1="{}" y2="{}"/>')
    return line.format(kind, axis.place(found.low), axis.place(found.high), y, y) + dot


def _upright(x: str, height: int, kind: str) -> Markup:
    return Markup('<line class="{}" x1="{}" x2="{}" y1="0" y2="{}"/>').format(kind, x, x, height)


def _bar(left: float, width: float, height: float) -> Markup:
    tall = max(height, 2.0)
    box = Markup('<rect class="bar" x="{}%" y="{}" width="{}%" height="{}"/>')
    return box.format(f"{left + 0.3:.2f}", f"{BARS_HIGH - tall:.1f}", f"{width - 0.6:.2f}", f"{tall:.1f}")


def _picture(parts: Sequence[Markup], height: int, title: str, desc: str) -> Markup:
    head = Markup('<svg role="img" width="100%" height="{}" focusable="false"><title>{}</title><desc>{}</desc>')
    return head.format(height, title, desc) + Markup("").join(parts) + Markup("</svg>")
