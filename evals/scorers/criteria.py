"""Whether the advice tells the staff member what an experienced manager insists on, soon enough.

A criterion is met by a playbook line that a person judged to meet it in this case, or by one that was labelled with its
concept, whoever shows it and whatever id it carries; or by other wording in which an admitted judge finds it. Warnings
count where the concept is a warning.
"""

from __future__ import annotations

from assistant.domain.vocabulary import FACTORS, Factor
from evals.answer import Answer
from evals.case import Case, Criterion, Need
from evals.scorers.measure import Instruments, Measure, Score, Scorer

SHOWN = 4
"""What the card shows before it is opened."""
MOST = 8


def met(criterion: Criterion, answer: Answer, first: int, instruments: Instruments) -> bool | None:
    """Whether one of the first actions does what is asked; the open card adds options and warnings.

    None where no line surely does and some line cannot be decided.
    """
    lines = answer.actions[:first]
    if first >= MOST:
        lines = (*lines, *answer.options, *answer.avoid)
    if any(instruments.lines.entries(line) & set(criterion.actions) for line in lines):
        return True
    warning = instruments.concepts[criterion.concept].prohibition
    read = lines if warning else [line for line in lines if line not in answer.avoid]
    told = [instruments.lines.tells(line, criterion.concept) for line in read]
    return True if True in told else None if None in told else False


def criterion_recall(need: Need, first: int, factor: Factor | None = None) -> Scorer:
    """The share of a case's criteria of that need (and factor) that the first actions meet."""

    def score(case: Case, answer: Answer, instruments: Instruments) -> Score | None:
        concepts = instruments.concepts
        asked = [
            criterion
            for criterion in case.criteria
            if criterion.need == need and factor in {None, concepts[criterion.concept].factor}
        ]
        found = {criterion.concept: met(criterion, answer, first, instruments) for criterion in asked}
        if not found or None in found.values():
            return None
        missing = [name for name, is_met in found.items() if not is_met]
        return Score(1 - len(missing) / len(found), tuple(f"lacks {name}" for name in missing))

    return score


NAMES: dict[Factor, tuple[str, str]] = {
    "immediate_response": ("immediate response", "立即反应"),
    "timely_collaboration": ("timely collaboration", "即时协同"),
    "intention_creation": ("intention creation", "意图创造"),
    "resource_integration": ("resource integration", "资源整合"),
}
MEASURES = (
    Measure(
        "must_in_8",
        "criteria",
        {"en": "Musts met within 8 actions", "zh": "前8步内必做项达成"},
        criterion_recall("must", MOST),
        target=0.85,
    ),
    Measure(
        "must_in_4",
        "criteria",
        {"en": "Musts met within 4 actions", "zh": "前4步内必做项达成"},
        criterion_recall("must", SHOWN),
        target=0.65,
    ),
    Measure(
        "should_in_8",
        "criteria",
        {"en": "Shoulds met within 8 actions", "zh": "前8步内应做项达成"},
        criterion_recall("should", MOST),
        gated=False,
    ),
    *(
        Measure(
            f"must_in_{first}_{factor}",
            "criteria",
            {
                "en": f"Musts of {NAMES[factor][0]} within {first} actions",
                "zh": f"前{first}步内“{NAMES[factor][1]}”必做项达成",
            },
            criterion_recall("must", first, factor),
            gated=False,
            quality=False,
        )
        for first in (SHOWN, MOST)
        for factor in FACTORS
    ),
)
