"""Fits the probability that somebody is in danger (`assistant/situation/alarm.py`) and says how well it holds.

    python -m evals.calibrate alarm

Prints the weights to copy, and recall and false alarms by source on folds that were not fitted on. Curated
incidents count threefold: there are few of them here. Other hands that wrote without a rule of what is a danger are
left out: who tells a danger of theirs from none judges otherwise than the rule.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import yaml

from assistant.assembly import Improv
from assistant.domain.vocabulary import LANGS
from assistant.situation import alarm
from assistant.situation.clauses import clauses
from assistant.situation.orders import apart
from evals.calibrate.coverage import CASES
from evals.calibrate.judge import fit_judge
from evals.calibrate.telling import joined
from evals.case import read_cases

WEIGHT_OF_CURATED = 3.0
WITHOUT_RULE = slice(800, 2560)
"""Their places in `other_hands.yaml`."""
THRESHOLDS = (0.35, 0.4, 0.45, 0.5)


@dataclass(frozen=True, slots=True)
class Told:
    """A text, whether it tells of a danger, and which collection it is from."""

    text: str
    dangerous: bool
    source: str


def read_told() -> list[Told]:
    """Held-out dangers with harmless counterparts, ordinary incidents, odd ones, curated ones for development."""
    hazards, ordinary, short, uncovered, other_hands = (
        yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))["cases"]
        for name in ("hazards", "retrieval", "short", "uncovered", "other_hands")
    )
    del other_hands[WITHOUT_RULE]
    plain = [case for case in ordinary if not any(id_.startswith("emergency.") for id_ in case["relevant"])]
    return [
        *(Told(case["text"], case["hazard"] != "none", "hazards") for case in hazards),
        *_behind(hazards[::2], plain),
        *(Told(case["text"], "hazard" in case, "ordinary") for case in plain),
        *(Told(case["text"], False, "short") for case in short),
        *(Told(case["text"], False, "uncovered") for case in uncovered),
        *(Told(case["text"], case["hazard"] != "none", "other hands") for case in other_hands),
        *(Told(case.text, case.hazard != "none", "curated") for case in read_cases() if case.split == "dev"),
    ]


def _behind(hazards: Sequence[Mapping[str, str]], plain: Sequence[Mapping[str, str]]) -> Iterator[Told]:
    """The same told behind an ordinary matter, as people do who see the matter and not the danger."""
    for lang in LANGS:
        matters = itertools.cycle(case["text"] for case in plain if case["lang"] == lang)
        for case, matter in zip((case for case in hazards if case["lang"] == lang), matters, strict=False):
            yield Told(joined(matter, case["text"], lang), case["hazard"] != "none", "behind a matter")


def calibrate(improv: Improv) -> None:
    """Fit, and report on folds."""
    told = read_told()
    reader = improv.reader()
    rows = []
    for one in told:
        report, _ = apart(one.text)
        heard = [report, *clauses(report)]
        vectors = improv.embedder.incidents(heard)
        odds = improv.heads.odds(vectors[0]).incident
        rows.append(alarm.features(reader.danger_evidence(heard, vectors), odds))
    given, dangerous = np.array(rows), np.array([one.dangerous for one in told])
    counts = np.array([WEIGHT_OF_CURATED if one.source == "curated" else 1.0 for one in told])
    kinds = [f"{one.source} {one.dangerous}" for one in told]
    judge = fit_judge(given, dangerous, kinds, counts)
    judge.show()
    for source in dict.fromkeys(one.source for one in told):
        own = np.array([one.source == source for one in told])
        for threshold in THRESHOLDS:
            raised = judge.chances[own] >= threshold
            seen = f"dangers seen {raised[dangerous[own]].mean():.3f}, " if dangerous[own].any() else ""
            print(f"{source}, alarm from {threshold}: {seen}false alarms {raised[~dangerous[own]].mean():.3f}")
