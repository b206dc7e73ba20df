"""What to practise next: a move comes back sooner the less it went well, and the weakest that is due comes first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from assistant.domain.drill import DIFFICULTIES, MOVES, Difficulty, Move, Scenario
from assistant.domain.training import Attempt
from assistant.domain.vocabulary import Lang
from assistant.training.occasions import OVERALL, exercise
from assistant.training.skills import Try, guess

LADDER = (1, 3, 7, 16, 35)
"""Days until a move comes back after none, one, two … good tries in a row."""
GOOD = 0.6
"""A try from this on was good."""
HARDER, EASIER = 0.75, 0.45
"""From such an overall level on the next drill is a step harder, below it a step easier."""
LATELY = 3
"""So many drills back, a scenario is not offered again where there is another one."""
Reason = Literal["first", "due", "ahead"]


@dataclass(frozen=True, slots=True)
class Due:
    """When a move comes back. `level` 0…1 is the best guess of how well it goes now."""

    move: Move
    level: float
    due: date


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The next drill. `first`: nothing is known yet; `due`: this move comes back now; `ahead`: none does yet."""

    scenario: str
    difficulty: Difficulty
    reason: Reason
    move: Move | None
    due: date | None


def due_moves(tries: Mapping[str, Sequence[Try]]) -> tuple[Due, ...]:
    """Every move that was tried, the weakest first."""
    found = []
    for move in MOVES:
        known = sorted(tries.get(move, ()), key=lambda one: one.at)
        if known:
            found.append(Due(move, guess(known), known[-1].at.date() + timedelta(days=LADDER[_step(known)])))
    return tuple(sorted(found, key=lambda one: (one.level, one.due, one.move)))


def _step(known: Sequence[Try]) -> int:
    row = 0
    for one in reversed(known):
        if one.value < GOOD:
            break
        row += 1
    return min(row, len(LADDER) - 1)


def next_drill(
    scenarios: Sequence[Scenario],
    attempts: Sequence[Attempt],
    tries: Mapping[str, Sequence[Try]],
    lang: Lang,
    today: date,
) -> Suggestion | None:
    """None where there is no scenario in that language. The same records give the same suggestion."""
    spoken = [scenario for scenario in scenarios if lang in scenario.langs]
    if not spoken:
        return None
    moves = due_moves(tries)
    if not moves:
        first = min(spoken, key=lambda one: (one.hazard != "none", one.difficulty, one.id))
        return Suggestion(first.id, 1, "first", None, None)
    due = [one for one in moves if one.due <= today]
    chosen = due[0] if due else min(moves, key=lambda one: (one.due, one.level, one.move))
    level = _difficulty(tries.get(OVERALL, ()), attempts)
    scenario = _fitting(spoken, chosen.move, level, attempts)
    return Suggestion(scenario.id, level, "due" if due else "ahead", chosen.move, chosen.due)


def _difficulty(overall: Sequence[Try], attempts: Sequence[Attempt]) -> Difficulty:
    """A step from the hardest of the last drills, by how they went."""
    newest = sorted(attempts, key=lambda one: one.at)[-LATELY:]
    now = max((one.difficulty for one in newest), default=1)
    level = guess(overall)
    step = 1 if level >= HARDER else -1 if level < EASIER else 0
    return DIFFICULTIES[min(max(now + step, 1), 3) - 1]


def _fitting(spoken: Sequence[Scenario], move: Move, level: Difficulty, attempts: Sequence[Attempt]) -> Scenario:
    played: dict[str, datetime] = {}
    for attempt in sorted(attempts, key=lambda one: one.at):
        played[attempt.scenario] = attempt.at
    lately = sorted(played, key=lambda id_: played[id_])[-LATELY:]

    def order(scenario: Scenario) -> tuple[bool, int, int, float, str]:
        last = played[scenario.id].timestamp() if scenario.id in played else 0.0
        apart = abs(scenario.difficulty - level)
        return scenario.id in lately, -exercise(scenario, move), apart, last, scenario.id

    return min(spoken, key=order)
