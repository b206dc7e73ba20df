"""How well the concept matcher agrees with people, on pairs that people labelled.

    python -m evals.agreement [--misses]

Cohen's kappa with a bootstrap interval, over concepts: pairs of one concept stand or fall together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
import yaml
from pydantic import TypeAdapter

from assistant.domain.vocabulary import LANGS, Lang
from assistant.errors import ImprovError
from evals.case import Split, Strict
from evals.concepts import FOLDER, shipped_matcher

LEAST_KAPPA = 0.8
"""Below this a suite does not run: what it would measure is the matcher."""
DRAWS = 2000
Judge = Callable[[str, str], bool]
"""(concept, text) → does the text tell the reader to do it?"""


class MatcherUntrusted(ImprovError):
    """The matcher agrees too little with people to decide criteria."""


class Labelled(Strict):
    """A text and whether a person finds the concept in it."""

    concept: str
    lang: Lang
    split: Split
    text: str
    label: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """Kappa with its 95 % interval, on `pairs` pairs."""

    kappa: float
    low: float
    high: float
    pairs: int
    misses: tuple[Labelled, ...]


def read_labelled(path: Path = FOLDER / "labelled.yaml") -> tuple[Labelled, ...]:
    """The hand-labelled pairs."""
    read: Any = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return TypeAdapter(tuple[Labelled, ...]).validate_python(read)


def agreement(judge: Judge, pairs: Sequence[Labelled], seed: int = 0) -> Agreement:
    """How far `judge` says what people say."""
    said = np.array([judge(pair.concept, pair.text) for pair in pairs])
    meant = np.array([pair.label for pair in pairs])
    names = sorted({pair.concept for pair in pairs})
    rows = [np.array([i for i, pair in enumerate(pairs) if pair.concept == name]) for name in names]
    random = np.random.default_rng(seed)
    drawn = [np.concatenate([rows[i] for i in random.integers(0, len(rows), len(rows))]) for _ in range(DRAWS)]
    low, high = np.percentile([kappa(said[picked], meant[picked]) for picked in drawn], (2.5, 97.5))
    misses = tuple(pair for pair, one, other in zip(pairs, said, meant, strict=True) if one != other)
    return Agreement(kappa(said, meant), float(low), float(high), len(pairs), misses)


def kappa(one: np.ndarray, other: np.ndarray) -> float:
    """Cohen's kappa of two rows of yes and no; 1 where both say the same throughout."""
    agreed = float((one == other).mean())
    chance = float(one.mean() * other.mean() + (1 - one.mean()) * (1 - other.mean()))
    return 1.0 if chance == 1.0 else (agreed - chance) / (1 - chance)


def check_matcher() -> Agreement:
    """The shipped matcher on the held-out pairs. Raises MatcherUntrusted below the least kappa."""
    held_out = [pair for pair in read_labelled() if pair.split == "test"]
    measured = agreement(shipped_matcher().found, held_out)
    if measured.kappa < LEAST_KAPPA:
        raise MatcherUntrusted(
            f"the criterion matcher agrees with the hand labels at κ = {measured.kappa:.2f} only (least: "
            f"{LEAST_KAPPA}); mend evals/criteria/concepts.yaml and look at `python -m evals.agreement --misses`"
        )
    return measured


@click.command()
@click.option("--misses", is_flag=True, help="Show pairs of the dev half that the matcher gets wrong.")
def main(misses: bool) -> None:
    """Agreement of the concept matcher with hand labels."""
    pairs = read_labelled()
    for split in ("dev", "test"):
        for lang in (*LANGS, None):
            chosen = [pair for pair in pairs if pair.split == split and lang in {pair.lang, None}]
            measured = agreement(shipped_matcher().found, chosen)
            click.echo(
                f"{split:<5} {lang or 'both':<5} κ {measured.kappa:.3f} "
                f"({measured.low:.3f} to {measured.high:.3f}) on {measured.pairs} pairs"
            )
            if misses and split == "dev" and lang is None:
                for pair in measured.misses:
                    click.echo(f"  {pair.concept}: should be {pair.label}: {pair.text}")


if __name__ == "__main__":
    main()
