"""What is learned of the shipped cards from the vectors of everything that is told of them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from sklearn.linear_model import LogisticRegression

from assistant.index.ports import Vectors
from assistant.retrieval.learned_cards import LearnedCards
from evals.tuning.lessons import SECOND_SHARE

STRENGTH = 10.0


def learn_cards(first: Mapping[str, str], second: Mapping[str, str], vectors: Mapping[str, Vectors]) -> LearnedCards:
    """`first` names the card of each text, `second` that of its other matter, where it has one."""
    told = [(text, card, 1.0 - SECOND_SHARE * (text in second)) for text, card in first.items()]
    told += [(text, card, SECOND_SHARE) for text, card in second.items()]
    rows = np.stack([vectors[text] for text, _, _ in told])
    centre = rows.mean(axis=0)  # a common part of all vectors, which would only slow the fitting down
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(
        rows - centre, [card for _, card, _ in told], sample_weight=[share for _, _, share in told]
    )
    return LearnedCards(
        tuple(map(str, model.classes_)),
        model.coef_.astype(np.float32),
        (model.intercept_ - model.coef_ @ centre).astype(np.float32),
    )
