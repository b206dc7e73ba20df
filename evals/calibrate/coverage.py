"""Fits the probability that a playbook fits (`assistant/retrieval/coverage.py`) and says how well it holds.

    python -m evals.calibrate coverage

Prints the weights to copy, and right and needless silence by source on folds that were not fitted on. Short
incidents, curated ones and those told with an attack count threefold: there are few of them here and many on a floor.
The long texts are asked a second time where the cards that fit them are a company's own (`evals/calibrate/cards.py`).
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
from evals.calibrate.cards import DRAWS, with_own_cards
from evals.calibrate.judge import fit_judge
from evals.calibrate.telling import joined
from evals.case import read_cases

CASES = Path(__file__).parents[1] / "cases"
OWN = "a company's own"
FEW = {"short", "curated", "with an attack"}
WEIGHT_OF_FEW = 3.0
STRENGTH = 0.1
"""The likenesses say nearly the same: held tightly, none outweighs the others."""
THRESHOLDS = (0.3, 0.4, 0.45, 0.5)


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


def _of_own_cards(improv: Improv) -> Iterator[tuple[Told, list[float]]]:
    """Long texts for which a company's own card rightly comes first, and uncovered ones; each is asked of one draw."""
    cases = _load("retrieval.yaml")["cases"]
    uncovered = {lang: [c for c in cases if not c["relevant"] and language_of(c["text"]) == lang] for lang in LANGS}
    for number, drawn in enumerate(with_own_cards(improv)):
        for case in cases:
            right = case["relevant"][:1]
            if drawn.own.issuperset(right) and right and language_of(case["text"]) == drawn.lang:
                best, given = drawn.finder.coverage_features(case["text"], clauses(case["text"]))
                if best.id in right:
                    yield Told(case["text"], True, OWN), given
        for case in uncovered[drawn.lang][number // len(LANGS) :: DRAWS]:
            yield Told(case["text"], False, OWN), drawn.finder.coverage_features(case["text"], clauses(case["text"]))[1]


def calibrate(improv: Improv) -> None:
    """Fit, and report on folds."""
    finder: EvidenceFinder = improv.finder()
    asked = [(one, finder.coverage_features(one.text, clauses(one.text))[1]) for one in read_told()]
    asked += _of_own_cards(improv)
    told, given = [one for one, _ in asked], np.array([features for _, features in asked])
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
