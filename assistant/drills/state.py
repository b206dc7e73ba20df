"""What the guest makes of a reply, and where the guest stands. Plain values: the same turns give the same guest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.domain.drill import Difficulty, Lines, Manner, Move, Outcome, Scenario
from assistant.drills.events import Event


@dataclass(frozen=True, slots=True)
class FoundMove:
    """A move with the words that show it, word for word in the reply. `chance` 0…1."""

    move: Move
    quote: str
    chance: float


@dataclass(frozen=True, slots=True)
class Heard:
    """What was read from one reply of the trainee.

    `quality` 1…5. `needs`, `facts`, `triggers`, `urgent` are ids of the scenario that the words fit. `chances`: the
    probability of every move, found or not, for the uncertainty of scores. `echo`: said before in this session.
    """

    text: str
    moves: tuple[FoundMove, ...]
    quality: float
    chances: Mapping[Move, float] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    urgent: tuple[str, ...] = ()
    echo: bool = False

    def makes(self, *moves: Move) -> bool:
        """Whether it makes one of these moves."""
        return any(found.move in moves for found in self.moves)


@dataclass(frozen=True, slots=True)
class State:
    """Where the guest stands after `turn` replies. All dials are 0…100; `ceiling` is what trust can still reach.

    `met`: how far each need is served, 0…1. `topic`: the need spoken of. `empty`: replies without substance in a row.
    """

    turn: int
    anger: float
    trust: float
    patience: float
    ceiling: float
    met: Mapping[str, float] = field(default_factory=dict)
    facts: tuple[str, ...] = ()
    urgent: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    counts: Mapping[Move, int] = field(default_factory=dict)
    topic: str = ""
    empty: int = 0
    said: tuple[Event, ...] = ()
    outcome: Outcome | None = None

    @property
    def ended(self) -> bool:
        """Whether the guest has gone, agreed, or come to harm."""
        return self.outcome is not None

    @property
    def mood(self) -> str:
        """`hot`, `tense` or `cool`: which lines fit."""
        return "hot" if self.anger >= 65 else "tense" if self.anger >= 35 else "cool"

    def is_met(self, need: str) -> bool:
        """Whether that need is served."""
        return self.met.get(need, 0.0) >= 1.0

    def progress(self, scenario: Scenario) -> float:
        """How near the goal is, 0…100: the urgent acts and the needs, known or still hidden, count alike."""
        parts = [min(1.0, self.met.get(need.id, 0.0)) for need in scenario.needs]
        parts += [float(act.id in self.urgent) for act in scenario.urgent]
        return 100.0 * sum(parts) / max(1, len(parts))


@dataclass(frozen=True, slots=True)
class Cue:
    """What the guest says next, before it is worded: an event, and the scenario's own lines for it where it has any."""

    event: Event | None
    lines: Lines | None = None
    """Lines that belong to this very thing (a fact, a need); they come before the stock for the event."""


@dataclass(frozen=True, slots=True)
class Step:
    """The state after a reply, and the cues for the answer, in order."""

    state: State
    cues: tuple[Cue, ...]


ANGER: Mapping[Manner, float] = {
    "loud": 72.0,
    "cold": 56.0,
    "anxious": 58.0,
    "hurt": 42.0,
    "slippery": 44.0,
    "confused": 36.0,
    "group": 62.0,
}
"""At the start, at difficulty 2."""


def opening_state(scenario: Scenario, difficulty: Difficulty) -> State:
    """The guest before the first reply."""
    harder = difficulty - 2
    return State(
        turn=0,
        anger=ANGER[scenario.persona.manner] + 9.0 * harder,
        trust=40.0 - 9.0 * harder,
        patience=72.0 - 9.0 * harder,
        ceiling=100.0,
        topic=next((need.id for need in scenario.needs if not need.after), ""),
    )
