"""Whether the right colleague is pulled in."""

from __future__ import annotations

from evals.answer import Answer
from evals.case import Case
from evals.scorers.measure import Instruments, Measure, Score


def owner_pulled_in(case: Case, answer: Answer, _: Instruments) -> Score | None:
    """Whether an action belongs to one of the expected roles. Not scored for systems that name no roles."""
    if not case.owner or not any(action.owner for action in answer.actions):
        return None
    named = {action.owner for action in answer.actions}
    return Score.of(bool(named & set(case.owner)), f"none of {', '.join(case.owner)}")


MEASURE = Measure(
    "owner_pulled_in",
    "criteria",
    {"en": "Right colleague pulled in", "zh": "找对了协同的人"},
    owner_pulled_in,
    gated=False,
)
