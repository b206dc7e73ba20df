"""Reply of a trainee → `Heard`: its moves and quality, and what of the scenario it touches."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.drill import HARMING, Move, Scenario
from assistant.domain.vocabulary import Lang
from assistant.drills.matching import Encode, Matcher, Touched, letters, shared
from assistant.drills.moves.heads import Array
from assistant.drills.moves.recogniser import MoveReader, Reading
from assistant.drills.state import Heard

GOOD_REPLY = 3.3
"""Quality from which words near to a hardening example are taken for what they are."""
SURE_HARM = 0.65
"""Chance from which harm counts in a good reply, too."""
ECHO = 0.85
"""Share of like letters from which a reply is one that was given before."""
SURE_ENOUGH = 0.25
"""Chance from which a move is remembered for the uncertainty of scores."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Listens for one scenario in one language."""

    scenario: Scenario
    reader: MoveReader
    matcher: Matcher
    encode: Encode

    def hear(self, text: str, guest: str, earlier: Sequence[str]) -> Heard:
        """`guest` is the line that is answered; `earlier` are the trainee's replies before."""
        return self.heard(self.reader.read(text, guest), earlier)

    def heard(self, reading: Reading, earlier: Sequence[str]) -> Heard:
        """The same from what was read already."""
        reading = _without_doubtful_harm(reading)
        touched = self.matcher.touched(reading, self.encode)
        return Heard(
            text=reading.text,
            moves=reading.moves,
            quality=round(reading.quality, 2),
            chances=_remembered(reading),
            needs=touched.needs,
            facts=touched.facts,
            triggers=self._fired(touched, reading),
            urgent=touched.urgent,
            echo=bool(earlier) and self._repeats(reading.text, earlier),
        )

    def _fired(self, touched: Touched, reading: Reading) -> tuple[str, ...]:
        """What calms or hardens: by the words or by a move. A good reply hardens nobody by what it only resembles."""
        made = {found.move for found in reading.moves}
        harmless = reading.quality >= GOOD_REPLY and not made & {*HARMING}
        return tuple(
            trigger.id
            for trigger in self.scenario.triggers
            if made & {*trigger.moves}
            or (trigger.id in touched.triggers and not (trigger.effect == "hardens" and harmless))
        )

    @staticmethod
    def _repeats(text: str, earlier: Sequence[str]) -> bool:
        own = letters(text)
        return max(shared(own, letters(one)) for one in earlier) >= ECHO


def _without_doubtful_harm(reading: Reading) -> Reading:
    """A reply that is good as a whole does not hurt by what it may only seem to do."""
    if reading.quality < GOOD_REPLY:
        return reading
    doubtful = {found.move for found in reading.moves if found.move in HARMING and found.chance < SURE_HARM}
    return dataclasses.replace(
        reading,
        moves=tuple(found for found in reading.moves if found.move not in doubtful),
        clause_moves=tuple(moves - doubtful for moves in reading.clause_moves),
    )


def _remembered(reading: Reading) -> dict[Move, float]:
    return {move: round(chance, 3) for move, chance in reading.chances.items() if chance >= SURE_ENOUGH / 2}


def listener(scenario: Scenario, lang: Lang, reader: MoveReader, encode: Encode, background: Array) -> Listener:
    """With the scenario's examples encoded."""
    return Listener(scenario, reader, Matcher(scenario, lang, encode, background), encode)
