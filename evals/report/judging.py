"""Whether a measure reached its target, and how sure its sample makes that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from evals.case import Case
from evals.run import Run
from evals.scorers import MEASURES
from evals.scorers.measure import Measure
from evals.statistics import LEVEL, Estimate

Standing = Literal["reached", "missed", "too_few", "not_scored", "no_target"]
Overall = Literal["good", "not_good", "unclear"]
TINY = 1e-9
"""Means of shares are sums of fractions; a hair's breadth is no miss."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure over some of the cases; without an estimate nothing was scored. `total` is the sum over them."""

    measure: Measure
    estimate: Estimate | None
    total: float = 0.0

    @property
    def standing(self) -> Standing:
        """What a reader may conclude."""
        if self.estimate is None:
            return "not_scored"
        if self.measure.target is None:
            return "too_few" if self.estimate.too_few else "no_target"
        # Where nothing may go wrong one miss decides, however few incidents there are.
        if self.measure.target == perfect(self.measure) and not self.flawless:
            return "missed"
        if self.estimate.too_few:
            return "too_few"
        return "reached" if _reaches(self.estimate.mean, self.measure) else "missed"

    @property
    def flawless(self) -> bool:
        """Nothing went wrong on any case."""
        best = perfect(self.measure)
        return self.estimate is not None and best is not None and abs(self.estimate.mean - best) < TINY

    @property
    def close(self) -> bool:
        """The interval holds the target: another sample could have come out on its other side."""
        found, target = self.estimate, self.measure.target
        return found is not None and target is not None and found.low < target - TINY and found.high > target + TINY

    @property
    def unseen(self) -> float | None:
        """Where nothing went wrong: the share of incidents on which it still could, with 95 % confidence.

        An interval drawn from flawless cases has no width, and would claim more than they show.
        """
        if self.estimate is None or self.estimate.too_few or not self.flawless:
            return None
        return float(1 - LEVEL ** (1 / self.estimate.clusters))


def perfect(measure: Measure) -> float | None:
    """The best value there can be; None where there is none."""
    if measure.better == "lower":
        return 0.0 if measure.unit in {"share", "count"} else None
    return 1.0 if measure.unit == "share" else None


def _reaches(value: float, measure: Measure) -> bool:
    assert measure.target is not None
    if measure.better == "higher":
        return value >= measure.target - TINY
    return value <= measure.target + TINY


def figure(run: Run, measure: Measure, chosen: Callable[[Case], bool] = lambda _: True) -> Figure:
    """A measure over the chosen cases."""
    values, _ = run.values(measure.name, chosen)
    return Figure(measure, run.estimate(measure.name, chosen), float(sum(values)))


def targeted(run: Run) -> tuple[Figure, ...]:
    """The measures that a release is judged by."""
    return tuple(figure(run, measure) for measure in MEASURES if measure.target is not None)


def overall(run: Run) -> Overall:
    """Good where every target is reached and every case was answered; not scored is never good."""
    standings = {one.standing for one in targeted(run)}
    if "missed" in standings:
        return "not_good"
    return "good" if standings == {"reached"} and not run.failures else "unclear"
