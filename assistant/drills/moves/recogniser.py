"""One reply → its moves with the words that show them, and its quality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assistant.domain.drill import MOVES, Move
from assistant.domain.language import language_of
from assistant.domain.vocabulary import Lang
from assistant.drills.moves.clauses import clause_spans
from assistant.drills.moves.heads import Array, MoveHeads, evidence
from assistant.drills.state import FoundMove
from assistant.index.states import Said, SpanEncoder


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reply does. `chances` of every move; `spread` is the usual error of `quality`, in levels.

    `clauses` are its parts, `clause_moves` which moves each of them shows.
    """

    text: str
    lang: Lang
    moves: tuple[FoundMove, ...]
    chances: Mapping[Move, float]
    quality: float
    spread: float
    clauses: tuple[str, ...]
    clause_moves: tuple[frozenset[Move], ...]


class MoveReader:
    """Reads replies in either language; thread-safe."""

    def __init__(self, heads: Mapping[Lang, MoveHeads], encoder: SpanEncoder) -> None:
        self._heads, self._encoder = heads, encoder

    def read(self, staff: str, guest: str = "") -> Reading:
        """`guest` is the line that it answers."""
        spans = clause_spans(staff)
        (vectors,) = self._encoder.spans([Said(staff, guest, spans)])
        return self.judged(staff, vectors)

    def spread(self, lang: Lang) -> float:
        """The usual error of quality in that language, in levels."""
        return self._heads[lang].quality.spread

    def judged(self, staff: str, vectors: Array) -> Reading:
        """The same from vectors, one row a clause."""
        spans, lang = clause_spans(staff), language_of(staff)
        clauses = tuple(staff[start:end].strip() for start, end in spans)
        heads = self._heads[lang]
        decisions = heads.decisions(clauses, vectors)
        chances = heads.chances(decisions)
        best = chances.max(axis=0)
        found = [n for n in np.argsort(-best).tolist() if best[n] >= heads.thresholds[n]]
        shown = chances >= heads.thresholds
        return Reading(
            text=staff,
            lang=lang,
            moves=tuple(
                FoundMove(MOVES[n], _quote(staff, spans, chances[:, n], shown[:, n].tolist()), float(best[n]))
                for n in found
            ),
            chances={move: float(best[n]) for n, move in enumerate(MOVES)},
            quality=heads.quality.level(vectors.mean(axis=0), evidence(decisions, clauses)),
            spread=heads.quality.spread,
            clauses=clauses,
            clause_moves=tuple(frozenset(MOVES[n] for n in np.flatnonzero(row)) for row in shown),
        )


def _quote(staff: str, spans: tuple[tuple[int, int], ...], chances: Array, shown: list[bool]) -> str:
    """The clause that shows it best, with neighbours that show it as well."""
    first = last = int(chances.argmax())
    while first > 0 and shown[first - 1]:
        first -= 1
    while last < len(spans) - 1 and shown[last + 1]:
        last += 1
    return staff[spans[first][0] : spans[last][1]].strip().rstrip(",，;；")
