"""Whether the first playbook is right."""

from __future__ import annotations

from evals.answer import Answer
from evals.case import Case
from evals.scorers.measure import Instruments, Measure, Score


def hit_at_1(case: Case, answer: Answer, _: Instruments) -> Score | None:
    """Whether the first playbook is a right one."""
    if not case.relevant:
        return None
    first = answer.playbooks[0] if answer.playbooks else "nothing"
    return Score.of(first in case.right, f"{first} came first")


MEASURE = Measure("hit_at_1", "finding", {"en": "First playbook is right", "zh": "首个预案正确"}, hit_at_1, target=0.90)
