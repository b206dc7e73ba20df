"""How well criteria are decided, measured against people.

    python -m evals.agreement

Two sets of hand-labelled pairs (a concept, a text): lines of playbooks, which are decided by their labels, and
lines in free wording, on which a judge model must prove itself (`judge.py`). Cohen's kappa with a bootstrap
interval over concepts: pairs of one concept stand or fall together.
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
from assistant.knowledge.corpus import Corpus
from assistant.settings import load_settings
from evals.answer import AnsweredAction
from evals.case import Strict
from evals.concepts import FOLDER
from evals.labels import LineLabels, line_labels

LEAST_KAPPA = 0.8
"""Below this nothing is decided: what would be measured is whoever decides."""
DRAWS = 2000


class MatcherUntrusted(ImprovError):
    """Whoever decides criteria agrees too little with people."""


class Labelled(Strict):
    """A text and whether a person finds the concept in it; `line` is the playbook entry that it stands in, if any."""

    concept: str
    lang: Lang
    label: bool
    text: str
    line: str = ""


Judge = Callable[[Labelled], bool]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Kappa with its 95 % interval, on `pairs` pairs."""

    kappa: float
    low: float
    high: float
    pairs: int

    @property
    def enough(self) -> bool:
        """Whether criteria may be decided so."""
        return self.kappa >= LEAST_KAPPA


def read_labelled(name: str = "labelled") -> tuple[Labelled, ...]:
    """Hand-labelled pairs: `labelled` for lines of playbooks, `labelled_free` for free wording."""
    path = Path(FOLDER / f"{name}.yaml")
    read: Any = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return TypeAdapter(tuple[Labelled, ...]).validate_python(read)


def agreement(judge: Judge, pairs: Sequence[Labelled], seed: int = 0) -> Agreement:
    """How far `judge` says what people say."""
    said = np.array([judge(pair) for pair in pairs])
    meant = np.array([pair.label for pair in pairs])
    names, places = np.unique([pair.concept for pair in pairs], return_inverse=True)
    # What kappa counts, concept by concept: a draw is a sum of rows.
    rows = (said == meant, said, meant, np.ones(len(said)))
    counted = np.stack([np.bincount(places, row, len(names)) for row in rows])
    drawn = np.random.default_rng(seed).integers(0, len(names), (DRAWS, len(names)))
    low, high = np.percentile([kappa(*counts) for counts in counted[:, drawn].sum(axis=2).T], (2.5, 97.5))
    return Agreement(kappa(*counted.sum(axis=1)), float(low), float(high), len(pairs))


def kappa(agreed: float, said: float, meant: float, pairs: float) -> float:
    """Cohen's kappa from counts: where both agree, each one's yes, all pairs; 1 where both say the same throughout."""
    one, other = said / pairs, meant / pairs
    chance = one * other + (1 - one) * (1 - other)
    return 1.0 if chance == 1.0 else float((agreed / pairs - chance) / (1 - chance))


def of_labels(lines: LineLabels, lang: Lang | None = None) -> Agreement:
    """What is decided of playbook lines by their wording against a second person, in one language or in both.

    The lines come without their ids, as any system quotes them: what is not recognised carries nothing.
    """
    pairs = [pair for pair in read_labelled() if lang in {pair.lang, None}]
    return agreement(lambda pair: pair.concept in (lines.labelled(AnsweredAction(pair.text)) or ()), pairs)


def check_labels(lines: LineLabels) -> Agreement:
    """As `of_labels`. Raises MatcherUntrusted below the least kappa."""
    measured = of_labels(lines)
    if not measured.enough:
        raise MatcherUntrusted(
            f"the labels of playbook lines agree with a second person at κ = {measured.kappa:.2f} only "
            f"(least: {LEAST_KAPPA}); look through evals/criteria/lines.yaml"
        )
    return measured


@click.command()
def main() -> None:
    """Agreement of the labels with a second person, by language."""
    lines = line_labels(Corpus(load_settings().corpus).playbooks())
    for lang in (*LANGS, None):
        measured = of_labels(lines, lang)
        click.echo(
            f"{lang or 'both':<5} κ {measured.kappa:.3f} ({measured.low:.3f} to {measured.high:.3f}) "
            f"on {measured.pairs} pairs"
        )


if __name__ == "__main__":
    main()
