"""How far up the right playbooks stand."""

from __future__ import annotations

import math

from evals.answer import Answer
from evals.case import Case
from evals.scorers.measure import DEPTH, Instruments, Measure, Score


def ndcg_at_5(case: Case, answer: Answer, _: Instruments) -> Score | None:
    """Discounted gain of the first five over the best possible; gain 2^grade − 1 (Järvelin and Kekäläinen, 2002)."""
    if not case.relevant or not answer.playbooks:
        return None if not case.relevant else Score(0.0, ("no playbook named",))
    gains = [2 ** case.relevant.get(name, 0) - 1 for name in answer.playbooks[:DEPTH]]
    ideal = sorted((2**grade - 1 for grade in case.relevant.values()), reverse=True)[:DEPTH]
    return Score(_discounted(gains) / _discounted(ideal))


def _discounted(gains: list[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


MEASURE = Measure(
    "ndcg_at_5", "finding", {"en": "Order of playbooks (nDCG@5)", "zh": "预案排序（nDCG@5）"}, ndcg_at_5, target=0.92
)
