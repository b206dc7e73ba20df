"""Fits the probability that a playbook fits (`assistant/retrieval/coverage.py`) and says how well it holds.

    python -m evals.calibrate coverage

Prints the weights to copy, and right and needless silence on the half that was not fitted on. Short
incidents and curated ones count threefold: there are few of them here and many on a shop floor.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression

from assistant.assembly import Improv
from assistant.domain.language import language_of
from assistant.domain.vocabulary import LANGS
from assistant.retrieval import coverage
from assistant.retrieval.evidence_finder import EvidenceFinder
from evals.calibrate.telling import joined
from evals.case import read_cases as read_incidents

CASES = Path(__file__).parents[1] / "cases"
WEIGHT_OF_FEW = 3.0


@dataclass(frozen=True, slots=True)
class Table:
    """One row a case."""

    features: np.ndarray
    covered: np.ndarray
    short: np.ndarray
    few: np.ndarray
    dev: np.ndarray


def read_cases() -> list[dict[str, Any]]:
    """The cases, each with `short` and `dev` (by its own word, else by hash of its id).

    Of the curated incidents only the half for development is looked at.
    """
    long, short, uncovered = (
        yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))["cases"]
        for name in ("retrieval", "short", "uncovered")
    )
    told_long = [*_told_together(long), *_told_together(uncovered)]
    halves = [int(hashlib.sha256(case["id"].encode()).hexdigest(), 16) % 2 == 0 for case in long]
    curated = [case for case in read_incidents() if case.split == "dev" and case.hazard == "none"]
    return [
        *({**case, "short": False, "dev": dev} for case, dev in zip(long, halves, strict=True)),
        *({**case, "short": False, "dev": number % 2 == 0} for number, case in enumerate(told_long)),
        *({**case, "short": False, "dev": case["split"] == "dev"} for case in uncovered),
        *({"text": case.text, "relevant": list(case.relevant), "short": False, "dev": True} for case in curated),
        *({**case, "short": True, "dev": case["split"] == "dev"} for case in short),
    ]


def _told_together(cases: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every third case behind the one before it, as people do who have two things to tell; known if one of them is."""
    for lang in LANGS:
        own = [case for case in cases if case.get("lang", language_of(case["text"])) == lang]
        for first, second in zip(own[::3], own[1::3], strict=False):
            text = joined(first["text"], second["text"], lang)
            yield {"id": first["id"], "text": text, "relevant": [*first["relevant"], *second["relevant"]]}


def measure(improv: Improv, cases: list[dict[str, Any]]) -> Table:
    """Features of the best card of every case."""
    finder: EvidenceFinder = improv.finder()
    rows = [finder.coverage_features(case["text"]) for case in cases]
    return Table(
        features=np.array(rows),
        covered=np.array([bool(case["relevant"]) for case in cases]),
        short=np.array([case["short"] for case in cases]),
        few=np.array([case["short"] or "id" not in case for case in cases]),
        dev=np.array([case["dev"] for case in cases]),
    )


def fit(table: Table) -> tuple[np.ndarray, float]:
    """Weights of the raw features, and the intercept."""
    given, covered = table.features[table.dev], table.covered[table.dev]
    centre, scale = given.mean(axis=0), given.std(axis=0)
    counts = np.where(table.few[table.dev], WEIGHT_OF_FEW, 1.0)
    model = LogisticRegression(C=0.1, class_weight="balanced", max_iter=3000)
    model.fit((given - centre) / scale, covered, sample_weight=counts)
    weights = model.coef_[0] / scale
    return weights, float(model.intercept_[0] - weights @ centre)


def calibrate(improv: Improv) -> None:
    """Fit, and report on both halves."""
    table = measure(improv, read_cases())
    weights, intercept = fit(table)
    print("WEIGHTS =", tuple(round(float(w), 3) for w in weights))
    print("INTERCEPT =", round(intercept, 3))
    silent = 1 / (1 + np.exp(-(table.features @ weights + intercept))) < coverage.COVERED
    for name, half in (("fitted on", table.dev), ("held out", ~table.dev)):
        for length, rows in (("long", half & ~table.short), ("short", half & table.short)):
            right, needless = silent[rows & ~table.covered].mean(), silent[rows & table.covered].mean()
            print(f"{name}, {length}: right silence {right:.3f}, needless silence {needless:.3f}")
