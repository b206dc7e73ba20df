"""Rows of measurements: what was measured, in which unit, how often, beside what, and what is good enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from evals.bench.samples import Samples

HEAD = ("best", "median", "p95", "unit", "n", "ratio", "target")
RATE, MEMORY = "/s", "MB"


@dataclass(frozen=True, slots=True)
class Target:
    """The highest value that is good enough, and of which column."""

    of: Literal["median", "p95", "ratio"]
    most: float


@dataclass(frozen=True, slots=True)
class Row:
    """One thing measured `n` times.

    `best` is the shortest time or the highest rate; `ratio` that of medians, to what the section names.
    """

    what: str
    unit: str
    median: float
    p95: float | None = None
    best: float | None = None
    n: int = 1
    ratio: float | None = None
    target: Target | None = None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; nothing where there is none."""
        if self.target is None:
            return None
        value = getattr(self, self.target.of)
        return value is not None and value <= self.target.most

    def cells(self, *, sure: bool) -> tuple[str, ...]:
        """The name, then what stands under HEAD. Unless `sure`, no time counts as good or bad enough."""
        verdict = ("met" if self.met else "MISSED") if sure or self.unit == MEMORY else "unsure"
        target = f"{self.target.of} ≤ {self.target.most:g}: {verdict}" if self.target else ""
        numbers = (_number(self.best), _number(self.median), _number(self.p95))
        return self.what, *numbers, self.unit, str(self.n), _number(self.ratio, 2), target


@dataclass(frozen=True, slots=True)
class Section:
    """Rows measured in turns with each other."""

    title: str
    rows: Sequence[Row]


def row(
    what: str,
    unit: str,
    samples: Samples,
    base: Samples | None = None,
    target: Target | None = None,
    *,
    tail: bool = True,
) -> Row:
    """A row of samples; `base` is what the ratio of medians is to; without `tail` there are too few for a p95."""
    return Row(
        what=what,
        unit=unit,
        median=samples.p50,
        p95=samples.p95 if tail else None,
        best=max(samples.values) if unit == RATE else min(samples.values),
        n=len(samples.values),
        ratio=samples.p50 / base.p50 if base else None,
        target=target,
    )


def _number(value: float | None, digits: int | None = None) -> str:
    if value is None:
        return ""
    return f"{value:.{(0 if value >= 100 else 1 if value >= 10 else 2) if digits is None else digits}f}"
