"""How long the answer took, as the asking person waits for it."""

from __future__ import annotations

from evals.answer import Answer
from evals.case import Case
from evals.scorers.measure import Instruments, Measure, Score


def latency(_case: Case, answer: Answer, _: Instruments) -> Score | None:
    """Milliseconds; for orientation only, speed claims come from `make bench`."""
    return Score(answer.seconds * 1000) if answer.seconds else None


MEASURE = Measure(
    "latency",
    "speed",
    {"en": "Time to answer", "zh": "回答用时"},
    latency,
    better="lower",
    unit="ms",
    gated=False,
    quality=False,
)
