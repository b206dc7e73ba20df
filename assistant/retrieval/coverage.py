"""How likely it is that the best playbook really fits: a calibrated probability, so that silence is possible."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from assistant.retrieval.recogniser import Recognition
from assistant.situation.heads import Odds

COVERED = 0.4
# Fitted by `python -m evals.calibrate`: evals/DECISIONS.md, “When to stay silent”.
WEIGHTS: Sequence[float] = (12.356, 8.317, 0.191, 2.16, 6.003, 0.843, -0.214, 0.647, -0.156, 0.398)
INTERCEPT = -25.681
# The same for cards that lack the text's language, where no words can be compared.
ACROSS_WEIGHTS: Sequence[float] = (35.461, 0.49, 0.211, 0.643, -0.14, 0.443)
ACROSS_INTERCEPT = -33.687
LANGUAGE_GAP = 0.07
"""By how much cosines across the languages are lower than within one."""


def features(recognition: Recognition, place: int, length: float, odds: Odds) -> list[float]:
    """What speaks for the playbook at `place`.

    `length` is what the text says (see `clauses.weight`), `odds` what it is about at all.
    """
    mean, best, other = (float(c[place]) for c in (recognition.mean, recognition.best, recognition.other_lang))
    return [
        mean,
        best,
        mean - LANGUAGE_GAP if math.isnan(other) else other,
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
    return _logistic(INTERCEPT, WEIGHTS, features(recognition, place, length, odds))


def _lead(recognition: Recognition, place: int) -> float:
    others = np.delete(recognition.fused, place)
    return float(recognition.fused[place] - others.max()) if len(others) else 0.0


def _logistic(intercept: float, weights: Sequence[float], given: Sequence[float]) -> float:
    logit = intercept + sum(weight * value for weight, value in zip(weights, given, strict=True))
    return 1.0 / (1.0 + math.exp(-logit))
