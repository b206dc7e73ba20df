"""How likely it is that a claim says only what its grounds say: a kernel machine over alignment and wording.

It stands in `support_checker.npz`; `python -m evals.support` fits and measures it: see “Support” in evals/DECISIONS.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import MissingPart
from assistant.index.token_states import TokenReader
from assistant.truth.alignment import alignment_features
from assistant.truth.facts import FactChecker
from assistant.truth.grounds import Grounds
from assistant.truth.wording import Rarity, edit_features, mark_features, term_features

FITTED = Path(__file__).with_name("support_checker.npz")
Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Judge:
    """A support vector machine with a Gaussian kernel. `centre` and `scale` are those of what it was fitted on."""

    names: tuple[str, ...]
    centre: Array
    scale: Array
    support: Array
    weights: Array
    bias: float
    gamma: float

    def chance(self, features: Sequence[float]) -> float:
        """0-1 for a row of features; from 0.5 on the claim is held to be supported."""
        given = (np.asarray(features, np.float32) - self.centre) / self.scale
        distances = ((self.support - given) ** 2).sum(axis=1)
        decision = float(np.exp(-self.gamma * distances) @ self.weights + self.bias)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, decision))))


def save_judge(judge: Judge, path: Path = FITTED) -> None:
    """Write it as plain arrays."""
    np.savez_compressed(
        path,
        names=np.array(judge.names),
        centre=judge.centre,
        scale=judge.scale,
        support=judge.support,
        weights=judge.weights,
        bias=np.float32(judge.bias),
        gamma=np.float32(judge.gamma),
    )


def load_judge(path: Path = FITTED) -> Judge:
    """Read what `save_judge` wrote. Raises MissingPart where it is not there."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in ("centre", "scale", "support", "weights")}
            names = tuple(stored["names"].tolist())
            return Judge(names, bias=float(stored["bias"]), gamma=float(stored["gamma"]), **arrays)
    except OSError as error:
        raise MissingPart(f"{path} is missing ({error.strerror}); install Improv anew") from error


class MeaningChecker:
    """Computes features of a claim and judges them."""

    def __init__(self, reader: TokenReader, facts: FactChecker, rarity: Rarity, judge: Judge | None) -> None:
        self._reader, self._facts, self._rarity, self._judge = reader, facts, rarity, judge

    def __call__(self, claim: str, grounds: Grounds) -> float:
        """The probability that the claim is supported; 1 for what is a line itself."""
        if claim in grounds.lines:
            return 1.0
        if self._judge is None:
            raise MissingPart("the checker of meaning is not fitted; run `python -m evals.support --write`")
        return self._judge.chance([value for _, value in self.features(claim, grounds)])

    def features(self, claim: str, grounds: Grounds) -> list[tuple[str, float]]:
        """All features by name, in the order in which the judge was fitted."""
        return [
            *alignment_features(claim, grounds, self._reader),
            *term_features(claim, grounds, self._rarity),
            *mark_features(claim, grounds, self._facts),
            *edit_features(claim, grounds, self._facts),
            ("chinese", float(grounds.lang == "zh")),
        ]
