"""Calibration of stated confidence, and how the time to answer is spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from evals.run import CaseRun, Run
from evals.statistics import LEVEL, Estimate, estimate

BINS = 5
RIGHT = "hit_at_1"
BARS = 24


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers whose stated confidence lies between `low` and `high`; without answers there is no estimate."""

    low: float
    high: float
    stated: float
    right: Estimate | None

    @property
    def verdict(self) -> str:
        """In words: `too sure`, `too modest`, `fits`, `too few to tell` or `no answers`."""
        if self.right is None:
            return "no answers"
        if self.right.too_few:
            return "too few to tell"
        if self.stated > self.right.high:
            return "too sure"
        return "too modest" if self.stated < self.right.low else "fits"


@dataclass(frozen=True, slots=True)
class Calibration:
    """Bins, and the mean distance between what was stated and what came true, weighted by answers."""

    bins: tuple[Bin, ...]
    cases: int
    gap: float


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds. `counts`: answers in each of equally wide steps from 0 to `longest`."""

    median: float
    slow: float
    longest: float
    cases: int
    counts: tuple[int, ...]


def calibration(run: Run) -> Calibration | None:
    """None where the system states no confidence or no first playbook was judged."""
    judged = [one for one in run.cases if RIGHT in one.scores and _confidence(one) is not None]
    if not judged:
        return None
    bins = tuple(_bin(run, judged, place) for place in range(BINS))
    gaps = [abs(one.stated - one.right.mean) * one.right.cases for one in bins if one.right]
    return Calibration(bins, len(judged), sum(gaps) / len(judged))


def times(run: Run) -> Times | None:
    """None where the run was not timed."""
    values, _ = run.values("latency")
    if not values:
        return None
    median, slow = (float(value) for value in np.percentile(values, (50, 95)))
    counts, _ = np.histogram(values, bins=BARS, range=(0.0, max(values)))
    return Times(median, slow, max(values), len(values), tuple(int(count) for count in counts))


def _confidence(one: CaseRun) -> float | None:
    stated = (one.answer or {}).get("confidence")
    return None if stated is None else float(stated)


def _bin(run: Run, judged: Sequence[CaseRun], place: int) -> Bin:
    inside = [one for one in judged if min(int((_confidence(one) or 0.0) * BINS), BINS - 1) == place]
    low, high = place / BINS, (place + 1) / BINS
    if not inside:
        return Bin(low, high, 0.0, None)
    stated = sum(_confidence(one) or 0.0 for one in inside) / len(inside)
    right = estimate([one.scores[RIGHT].value for one in inside], [one.case.cluster for one in inside], run.seed)
    return Bin(low, high, stated, _widened(right))


def _widened(found: Estimate) -> Estimate:
    """Where all were right, or all wrong, drawing anew shows no spread; the exact binomial interval does."""
    reach = 1 - (LEVEL / 2) ** (1 / found.clusters)
    if found.low == found.high == 0.0:
        return replace(found, high=reach)
    return replace(found, low=1 - reach) if found.low == found.high == 1.0 else found
