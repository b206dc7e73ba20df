"""Named resources that are there, to be had and allowed at the moment of the question."""

from __future__ import annotations

from evals.answer import Answer
from evals.case import Case
from evals.feasibility.scene import Scene
from evals.feasibility.truth import fault
from evals.scorers.measure import Instruments, Measure, Score


def feasibility(_case: Case, answer: Answer, _: Instruments) -> Score | None:
    """Share of the named resources that can be used; not scored where the moment is not known or nothing is named."""
    if answer.scene is None or not answer.named:
        return None
    scene = Scene.model_validate(answer.scene)
    found = {id_: fault(scene, id_, say) for id_, say in answer.named}
    wrong = [f"{id_}: {why}" for id_, why in found.items() if why]
    return Score(1.0 - len(wrong) / len(found), tuple(wrong))


MEASURE = Measure(
    "feasibility",
    "truth",
    {"en": "Named things can be used now", "zh": "所点的资源此刻可用"},
    feasibility,
    target=1.0,
)
