"""What moved between two runs, beside what the comparison says itself."""

from __future__ import annotations

from typing import Literal

from evals.compare import Compared, Comparison
from evals.scorers import MEASURES
from evals.scorers.measure import Measure

Unscored = Literal["missing", "missing_after", "missing_before"]


def reach(comparison: Comparison) -> dict[str, float]:
    """How far the line of each measure's picture must go: alike for all measures of one unit."""
    ends: dict[str, float] = {}
    for row in comparison.measures:
        change = row.difference.change
        furthest = abs(change.mean) if change.too_few else max(abs(change.low), abs(change.high))
        ends[row.measure.unit] = max(ends.get(row.measure.unit, 0.0), furthest)
    return {row.measure.name: ends[row.measure.unit] for row in comparison.measures}


def unscored(comparison: Comparison) -> tuple[tuple[Measure, Unscored], ...]:
    """Measures that cannot be compared, and which run lacks them."""
    compared = {row.measure.name for row in comparison.measures}
    return tuple((measure, _lacking(comparison, measure)) for measure in MEASURES if measure.name not in compared)


def moved(comparison: Comparison) -> tuple[Compared, ...]:
    """Measures of quality on which at least one text came out otherwise."""
    return tuple(row for row in comparison.measures if row.measure.quality and (row.gained or row.lost))


def _lacking(comparison: Comparison, measure: Measure) -> Unscored:
    before, after = (bool(run.values(measure.name)[0]) for run in (comparison.before, comparison.after))
    if before == after:
        return "missing"
    return "missing_after" if before else "missing_before"
