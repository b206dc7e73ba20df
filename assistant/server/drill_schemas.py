"""The forms of requests and answers of drills."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.domain.drill import Difficulty, Move
from assistant.domain.vocabulary import Factor, Lang, Sector

Name = Annotated[str, Field(max_length=200)]


class ScenarioLine(BaseModel):
    """A scenario as a trainee may see it: nothing that only questions uncover."""

    id: str
    sector: Sector
    difficulty: Difficulty
    hazard: str
    langs: tuple[Lang, ...]
    title: dict[Lang, str]
    briefing: dict[Lang, str]
    guest: dict[Lang, str]
    manner: str


class ScenariosAnswer(BaseModel):
    """All scenarios, by id."""

    scenarios: list[ScenarioLine]


class StartRequest(BaseModel):
    """A new session."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"scenario": "restaurant.nut-allergy", "lang": "en"}]})

    scenario: Name
    difficulty: int | None = None
    seed: int | None = None
    lang: Lang | None = None
    trainee: Name = ""


class Dials(BaseModel):
    """How the guest stands, 0…100."""

    anger: int
    trust: int
    patience: int


class StartAnswer(BaseModel):
    """A session at its beginning, or where a retry begins."""

    id: str
    scenario: str
    difficulty: Difficulty
    seed: int
    lang: Lang
    title: str
    briefing: str
    guest: str
    state: Dials
    turn: int


class TurnRequest(BaseModel):
    """What the trainee says."""

    text: str


class MoveFound(BaseModel):
    """A move with the words that show it."""

    move: Move
    quote: str
    chance: float


class TurnAnswer(BaseModel):
    """The guest's answer."""

    guest: str
    state: Dials
    moves: list[Move]
    evidence: list[MoveFound]
    quality: float
    turn: int
    ended: bool
    outcome: str | None


class SpokenTurn(BaseModel):
    """One turn of a session."""

    text: str
    guest: str
    state: Dials
    moves: list[Move]
    evidence: list[MoveFound]


class SessionAnswer(StartAnswer):
    """A session as it stands: after a reload the page goes on from here."""

    opening: str
    turns: list[SpokenTurn]
    ended: bool
    outcome: str | None
    hints: int
    parent: str
    from_turn: int


class RetryRequest(BaseModel):
    """After how many turns to go on differently; 0 begins anew."""

    turn: int


class DebriefRequest(BaseModel):
    """What the trainee would do differently, where asked already."""

    reflection: Annotated[str, Field(max_length=4000)] = ""


class SourceAnswer(BaseModel):
    """Where a better wording stands, word for word."""

    text: str
    document: str
    title: str
    locator: str
    version: str


class MomentAnswer(BaseModel):
    """A turning point."""

    turn: int
    quote: str
    move: str
    why: str
    change: float
    better: str
    source: SourceAnswer | None


class DebriefAnswer(BaseModel):
    """The debrief; `question` is to be answered before the scores are looked at."""

    question: str
    reflection: str
    outcome: str
    scores: dict[Factor, int]
    overall: int
    intervals: dict[str, dict[str, float]]
    levels: dict[str, str]
    moments: list[MomentAnswer]
    timeline: list[dict[str, int]]
    facts: list[dict[str, Any]]
    open: list[str]
    criteria: list[dict[str, Any]]
    next: str
    moves: dict[Move, int]
    hints: int


class HintAnswer(BaseModel):
    """Help on demand; `cost` points of the overall score are gone for each one `taken`."""

    text: str
    say: str
    document: str
    cost: float
    taken: int


class AssessRequest(BaseModel):
    """A reply to a guest's line."""

    guest: Annotated[str, Field(max_length=4000)] = ""
    staff: str


class AssessAnswer(BaseModel):
    """What the reply does, and how good it is: 1 to 5."""

    moves: list[Move]
    evidence: list[MoveFound]
    quality: int
