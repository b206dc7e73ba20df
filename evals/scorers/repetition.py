"""Whether the advice says the same thing twice."""

from __future__ import annotations

from itertools import combinations

from assistant.advice.selection import say_the_same
from evals.answer import Answer
from evals.case import Case
from evals.scorers.measure import Instruments, Measure, Score


def repetition(_case: Case, answer: Answer, _: Instruments) -> Score | None:
    """Share of actions that repeat an earlier one."""
    if not answer.actions:
        return None
    said = [action.text for action in answer.actions]
    again = {later for earlier, later in combinations(range(len(said)), 2) if say_the_same(said[earlier], said[later])}
    return Score(len(again) / len(said), tuple(said[i] for i in sorted(again)))


MEASURE = Measure(
    "repetition",
    "form",
    {"en": "Actions that repeat", "zh": "重复的步骤"},
    repetition,
    better="lower",
    gated=False,
    quality=False,
)
