"""Timings and how they are taken: in turns, in changing order, each turn from rest."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

REST_S = 0.03
"""Idle threads of OpenMP and OpenBLAS spin for up to 25 ms after a call; the next contender begins when they sleep."""

Timed = Callable[[str], float]
"""Answers one text and says how many milliseconds it took."""


@dataclass(frozen=True, slots=True)
class Samples:
    """Measurements of one thing, in one unit."""

    values: tuple[float, ...]

    @property
    def p50(self) -> float:
        """The median."""
        return median(self.values)

    @property
    def p95(self) -> float:
        """What 95 of 100 stay within."""
        return float(np.percentile(self.values, 95))


def timed(answer: Callable[[str], object]) -> Timed:
    """`answer` with its wall time in milliseconds."""

    def run(text: str) -> float:
        started = time.perf_counter()
        answer(text)
        return (time.perf_counter() - started) * 1000

    return run


def in_turns(contenders: Mapping[str, Timed], texts: Sequence[str], warm_up: Sequence[str]) -> dict[str, Samples]:
    """Every contender answers every text; the order changes from text to text, the same in every run."""
    dice = random.Random(0)
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for number, text in enumerate((*warm_up, *texts)):
        for name in dice.sample(list(contenders), len(contenders)):
            time.sleep(REST_S)
            spent = contenders[name](text)
            if number >= len(warm_up):
                taken[name].append(spent)
    return {name: Samples(tuple(values)) for name, values in taken.items()}
