"""The stock of lines, and the guest's voice: which line is said, never one twice in a session."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.domain.drill import MANNERS, Lines, Scenario
from assistant.domain.vocabulary import LANGS, Lang
from assistant.drills.events import EVENTS, MOODS, Event
from assistant.drills.state import Cue, State
from assistant.errors import ContentError
from assistant.knowledge.yaml_lines import NotYaml, read_lined

ANY = "any"
Stock = Mapping[str, Lines]
"""Lines by event, or by event and mood (`stalled.hot`)."""


@dataclass(frozen=True, slots=True)
class LineStock:
    """The general stock, by manner; `any` serves every manner."""

    by_manner: Mapping[str, Stock]

    def tiers(self, scenario: Scenario, cue: Cue, mood: str, lang: Lang) -> Iterator[Sequence[str]]:
        """Lines that fit, the most personal first."""
        if cue.lines is not None:
            yield cue.lines.get(lang, ())
        if cue.event is None:
            return
        if (own := scenario.lines.get(cue.event)) is not None:
            yield own.get(lang, ())
        for manner in (scenario.persona.manner, ANY):
            stock = self.by_manner.get(manner, {})
            yield (
                *stock.get(f"{cue.event}.{mood}", {}).get(lang, ()),
                *stock.get(cue.event, {}).get(lang, ()),
            )


def load_lines(folder: Path) -> LineStock:
    """Read `any.yaml` and one file for each manner. Raises ContentError that names file and line."""
    stocks = {path.stem: _read(path) for path in sorted(folder.glob("*.yaml"))}
    if ANY not in stocks:
        raise ContentError(f"{folder / 'any.yaml'} is missing; restore it from the repository")
    for name in stocks.keys() - {ANY, *MANNERS}:
        raise ContentError(f"{folder / name}.yaml is for no manner; name it any or one of {', '.join(MANNERS)}")
    return LineStock(stocks)


def _read(path: Path) -> dict[str, Lines]:
    try:
        source = read_lined(path.read_text(encoding="utf-8"))
    except NotYaml as error:
        raise ContentError(f"{path}:{error.line}: {error}") from error
    stock: dict[str, Lines] = {}
    for key, by_lang in source.values.items():
        event, _, mood = str(key).partition(".")
        where = f"{path}:{source.line_of((key,))}"
        if event not in EVENTS or (mood and mood not in MOODS):
            raise ContentError(
                f"{where}: {key!r} is no event; use one of {', '.join(EVENTS)}, with .hot, .tense or .cool"
            )
        if not isinstance(by_lang, dict) or not set(by_lang) <= set(LANGS):
            raise ContentError(f"{where}: {key!r} holds no lines; write 'en: [...]' and 'zh: [...]' below it")
        stock[key] = {lang: tuple(map(str, said or ())) for lang, said in by_lang.items()}
    return stock


class Voice:
    """Words the cues of one session. The same seed, turn and history give the same words."""

    def __init__(self, stock: LineStock, scenario: Scenario, lang: Lang, seed: int) -> None:
        self._stock, self._scenario, self._lang, self._seed = stock, scenario, lang, seed

    def opening(self) -> str:
        """The guest's first words."""
        return self._picked(self._scenario.opening.get(self._lang, ()), 0, "opening")

    def say(self, cues: Iterable[Cue], state: State, used: Collection[str]) -> tuple[str, ...]:
        """The lines for the cues, none of them `used` before; a cue without any line left is passed over."""
        said: list[str] = []
        for number, cue in enumerate(cues):
            line = self._line(cue, state, {*used, *said}, number)
            if line:
                said.append(line)
        return tuple(said) or (self._last_resort(state, used),)

    def _line(self, cue: Cue, state: State, used: Collection[str], number: int) -> str:
        for tier in self._stock.tiers(self._scenario, cue, state.mood, self._lang):
            fresh = [line for line in tier if line not in used]
            if fresh:
                return self._picked(fresh, state.turn, f"{cue.event}{number}")
        return ""

    def _last_resort(self, state: State, used: Collection[str]) -> str:
        """Whatever this guest could still say, before saying nothing."""
        fallbacks: tuple[Event, ...] = ("unclear", "pleasant", "stalled")
        for event in fallbacks:
            if line := self._line(Cue(event), state, used, 9):
                return line
        return "…" * (1 + sum(set(line) == {"…"} for line in used))

    def _picked(self, lines: Sequence[str], turn: int, what: str) -> str:
        # Not hash(): that differs from process to process.
        key = f"{self._seed}|{self._scenario.id}|{self._lang}|{turn}|{what}"
        number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
        return random.Random(number).choice(list(lines)) if lines else ""
