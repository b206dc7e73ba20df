"""Whether all right playbooks were found."""

from __future__ import annotations

from evals.answer import Answer
from evals.case import Case
from evals.scorers.measure import Instruments, Measure, Score

DEPTH = 5
RIGHT = 2
"""From this grade on a playbook counts as right."""


def playbook_recall(case: Case, answer: Answer, _: Instruments) -> Score | None:
    """Share of the right playbooks among the first five."""
    right = {name for name, grade in case.relevant.items() if grade >= RIGHT}
    if not right:
        return None
    missing = sorted(right - set(answer.playbooks[:DEPTH]))
    return Score(1 - len(missing) / len(right), tuple(missing))


MEASURE = Measure("playbook_recall", "finding", {"en": "Right playbooks found", "zh": "应有预案找全"}, playbook_recall)
