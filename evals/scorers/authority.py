"""Whether a say that the solution needs is asked for."""

from __future__ import annotations

from assistant.domain.vocabulary import AUTHORITIES, Authority
from evals.answer import Answer
from evals.case import Case
from evals.scorers.measure import Instruments, Measure, Score


def authority_asked(case: Case, answer: Answer, _: Instruments) -> Score | None:
    """Where somebody above must decide: whether an action or option names that say or a higher one, or its holder."""
    if case.authority == "self" or not any(action.owner for action in answer.actions):
        return None
    named = [line.authority for line in (*answer.actions, *answer.options)]
    named += [action.owner for action in answer.actions if action.owner in AUTHORITIES]
    highest = max((_rank(name) for name in named), default=0)
    return Score.of(highest >= _rank(case.authority), f"{case.authority} not asked")


def _rank(name: str) -> int:
    known: tuple[Authority, ...] = AUTHORITIES
    return known.index(name) if name in known else 0


MEASURE = Measure(
    "authority_asked",
    "criteria",
    {"en": "Needed say is asked for", "zh": "该请示时请示了"},
    authority_asked,
    gated=False,
)
