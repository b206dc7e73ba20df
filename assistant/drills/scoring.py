"""Scores of a session from 0 to 100: overall and by factor, with the interval that misreading may cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.domain.drill import HARMING, MOVES, Difficulty, Move, Scenario
from assistant.domain.vocabulary import FACTORS, Factor
from assistant.drills.guest import step
from assistant.drills.state import FoundMove, Heard, State, opening_state

DRAWS = 60
INTERVAL = (10, 90)
"""Percentiles: eight in ten readings of the same words would score in between."""
HINT_COST = 3.0
UNSURE = 0.05
"""Chances nearer than this to 0 or 1 count as certain."""
OUTCOME_SHARE = {"settled": 1.0, "open": 0.4, "left": 0.0, "harm": 0.0, "": 0.4}
FACTOR_OF: Mapping[Move, Factor] = {
    "acknowledge_feeling": "immediate_response",
    "apologise": "immediate_response",
    "take_ownership": "immediate_response",
    "dismiss": "immediate_response",
    "rude": "immediate_response",
    "stall": "resource_integration",
    "clarifying_question": "timely_collaboration",
    "involve_colleague": "timely_collaboration",
    "confirm_agreement": "timely_collaboration",
    "leak_privacy": "timely_collaboration",
    "blame_guest": "timely_collaboration",
    "offer_options": "intention_creation",
    "explain_facts": "intention_creation",
    "set_boundary_politely": "intention_creation",
    "over_promise": "intention_creation",
    "offer_remedy": "resource_integration",
    "follow_up_promise": "resource_integration",
    "policy_wall": "resource_integration",
}
"""Which factor a move serves, or fails."""
HARM_COST: Mapping[Move, float] = {
    "rude": 0.5,
    "blame_guest": 0.3,
    "dismiss": 0.3,
    "leak_privacy": 0.6,
    "over_promise": 0.35,
    "policy_wall": 0.3,
    "stall": 0.25,
}
"""Of its factor's score, each time; others lose a quarter of that."""


@dataclass(frozen=True, slots=True)
class Scores:
    """0…100."""

    factors: Mapping[Factor, float]
    overall: float


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a score lies in eight of ten readings."""

    low: float
    high: float


def fold(scenario: Scenario, difficulty: Difficulty, heard: Sequence[Heard]) -> list[State]:
    """The states after each reply, the opening one first; stops where the session ends."""
    states = [opening_state(scenario, difficulty)]
    for one in heard:
        if states[-1].ended:
            break
        states.append(step(scenario, difficulty, states[-1], one).state)
    return states


def score(scenario: Scenario, heard: Sequence[Heard], states: Sequence[State], hints: int = 0) -> Scores:
    """`states` as `fold` gives them."""
    heard = heard[: len(states) - 1]
    end = states[-1]
    if not heard:
        return Scores(dict.fromkeys(FACTORS, 0.0), 0.0)
    factors = {factor: _factor(scenario, factor, heard, end) for factor in FACTORS}
    level = float(np.mean([(one.quality - 1) / 4 for one in heard]))
    reached = 0.5 * OUTCOME_SHARE[end.outcome or ""] + 0.35 * end.progress(scenario) / 100 + 0.15 * end.trust / 100
    mean = float(np.mean(list(factors.values())))
    overall = 100 * (0.5 * mean / 100 + 0.3 * reached + 0.2 * level) - HINT_COST * hints
    if end.outcome == "harm":
        overall = min(overall, 24.0)  # whatever else went well: somebody was hurt
    return Scores(factors, float(np.clip(overall, 0, 100)))


def _factor(scenario: Scenario, factor: Factor, heard: Sequence[Heard], end: State) -> float:
    sought = [criterion for criterion in scenario.criteria if criterion.factor == factor]
    made = {found.move for one in heard for found in one.moves}
    met = [float(any(is_met(reference, end, made) for reference in one.met_by)) for one in sought]
    behaved = _behaviour(factor, heard, made)
    share = 0.55 * float(np.mean(met)) + 0.45 * behaved if met else behaved
    cost = sum(
        HARM_COST[found.move] * (1.0 if FACTOR_OF[found.move] == factor else 0.25)
        for one in heard
        for found in one.moves
        if found.move in HARM_COST
    )
    return float(np.clip(100 * (share - cost), 0, 100))


def is_met(reference: str, end: State, made: set[Move]) -> bool:
    """Whether a criterion's reference (`need:ID` and so on) came true."""
    kind, _, id_ = reference.partition(":")
    if kind == "need":
        return end.is_met(id_)
    if kind == "move":
        return id_ in made
    return id_ in (end.facts if kind == "fact" else end.urgent)


def _behaviour(factor: Factor, heard: Sequence[Heard], made: set[Move]) -> float:
    """0…1 from moves and quality alone, the same for every scenario and for live advice."""
    helping = [move for move in MOVES if FACTOR_OF[move] == factor and move not in HARMING]
    breadth = min(1.0, sum(move in made for move in helping) / 2)
    considered = heard[:2] if factor == "immediate_response" else heard
    level = float(np.mean([(one.quality - 1) / 4 for one in considered]))
    return 0.5 * breadth + 0.5 * level


def intervals(
    scenario: Scenario, difficulty: Difficulty, heard: Sequence[Heard], hints: int, spread: float
) -> dict[str, Interval]:
    """By factor and `overall`. The session is played again with moves drawn by their chances and quality by its error.

    `spread`: the usual error of quality, in levels.
    """
    random = np.random.default_rng(0)
    drawn: dict[str, list[float]] = {name: [] for name in (*FACTORS, "overall")}
    for _ in range(DRAWS):
        other = [_reread(one, random, spread) for one in heard]
        scores = score(scenario, other, fold(scenario, difficulty, other), hints)
        drawn["overall"].append(scores.overall)
        for factor, value in scores.factors.items():
            drawn[factor].append(value)
    return {name: Interval(*map(float, np.percentile(values, INTERVAL))) for name, values in drawn.items()}


def _reread(heard: Heard, random: np.random.Generator, spread: float) -> Heard:
    quotes = {found.move: found.quote for found in heard.moves}
    moves = []
    for move, chance in heard.chances.items():
        sure = move in quotes if min(chance, 1 - chance) < UNSURE else random.random() < chance
        if sure:
            moves.append(FoundMove(move, quotes.get(move, ""), max(chance, 0.5)))
    quality = float(np.clip(heard.quality + random.normal(0.0, spread), 1.0, 5.0))
    return replace(heard, moves=tuple(moves), quality=quality)
