"""What trainers work with: who practises what by when, and how each drill went."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from assistant.domain.drill import Move
from assistant.domain.vocabulary import Lang

LONGEST_NAME = 80
Audience = Literal["person", "group"]


def tidy_name(name: str) -> str:
    """A name or code as it is kept: typed with other spaces or full-width letters it is still the same person."""
    return " ".join(unicodedata.normalize("NFKC", name).split())[:LONGEST_NAME]


@dataclass(frozen=True, slots=True)
class Group:
    """People who practise together. A person may be in several groups."""

    name: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """A drill to be played by a person or by everybody of a group. Without `difficulty` it is the scenario's own."""

    id: int
    audience: Audience
    who: str
    scenario: str
    difficulty: int | None
    due: date | None
    note: str
    assigned_at: datetime


@dataclass(frozen=True, slots=True)
class MadeTurn:
    """One reply: its moves, how good it was (1…5), and when it was said."""

    number: int
    moves: tuple[Move, ...]
    quality: float
    said_at: datetime


@dataclass(frozen=True, slots=True)
class KeptMoment:
    """A turning point for the worse as the debrief told it. `document`: where the better wording stood, or empty."""

    turn: int
    move: str
    quote: str
    document: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """A drill as it was played.

    `turns` are its own: a retry does not count again what was said before it began. `scores` 0…100 by factor and
    `overall`, empty where no debrief was made; `spread`: half the width of each score's interval. `missed`: texts of
    criteria that were not met, by factor; `sought`: of all of them.
    """

    id: str
    trainee: str
    scenario: str
    version: str
    lang: Lang
    difficulty: int
    outcome: str
    hints: int
    parent: str
    from_turn: int
    started_at: datetime
    ended_at: datetime | None
    turns: tuple[MadeTurn, ...]
    scores: Mapping[str, float]
    spread: Mapping[str, float]
    moments: tuple[KeptMoment, ...] = ()
    sought: tuple[tuple[str, str], ...] = ()
    missed: tuple[tuple[str, str], ...] = ()

    @property
    def at(self) -> datetime:
        """When it counts from: its end, else its beginning."""
        return self.ended_at or self.started_at

    @property
    def is_retry(self) -> bool:
        """Whether it goes on from a turn of another one; the trainee knew what was coming."""
        return bool(self.parent)
