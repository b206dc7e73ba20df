"""Whether the advice says the same thing twice."""

from __future__ import annotations

from itertools import combinations

from assistant.index.segmentation import terms
from evals.answer import Answer
from evals.case import Case
from evals.scorers.measure import Instruments, Measure, Score

SAME = 0.6
"""Share of the shorter line's terms in the longer one at which both say the same."""


def repetition(_case: Case, answer: Answer, _: Instruments) -> Score | None:
    """Share of actions that repeat an earlier one."""
    if not answer.actions:
        return None
    said = [frozenset(terms(action.text)) for action in answer.actions]
    again = {later for earlier, later in combinations(range(len(said)), 2) if _same(said[earlier], said[later])}
    return Score(len(again) / len(said), tuple(answer.actions[i].text for i in sorted(again)))


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    shorter = min(len(one), len(other))
    return shorter > 0 and len(one & other) / shorter >= SAME


MEASURE = Measure(
    "repetition",
    "form",
    {"en": "Actions that repeat", "zh": "重复的步骤"},
    repetition,
    better="lower",
    gated=False,
    quality=False,
)
