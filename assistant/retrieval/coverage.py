"""How likely it is that the best playbook really fits: a calibrated probability, so that silence is possible."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from assistant.retrieval.recogniser import Recognition

COVERED = 0.4
# Fitted on the dev half of evals/cases/retrieval.yaml: evals/DECISIONS.md, “When to stay silent”.
WEIGHTS: Sequence[float] = (7.502, 10.093, 43.897, -1.545, -0.389, 0.245, 3.593, 2.724, 4.931)
INTERCEPT = -76.109


def features(recognition: Recognition, place: int, length: float) -> list[float]:
    """What speaks for the playbook at `place`, for a text that says `length` (see `clauses.weight`)."""
    others = np.delete(recognition.fused, place)
    mean, best, other = (float(c[place]) for c in (recognition.mean, recognition.best, recognition.other_lang))
    if math.isnan(mean):  # a card in one language only is judged by that one
        mean = best = other
    elif math.isnan(other):
        other = mean
    return [
        mean,
        best,
        other,
        float(recognition.share[place]),
        float(recognition.fused[place]),
        float(recognition.fused[place] - others.max()) if len(others) else 0.0,
        math.log1p(float(recognition.card_words[place])),
        math.log1p(float(recognition.signal_words[place])),
        math.log1p(length),
    ]


def probability(recognition: Recognition, place: int, length: float) -> float:
    """The probability that the playbook at `place` fits, 0-1."""
    logit = INTERCEPT + sum(w * x for w, x in zip(WEIGHTS, features(recognition, place, length), strict=True))
    return 1.0 / (1.0 + math.exp(-logit))
