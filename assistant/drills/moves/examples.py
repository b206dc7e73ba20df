"""Labelled utterances in `corpus/drills/moves`: what the recogniser learns from, and what it is measured on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.domain.drill import MOVES, Move
from assistant.domain.language import language_of
from assistant.domain.vocabulary import Lang
from assistant.drills.moves.clauses import clause_spans
from assistant.errors import ContentError
from assistant.index.states import Said

HELD_OUT = "heldout_"
"""Files of this beginning are never learned from."""


@dataclass(frozen=True, slots=True)
class Example:
    """One reply to a guest's line. `moves` with the words that show each; `quality` 1…5; `source` is its file."""

    guest: str
    staff: str
    moves: Mapping[Move, tuple[str, ...]]
    quality: int
    source: str

    @property
    def lang(self) -> Lang:
        """The language of the reply."""
        return language_of(self.staff)

    @property
    def said(self) -> Said:
        """As it is encoded, clause by clause."""
        return Said(self.staff, self.guest, clause_spans(self.staff))


def read_examples(folder: Path, *, held_out: bool = False) -> list[Example]:
    """Every example, or those that are only for measuring. Raises ContentError that names file and entry."""
    paths = [path for path in sorted(folder.glob("*.yaml")) if path.name.startswith(HELD_OUT) == held_out]
    return [example for path in paths for example in _read(path)]


def fingerprint(folder: Path) -> str:
    """Changes when anything that is learned from changes."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yaml")):
        if not path.name.startswith(HELD_OUT):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:24]


def _read(path: Path) -> Iterator[Example]:
    try:
        entries = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise ContentError(f"{path} is not YAML: {error}; mend the line that it names") from error
    if not isinstance(entries, list):
        raise ContentError(f"{path} is no list; write '- guest: …' entries")
    for number, entry in enumerate(entries, 1):
        yield _example(entry, f"{path}: entry {number}", path.stem)


def _example(entry: Any, place: str, source: str) -> Example:  # noqa: ANN401 (whatever stands in the file)
    if not isinstance(entry, dict) or not isinstance(entry.get("staff"), str) or not entry["staff"].strip():
        raise ContentError(f"{place} has no 'staff' text; add it")
    if entry.get("quality") not in range(1, 6):
        raise ContentError(f"{place}: 'quality' is {entry.get('quality')!r}; write a number from 1 to 5")
    moves: dict[Move, tuple[str, ...]] = {}
    for move, words in (entry.get("moves") or {}).items():
        quotes = tuple(words) if isinstance(words, list) else (words,)
        if move not in MOVES:
            raise ContentError(f"{place}: there is no move {move!r}; use one of {', '.join(MOVES)}")
        for quote in quotes:
            if not isinstance(quote, str) or quote not in entry["staff"]:
                raise ContentError(f"{place}: {quote!r} does not stand in 'staff'; copy the words exactly")
        moves[move] = quotes
    return Example(str(entry.get("guest", "")), entry["staff"], moves, entry["quality"], source)
