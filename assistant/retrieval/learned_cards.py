"""What was learned of the shipped cards from everything that is told of them: shipped with the product.

A card's signals say what it is about; that an account tells of this card and *not* of its neighbour only all accounts
together can teach. Cards that a company adds have no part in it and are recognised by their signals alone.
Written by `make vectors`: evals/DECISIONS.md, “Weights of recognition”.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.index.ports import Vectors

FILE = Path(__file__).with_name("learned-cards.npz")


@dataclass(frozen=True, slots=True)
class LearnedCards:
    """Multinomial logistic regression over incident vectors: `weights` (cards, dimension), `bias` (cards,)."""

    playbooks: tuple[str, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, vector: Vectors, playbooks: Sequence[str]) -> NDArray[np.float32]:
        """How much an incident of shape (dimension,) tells of each of `playbooks`; NaN where nothing was learned.

        In standard deviations above the average of all learned cards, whichever of them are asked for.
        """
        logits = self.weights @ vector + self.bias
        spread = dict(zip(self.playbooks, (logits - logits.mean()) / (logits.std() + 1e-6), strict=True))
        return np.array([spread.get(id_, np.nan) for id_ in playbooks], np.float32)


@cache  # each edit of a card builds the chain anew; what was learned stays
def read_learned_cards(model: str, path: Path = FILE) -> LearnedCards | None:
    """What was learned from the vectors of `model`; None where that is nothing."""
    if not path.exists():
        return None
    with np.load(path, allow_pickle=False) as stored:
        if str(stored["model"]) != model:
            return None
        return LearnedCards(
            tuple(stored["playbooks"].tolist()),
            stored["weights"].astype(np.float32),
            stored["bias"].astype(np.float32),
        )


def write_learned_cards(model: str, learned: LearnedCards, path: Path = FILE) -> None:
    """Write the file, with 16 bits a weight."""
    np.savez_compressed(
        path,
        model=np.array(model),
        playbooks=np.array(learned.playbooks),
        weights=learned.weights.astype(np.float16),
        bias=learned.bias.astype(np.float16),
        allow_pickle=False,
    )
