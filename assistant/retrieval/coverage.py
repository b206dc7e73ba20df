"""How likely it is that the best playbook really fits: a calibrated probability, so that silence is possible."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from assistant.retrieval.recogniser import Recognition
from assistant.situation.heads import Odds

COVERED = 0.45
# Fitted by `python -m evals.calibrate`: evals/DECISIONS.md, “When to stay silent”.
WEIGHTS: Sequence[float] = (10.438, 4.985, 0.531, 7.311, 0.768, -0.102, 0.421, 0.035, 0.343)
INTERCEPT = -20.662
# The same for cards that lack the text's language, where no words can be compared.
ACROSS_WEIGHTS: Sequence[float] = (28.693, 0.498, 0.267, 0.624, 0.049, 0.42)
ACROSS_INTERCEPT = -29.374
WORD_FOR_WORD = 0.995
"""From this cosine on a text is one of the card's signals: whoever wrote the card has said that it fits."""


def features(recognition: Recognition, place: int, length: float, odds: Odds) -> list[float]:
    """What speaks for the playbook at `place`.

    `length` is what the text says (see `clauses.weight`), `odds` what it is about at all.
    """
    return [
        float(recognition.mean[place]),
        float(recognition.best[place]),
        float(recognition.card_share[place]),
        float(recognition.signal_share[place]),
        float(recognition.fused[place]),
        _lead(recognition, place),
        math.log1p(length),
        *odds,
    ]


def features_across(recognition: Recognition, place: int, length: float, odds: Odds) -> list[float]:
    """The same where the playbook is written in the other language only."""
    other = np.nan_to_num(recognition.other_lang[place])
    return [float(other), float(recognition.fused[place]), _lead(recognition, place), math.log1p(length), *odds]


def probability(recognition: Recognition, place: int, length: float, odds: Odds) -> float:
    """The probability that the playbook at `place` fits, 0-1."""
    if math.isnan(recognition.mean[place]):
        return _logistic(ACROSS_INTERCEPT, ACROSS_WEIGHTS, features_across(recognition, place, length, odds))
    if recognition.best[place] >= WORD_FOR_WORD:
        return 1.0
    return _logistic(INTERCEPT, WEIGHTS, features(recognition, place, length, odds))


def _lead(recognition: Recognition, place: int) -> float:
    others = np.delete(recognition.fused, place)
    return float(recognition.fused[place] - others.max()) if len(others) else 0.0


def _logistic(intercept: float, weights: Sequence[float], given: Sequence[float]) -> float:
    logit = intercept + sum(weight * value for weight, value in zip(weights, given, strict=True))
    return 1.0 / (1.0 + math.exp(-logit))
