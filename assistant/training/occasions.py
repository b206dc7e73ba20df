"""Which occasions a drill gave to show a move, and whether they were taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.domain.drill import HARMING, HELPING, MOVES, Move, Scenario
from assistant.domain.training import Attempt
from assistant.domain.vocabulary import FACTORS
from assistant.training.skills import Try

ALWAYS: frozenset[Move] = frozenset({"acknowledge_feeling", "take_ownership"})
"""Asked for by every guest."""
RETRY_WEIGHT = 0.5
"""Who retries knows what is coming."""
OVERALL = "overall"


def wanted(scenario: Scenario) -> frozenset[Move]:
    """The helping moves that this drill cannot do without."""
    named = {
        reference.removeprefix("move:")
        for criterion in scenario.criteria
        for reference in criterion.met_by
        if reference.startswith("move:")
    }
    asked: set[Move] = {"clarifying_question"} if scenario.facts else set()
    return ALWAYS | asked | {move for move in HELPING if move in named}


def exercise(scenario: Scenario, move: Move) -> int:
    """How much a scenario practises a move: 0 not at all, 3 its own theme."""
    if any(move in trigger.moves for trigger in scenario.triggers):
        return 3
    if any(f"move:{move}" in criterion.met_by for criterion in scenario.criteria):
        return 2
    if move == "clarifying_question" and scenario.facts:
        return 2
    needed = any(move in need.moves for need in scenario.needs)
    return int(needed or move in ALWAYS or move in HARMING)


def tries_of(attempts: Iterable[Attempt], scenarios: Mapping[str, Scenario]) -> dict[str, list[Try]]:
    """Tries by move, by factor and `overall`; a harming move's try succeeds where it was left out.

    A helping move that the drill did not ask for counts where it was made, and not where it was not.
    """
    found: dict[str, list[Try]] = {name: [] for name in (*FACTORS, OVERALL, *MOVES)}
    for attempt in attempts:
        weight = RETRY_WEIGHT if attempt.is_retry else 1.0
        for name, score in attempt.scores.items():
            error = attempt.spread.get(name, 0.0) / 100 / 1.28
            found[name].append(Try(attempt.at, score / 100, weight, error))
        scenario = scenarios.get(attempt.scenario)
        for move, value in _moves(attempt, wanted(scenario) if scenario else ALWAYS):
            found[move].append(Try(attempt.at, value, weight))
    return found


def _moves(attempt: Attempt, asked_for: frozenset[Move]) -> Iterable[tuple[Move, float]]:
    if not attempt.turns:
        return
    for move in MOVES:
        levels = [(turn.quality - 1) / 4 for turn in attempt.turns if move in turn.moves]
        if move in HARMING:
            yield move, 0.0 if levels else 1.0
        elif levels:
            yield move, sum(levels) / len(levels)
        elif move in asked_for:
            yield move, 0.0
