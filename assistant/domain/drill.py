"""A rehearsal: the scenario as a trainer wrote it, and what an utterance of the trainee does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal, get_args

from assistant.domain.vocabulary import Factor, Hazard, Lang, Sector, Text

Helping = Literal[
    "acknowledge_feeling",
    "apologise",
    "clarifying_question",
    "explain_facts",
    "offer_options",
    "offer_remedy",
    "take_ownership",
    "involve_colleague",
    "set_boundary_politely",
    "confirm_agreement",
    "follow_up_promise",
]
Harming = Literal["blame_guest", "dismiss", "over_promise", "policy_wall", "rude", "stall", "leak_privacy"]
Move = Literal[Helping, Harming]
Manner = Literal["loud", "cold", "anxious", "hurt", "slippery", "confused", "group"]
Difficulty = Literal[1, 2, 3]
"""1 gentle, 2 as in life, 3 hard."""
Outcome = Literal["settled", "left", "harm", "open"]
"""The guest agreed; walked away; somebody came to harm for want of the urgent act; ended with things open."""

HELPING: tuple[Helping, ...] = get_args(Helping)
HARMING: tuple[Harming, ...] = get_args(Harming)
MOVES: tuple[Move, ...] = (*HELPING, *HARMING)
MANNERS: tuple[Manner, ...] = get_args(Manner)
DIFFICULTIES: tuple[Difficulty, ...] = get_args(Difficulty)

Lines = Mapping[Lang, tuple[str, ...]]
"""Several wordings of one thing in each language."""


class _Written:
    """Parts that people write: a field that is none of theirs is a slip of the pen, and reported."""

    __slots__ = ()
    __pydantic_config__: ClassVar = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class Persona(_Written):
    """Who the guest is. `about` is for the trainer and the debrief; `manner` picks the stock of lines."""

    name: Text
    about: Text
    manner: Manner


@dataclass(frozen=True, slots=True)
class Need(_Written):
    """Something that must be met before the guest agrees.

    `met_by` are things that staff may say that meet it, compared by meaning, not by word; the reply must also make
    one of `moves`. `after` names a fact: the guest keeps quiet about this need until that fact is on the table.
    `asks`: the guest brings it up, or asks again. `glad`: it has just been met.
    """

    id: str
    text: Text
    met_by: Lines
    asks: Lines
    glad: Lines
    moves: tuple[Move, ...] = (
        "offer_remedy",
        "offer_options",
        "follow_up_promise",
        "explain_facts",
        "involve_colleague",
        "take_ownership",
        "set_boundary_politely",
    )
    after: str = ""


@dataclass(frozen=True, slots=True)
class Fact(_Written):
    """Something the guest does not tell unasked. `asked_by`: questions that bring it out; `tells`: the answer."""

    id: str
    text: Text
    asked_by: Lines
    tells: Lines


@dataclass(frozen=True, slots=True)
class Trigger(_Written):
    """What calms or hardens this guest beyond the ordinary: one of `moves`, or something like `said`.

    `strength` 1 slight, 2 plain, 3 a turning point. `says`: the guest's answer to it.
    """

    id: str
    text: Text
    effect: Literal["calms", "hardens"]
    says: Lines
    said: Lines = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    strength: Literal[1, 2, 3] = 2


@dataclass(frozen=True, slots=True)
class Urgent(_Written):
    """Something that has to happen within so many turns of the trainee, or somebody comes to harm.

    `said`: ways to say that it is being done. `late`: what the guest says while it is not; `done`: once it is.
    """

    id: str
    text: Text
    said: Lines
    late: Lines
    done: Lines
    within: Literal[1, 2, 3] = 2


@dataclass(frozen=True, slots=True)
class Criterion(_Written):
    """Something that the debrief looks for. `met_by`: `need:ID`, `fact:ID`, `urgent:ID` or `move:NAME`; any of them."""

    factor: Factor
    text: Text
    met_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scenario(_Written):
    """One drill.

    `briefing`: what the trainee knows at the start. `wants`: what the guest demands aloud. `opening`: the guest's
    first words, one of them. `ideal`: replies that settle the drill in this order. `lines`: this guest's own wordings
    by event (`assistant.drills.lines.EVENTS`), before those of the manner. `true_claim`: whether the guest is right.
    """

    id: str
    version: str
    sector: Sector
    difficulty: Difficulty
    playbooks: tuple[str, ...]
    title: Text
    persona: Persona
    briefing: Text
    wants: Text
    opening: Lines
    needs: tuple[Need, ...]
    criteria: tuple[Criterion, ...]
    ideal: Lines
    facts: tuple[Fact, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    urgent: tuple[Urgent, ...] = ()
    lines: Mapping[str, Lines] = field(default_factory=dict)
    hazard: Hazard = "none"
    true_claim: Literal["right", "partly", "wrong"] = "right"

    @property
    def langs(self) -> tuple[Lang, ...]:
        """The languages that it can be played in."""
        return tuple(self.title)
