"""How likely it is that somebody is in danger: what the whole text says and what its parts say, weighed together.

Three witnesses speak of each: the meaning, the words, and how far the cards for dangers lead. A part lacks what
surrounds it, so that it alone must say more than the whole would have to; two parts that both sound dangerous say
more than one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from assistant.situation.heads import Array

ALARM = 0.4
"""From this probability on danger goes first."""
# Fitted by `python -m evals.calibrate alarm`: evals/DECISIONS.md, “Reading danger”.
WEIGHTS: Sequence[float] = (0.276, 0.462, 0.13, 0.078, 0.314, 0.126, -0.082, -0.313, 0.292)
INTERCEPT = -3.083
LOUDNESS = np.array([0.6, 0.6, 0.7], np.float32)
"""By which parts are set against each other: a weight for each witness."""


def loudest(evidence: Array) -> int:
    """The place of the text that sounds most dangerous: the whole, at 0, or one of its parts."""
    return int((evidence @ LOUDNESS).argmax())


def features(evidence: Array, odds: float) -> list[float]:
    """What `probability` weighs.

    `evidence`, shape (texts, 3): the whole text, then its parts, each with the log odds of danger by meaning and by
    words, and by how many standard deviations danger cards lead.
    `odds` are the log odds that the whole tells of an incident at all. A text without parts is its own only part.
    """
    parts = evidence[1:] if len(evidence) > 1 else evidence
    loudness = parts @ LOUDNESS
    order = np.argsort(-loudness)
    first, second = order[0], order[min(1, len(order) - 1)]
    return [*map(float, evidence[0]), *map(float, parts[first]), float(loudness[second]), math.log(len(evidence)), odds]


def probability(evidence: Array, odds: float) -> float:
    """The probability that somebody is in danger, 0-1; arguments as in `features`."""
    given = features(evidence, odds)
    return 1.0 / (1.0 + math.exp(-(INTERCEPT + sum(w * value for w, value in zip(WEIGHTS, given, strict=True)))))
