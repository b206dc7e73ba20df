"""How well moves and quality are recognised, on labelled replies that nothing was learned from.

    python -m evals.moves [--json FILE]

Precision, recall, F1 and Cohen's kappa for each move and language; quality as the share within one level.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click
import numpy as np

from assistant.assembly import open_improv
from assistant.domain.drill import MOVES
from assistant.domain.vocabulary import LANGS, Lang
from assistant.drills.hall import DrillHall
from assistant.drills.moves.examples import Example, read_examples
from assistant.drills.moves.recogniser import Reading
from assistant.terminal import show_progress

TARGET_F1, TARGET_QUALITY = 0.80, 0.90


@dataclass(frozen=True, slots=True)
class MoveScore:
    """Of one move. `examples`: how often people found it."""

    move: str
    examples: int
    precision: float
    recall: float
    f1: float
    kappa: float


@dataclass(frozen=True, slots=True)
class LangScore:
    """Of one language. `near`: share of qualities within one level of the label, `exact`: of those that are equal."""

    lang: Lang
    replies: int
    macro_f1: float
    near: float
    exact: float
    moves: tuple[MoveScore, ...]


def measure(hall: DrillHall, examples: Sequence[Example]) -> list[LangScore]:
    """One score a language."""
    scores = []
    for lang in LANGS:
        own = [example for example in examples if example.lang == lang]
        readings = []
        for number, example in enumerate(own, 1):
            readings.append(hall.assess(example.guest, example.staff))
            show_progress(f"moves {lang}", number, len(own))
        scores.append(_of_lang(lang, own, readings))
    return scores


def _of_lang(lang: Lang, examples: Sequence[Example], readings: Sequence[Reading]) -> LangScore:
    true = np.array([[move in example.moves for move in MOVES] for example in examples])
    found = np.array([[move in {one.move for one in reading.moves} for move in MOVES] for reading in readings])
    levels = np.array([example.quality for example in examples])
    given = np.array([round(reading.quality) for reading in readings])
    moves = tuple(_of_move(move, true[:, n], found[:, n]) for n, move in enumerate(MOVES))
    return LangScore(
        lang=lang,
        replies=len(examples),
        macro_f1=float(np.mean([move.f1 for move in moves])),
        near=float((abs(levels - given) <= 1).mean()),
        exact=float((levels == given).mean()),
        moves=moves,
    )


def _of_move(move: str, true: np.ndarray, found: np.ndarray) -> MoveScore:
    both = float((true & found).sum())
    precision, recall = both / max(1, found.sum()), both / max(1, true.sum())
    agreed = float((true == found).mean())
    by_chance = float(true.mean() * found.mean() + (1 - true.mean()) * (1 - found.mean()))
    kappa = (agreed - by_chance) / (1 - by_chance) if by_chance < 1 else 1.0
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return MoveScore(move, int(true.sum()), float(precision), float(recall), float(f1), float(kappa))


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Also write all numbers to this file.")
def main(json_file: Path | None) -> None:
    """Measure on the held-out replies of corpus/drills/moves."""
    with open_improv(progress=show_progress) as improv:
        examples = read_examples(improv.corpus.root / "drills" / "moves", held_out=True)
        scores = measure(improv.drills, examples)
    for score in scores:
        click.echo(f"\n{score.lang}: {score.replies} replies, macro-F1 {score.macro_f1:.3f} (target {TARGET_F1})")
        click.echo(f"quality within one level {score.near:.3f} (target {TARGET_QUALITY}), exact {score.exact:.3f}")
        click.echo(f"{'move':<24}{'n':>4}{'precision':>11}{'recall':>8}{'F1':>7}{'kappa':>7}")
        for move in score.moves:
            numbers = f"{move.precision:>11.2f}{move.recall:>8.2f}{move.f1:>7.2f}{move.kappa:>7.2f}"
            click.echo(f"{move.move:<24}{move.examples:>4}{numbers}")
    if json_file is not None:
        json_file.write_text(json.dumps([asdict(score) for score in scores], indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
