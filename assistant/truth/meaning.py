"""How likely it is that a claim says only what its grounds say: two linear models over alignment and wording.

One tells the claims of a line from those of other lines; the other, among the former, the true from the untrue.

Its weights stand in `support_weights.json`; `python -m evals.support` fits and measures them: see “Support” in
evals/DECISIONS.md.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.index.token_states import TokenReader
from assistant.truth.alignment import alignment_features
from assistant.truth.facts import FactChecker
from assistant.truth.grounds import Grounds
from assistant.truth.wording import Rarity, edit_features, mark_features, term_features

RELATED = 0.4
"""Below it a claim speaks of something else: see “Support” in evals/DECISIONS.md."""
WEIGHTS = Path(__file__).with_name("support_weights.json")


@dataclass(frozen=True, slots=True)
class Weights:
    """Per feature: centre and scale of what it was fitted on, and its weight; every one a second time for Chinese."""

    centre: Sequence[float]
    scale: Sequence[float]
    weight: Sequence[float]
    intercept: float

    def chance(self, features: Sequence[float]) -> float:
        """The probability for a row of features, 0-1."""
        rows = zip(features, self.centre, self.scale, self.weight, strict=True)
        logit = self.intercept + sum((value - centre) / scale * weight for value, centre, scale, weight in rows)
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, logit))))


@dataclass(frozen=True, slots=True)
class Judge:
    """`names` of the features in their order; `related` and `meaning` are the two models."""

    names: Sequence[str]
    related: Weights
    meaning: Weights

    def chance(self, features: Sequence[float]) -> float:
        """The probability that a claim is supported; low, too, for what does not speak of its line at all."""
        related, meant = self.related.chance(features), self.meaning.chance(features)
        return meant if related >= RELATED else min(related, meant)


def load_judge() -> Judge:
    """The fitted models."""
    read = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Judge(read["names"], Weights(**read["related"]), Weights(**read["meaning"]))


class MeaningChecker:
    """Computes features of a claim and judges them."""

    def __init__(self, reader: TokenReader, facts: FactChecker, rarity: Rarity, judge: Judge | None) -> None:
        self._reader, self._facts, self._rarity, self._judge = reader, facts, rarity, judge

    def __call__(self, claim: str, grounds: Grounds) -> float:
        """The probability that the claim is supported; 1 for what is a line itself."""
        if claim in grounds.lines:
            return 1.0
        if self._judge is None:
            raise ValueError("the checker of meaning has no weights; fit them with `python -m evals.support`")
        return self._judge.chance([value for _, value in self.features(claim, grounds)])

    def features(self, claim: str, grounds: Grounds) -> list[tuple[str, float]]:
        """All features by name, in the order of the weights."""
        shared = [
            *alignment_features(claim, grounds, self._reader),
            *term_features(claim, grounds, self._rarity),
            *mark_features(claim, grounds, self._facts),
            *edit_features(claim, grounds, self._facts),
            ("chinese", float(grounds.lang == "zh")),
        ]
        return [*shared, *((f"zh.{name}", value if grounds.lang == "zh" else 0.0) for name, value in shared)]
