"""Reply of a trainee → `Heard`: its moves and quality, and what of the scenario it touches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.drill import Move, Scenario
from assistant.domain.vocabulary import Lang
from assistant.drills.matching import Encode, Matcher
from assistant.drills.moves.heads import Array
from assistant.drills.moves.recogniser import MoveReader, Reading
from assistant.drills.state import Heard

ECHO = 0.985
"""Likeness from which a reply is one that was given before."""
SURE_ENOUGH = 0.25
"""Chance from which a move is remembered for the uncertainty of scores."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Listens for one scenario in one language."""

    reader: MoveReader
    matcher: Matcher
    encode: Encode

    def hear(self, text: str, guest: str, earlier: Sequence[str]) -> Heard:
        """`guest` is the line that is answered; `earlier` are the trainee's replies before."""
        reading = self.reader.read(text, guest)
        touched = self.matcher.touched(reading, self.encode)
        return Heard(
            text=text,
            moves=reading.moves,
            quality=round(reading.quality, 2),
            chances=_remembered(reading),
            needs=touched.needs,
            facts=touched.facts,
            triggers=touched.triggers,
            urgent=touched.urgent,
            echo=bool(earlier) and self._repeats(text, earlier),
        )

    def _repeats(self, text: str, earlier: Sequence[str]) -> bool:
        vectors = self.encode([text, *earlier])
        return bool((vectors[1:] @ vectors[0]).max() >= ECHO)


def _remembered(reading: Reading) -> dict[Move, float]:
    return {move: round(chance, 3) for move, chance in reading.chances.items() if chance >= SURE_ENOUGH / 2}


def listener(scenario: Scenario, lang: Lang, reader: MoveReader, encode: Encode, background: Array) -> Listener:
    """With the scenario's examples encoded."""
    return Listener(reader, Matcher(scenario, lang, encode, background), encode)
