"""Whether all right playbooks were found."""

from __future__ import annotations

from evals.answer import Answer
from evals.case import Case
from evals.scorers.measure import DEPTH, Instruments, Measure, Score


def playbook_recall(case: Case, answer: Answer, _: Instruments) -> Score | None:
    """Share of the right playbooks among the first five."""
    if not case.right:
        return None
    missing = sorted(case.right - set(answer.playbooks[:DEPTH]))
    return Score(1 - len(missing) / len(case.right), tuple(missing))


MEASURE = Measure("playbook_recall", "finding", {"en": "Right playbooks found", "zh": "应有预案找全"}, playbook_recall)
