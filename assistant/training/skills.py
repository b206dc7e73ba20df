"""A skill from its tries: recent ones count more, and too few tell nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

HALF_LIFE = 4.0
"""After so many later tries, a try counts half."""
LEAST = 3
"""Fewer tries tell nothing about a person."""
LEAST_FOR_TREND = 6
Z = 1.28
"""Eight in ten, as the intervals of single scores."""
USUAL_SPREAD = 0.25
"""How far tries of one person usually lie apart; keeps two like tries from looking certain."""
Trend = Literal["rising", "falling", "steady", "unknown"]


@dataclass(frozen=True, slots=True)
class Try:
    """One occasion to show a skill. `value` 0…1, `error` the usual error of that value, `weight` 0…1."""

    at: datetime
    value: float
    weight: float = 1.0
    error: float = 0.0


@dataclass(frozen=True, slots=True)
class Skill:
    """`level`, `low`, `high` 0…100, or None where there are too few tries to tell. `values`: each try, oldest first."""

    level: int | None
    low: int | None
    high: int | None
    tries: int
    trend: Trend
    values: tuple[int, ...]
    last_at: datetime | None

    @property
    def tells(self) -> bool:
        """Whether there were enough tries."""
        return self.level is not None


def skill(tries: Sequence[Try]) -> Skill:
    """What the tries tell together, in whatever order they come."""
    known = sorted(tries, key=lambda one: one.at)
    values = tuple(round(100 * one.value) for one in known)
    last = known[-1].at if known else None
    if len(known) < LEAST:
        return Skill(None, None, None, len(known), "unknown", values, last)
    mean, error = _estimate(known, _weights(known))
    low, high = max(0.0, mean - Z * error), min(1.0, mean + Z * error)
    return Skill(round(100 * mean), round(100 * low), round(100 * high), len(known), _trend(known), values, last)


def guess(tries: Sequence[Try]) -> float:
    """The best single number 0…1 even for few tries: drawn to the middle the fewer there are."""
    known = sorted(tries, key=lambda one: one.at)
    weights = _weights(known)
    return (0.5 + sum(w * one.value for w, one in zip(weights, known, strict=True))) / (1.0 + sum(weights))


def _weights(known: Sequence[Try]) -> list[float]:
    last = len(known) - 1
    return [one.weight * 0.5 ** ((last - place) / HALF_LIFE) for place, one in enumerate(known)]


def _estimate(known: Sequence[Try], weights: Sequence[float]) -> tuple[float, float]:
    """The weighted mean and its error."""
    total = sum(weights)
    count = total**2 / sum(w**2 for w in weights)
    mean = sum(w * one.value for w, one in zip(weights, known, strict=True)) / total
    apart = sum(w * (one.value - mean) ** 2 for w, one in zip(weights, known, strict=True)) / total
    misread = sum(w * one.error**2 for w, one in zip(weights, known, strict=True)) / total
    variance = (apart * count + USUAL_SPREAD**2) / (count + 1) + misread
    return mean, math.sqrt(variance / count)


def _trend(known: Sequence[Try]) -> Trend:
    if len(known) < LEAST_FOR_TREND:
        return "unknown"
    half = len(known) // 2
    before, error_before = _estimate(known[:half], [one.weight for one in known[:half]])
    after, error_after = _estimate(known[half:], [one.weight for one in known[half:]])
    if abs(after - before) <= Z * math.hypot(error_before, error_after):
        return "steady"
    return "rising" if after > before else "falling"
