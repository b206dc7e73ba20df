"""Fits the probability that a playbook fits (`assistant/retrieval/coverage.py`) and says how well it holds.

    python -m evals.calibrate coverage

Prints the weights to copy, and right and needless silence by source on folds that were not fitted on. Short
incidents, curated ones and those told with an attack count threefold: there are few of them here and many on a floor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from assistant.assembly import Improv
from assistant.domain.language import language_of
from assistant.domain.vocabulary import LANGS
from assistant.retrieval.evidence_finder import EvidenceFinder
from assistant.situation.clauses import clauses
from assistant.situation.orders import apart
from evals.calibrate.judge import fit_judge
from evals.calibrate.telling import joined
from evals.case import read_cases

CASES = Path(__file__).parents[1] / "cases"
FEW = {"short", "curated", "with an attack"}
WEIGHT_OF_FEW = 3.0
STRENGTH = 0.1
"""Likenesses within and across the languages say nearly the same: held tightly, none outweighs the others."""
THRESHOLDS = (0.2, 0.3, 0.4)


@dataclass(frozen=True, slots=True)
class Told:
    """A text, whether any playbook fits it, and which collection it is from."""

    text: str
    covered: bool
    source: str


def read_told() -> list[Told]:
    """Held-out incidents, odd ones, each also two in one breath, short notes, attacks, curated ones for development."""
    long, short, uncovered = (
        [Told(case["text"], bool(case["relevant"]), source) for case in _load(f"{name}.yaml")["cases"]]
        for name, source in (("retrieval", "long"), ("short", "short"), ("uncovered", "uncovered"))
    )
    cards = _load("attack_cards.yaml")
    attacks = [attack for lang in LANGS for attack in _load(f"attacks/{lang}.yaml")]
    return [
        *long,
        *short,
        *uncovered,
        *_together(long),
        *_together(uncovered),
        *(Told(apart(a["turns"][0])[0], bool(cards[a["id"]]), "with an attack") for a in attacks),
        # Where there is danger the alarm speaks, not the likeness of a card.
        *(
            Told(case["text"], bool(case["relevant"]), "other hands")
            for case in _load("other_hands.yaml")["cases"]
            if case["hazard"] == "none"
        ),
        *(Told(c.text, c.covered, "curated") for c in read_cases() if c.split == "dev" and c.hazard == "none"),
    ]


def _load(name: str) -> Any:  # noqa: ANN401 (YAML)
    return yaml.safe_load((CASES / name).read_text(encoding="utf-8"))


def _together(told: Sequence[Told]) -> Iterator[Told]:
    """Every third text behind the one before it, as people do who have two things to tell; known if one of them is."""
    for lang in LANGS:
        own = [one for one in told if language_of(one.text) == lang]
        for first, second in zip(own[::3], own[1::3], strict=False):
            yield Told(joined(first.text, second.text, lang), first.covered or second.covered, "two in one breath")


def calibrate(improv: Improv) -> None:
    """Fit, and report on folds."""
    told = read_told()
    finder: EvidenceFinder = improv.finder()
    given = np.array([finder.coverage_features(one.text, clauses(one.text)) for one in told])
    covered = np.array([one.covered for one in told])
    counts = np.array([WEIGHT_OF_FEW if one.source in FEW else 1.0 for one in told])
    kinds = [f"{one.source != 'short'} {one.covered}" for one in told]
    judge = fit_judge(given, covered, kinds, counts, strength=STRENGTH, balanced=True)
    judge.show()
    sources = {
        source: np.array([one.source == source for one in told]) for source in dict.fromkeys(t.source for t in told)
    }
    for source, own in {**sources, "all": np.ones(len(told), bool)}.items():
        for threshold in THRESHOLDS:
            silent = judge.chances < threshold
            right, needless = silent[own & ~covered].mean(), silent[own & covered].mean()
            print(f"{source}, silent below {threshold}: right silence {right:.3f}, needless silence {needless:.3f}")
