"""How likely it is that somebody is in danger: what the whole text says and what its parts say, weighed together.

A part lacks what surrounds it, so that it alone must say more than the whole would have to; two parts that
both sound dangerous say more than one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from assistant.situation.heads import Array

ALARM = 0.4
"""From this probability on danger goes first."""
# Fitted by `python -m evals.calibrate alarm`: evals/DECISIONS.md, “Reading danger”.
WEIGHTS: Sequence[float] = (0.79, 0.55, 0.454, 0.58, -0.337, -0.786, 0.164)
INTERCEPT = -1.146
MARGIN_WEIGHT = 0.7
"""Logits for each standard deviation that danger cards lead by, where parts are set against each other."""


def loudest(logits: Array, margins: Array) -> int:
    """The place of the text that sounds most dangerous: the whole, at 0, or one of its parts."""
    return int((logits + MARGIN_WEIGHT * margins).argmax())


def features(logits: Array, margins: Array, odds: float) -> list[float]:
    """What `probability` weighs. `logits` and `margins`, shape (texts,): the whole text, then its parts.

    `logits` are log odds of danger, `margins` by how many standard deviations danger cards lead.
    `odds` are the log odds that the whole tells of an incident at all. A text without parts is its own only part.
    """
    parts = slice(1, None) if len(logits) > 1 else slice(None)
    sums = logits[parts] + MARGIN_WEIGHT * margins[parts]
    order = np.argsort(-sums)
    first, second = order[0], order[min(1, len(order) - 1)]
    return [
        float(logits[0]),
        float(margins[0]),
        float(logits[parts][first]),
        float(margins[parts][first]),
        float(sums[second]),
        math.log(len(logits)),
        odds,
    ]


def probability(logits: Array, margins: Array, odds: float) -> float:
    """The probability that somebody is in danger, 0-1; arguments as in `features`."""
    given = features(logits, margins, odds)
    return 1.0 / (1.0 + math.exp(-(INTERCEPT + sum(w * value for w, value in zip(WEIGHTS, given, strict=True)))))
