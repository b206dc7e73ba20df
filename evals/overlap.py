"""Cases must not repeat the corpus: sharing wording with it would measure memory, not understanding.

The share of a case's word n-grams (Chinese: characters) that stand in the playbooks' signals and in the examples that
the assistant learns from; of a case to be measured on, also in whatever else a figure of the product was chosen by.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.domain.language import language_of
from assistant.domain.playbook import Playbook
from assistant.index.segmentation import WORD
from assistant.knowledge.corpus import Corpus
from evals.case import FOLDER, Case

WORDS_TOGETHER = 4
CHARACTERS_TOGETHER = 7
MOST = 0.34
"""A case that shares more than this of its n-grams with the corpus was copied from it."""
LEAST_GRAMS = 3
"""A note of a few words says what everybody would say; overlap means nothing there."""
FITTED_ON = ("hazards", "other_hands", "retrieval", "short", "uncovered")
"""Files of `cases/` that `calibrate` fits the judges on."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much of a case stands in the corpus, 0-1."""

    case: str
    share: float


def overlaps(cases: Sequence[Case], texts: Iterable[str]) -> list[Overlap]:
    """The overlap of every case with `texts`, highest first."""
    known = {gram for text in texts for gram in grams(text)}
    found = [Overlap(case.id, _share(set(grams(case.text)), known)) for case in cases]
    return sorted(found, key=lambda overlap: (-overlap.share, overlap.case))


def grams(text: str) -> Iterator[str]:
    """Runs of four words, or of seven characters in Chinese, regardless of case and punctuation."""
    pieces = WORD.findall(text.casefold())
    if language_of(text) == "zh":
        units, size, joint = list("".join(pieces)), CHARACTERS_TOGETHER, ""
    else:
        units, size, joint = pieces, WORDS_TOGETHER, " "
    for start in range(len(units) - size + 1):
        yield joint.join(units[start : start + size])


def taught_texts(playbooks: Iterable[Playbook], corpus: Corpus) -> Iterator[str]:
    """Everything that the assistant recognises incidents by."""
    for playbook in playbooks:
        yield from (text for texts in playbook.signals.values() for text in texts)
    for path in sorted((corpus.root / "situations").rglob("*.yaml")):
        yield from _texts(yaml.load(Path(path).read_text(encoding="utf-8"), yaml.CSafeLoader))


def worked_with(cases: Iterable[Case]) -> Iterator[str]:
    """The incidents for development, and those that the judges of danger and of silence are fitted on."""
    yield from (case.text for case in cases if case.split == "dev")
    for name in FITTED_ON:
        yield from _texts(yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _share(own: set[str], known: set[str]) -> float:
    return len(own & known) / len(own) if len(own) >= LEAST_GRAMS else 0.0
