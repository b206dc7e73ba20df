"""What a measure is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from assistant.advice.envelope import Envelope
from assistant.domain.vocabulary import Text
from evals.answer import Answer
from evals.case import Case
from evals.concepts import Concept
from evals.labels import LineLabels

DEPTH = 5
"""How many of the playbooks found are looked at."""
Group = Literal["finding", "criteria", "safety", "truth", "silence", "form", "speed"]


@dataclass(frozen=True, slots=True)
class Instruments:
    """What measures decide with. `entries`: every citable text of the knowledge base, by (document, locator)."""

    concepts: Mapping[str, Concept]
    lines: LineLabels
    envelope: Envelope
    entries: Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Score:
    """One case measured; `why` names what was missing or wrong, for the list of the worst cases."""

    value: float
    why: tuple[str, ...] = ()

    @classmethod
    def of(cls, right: bool, why: str) -> Score:
        """1 where it is right; else 0, with what is wrong."""
        return cls(1.0) if right else cls(0.0, (why,))


Scorer = Callable[[Case, Answer, Instruments], Score | None]
"""None: not scored, because the case or the system has nothing to measure here."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A scorer with what people need to read it.

    `better`: which way is better. `unit` is `share` (0-1), `count`, `ms` or a word. `target` and `gated`: what a
    release must reach, and whether a significant loss stops it.
    """

    name: str
    group: Group
    title: Text
    score: Scorer
    better: Literal["higher", "lower"] = "higher"
    unit: str = "share"
    target: float | None = None
    gated: bool = True
    quality: bool = field(default=True)
    """Whether other systems are compared on it; form and speed are not quality."""
