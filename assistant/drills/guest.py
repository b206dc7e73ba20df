"""The simulated guest: a pure state machine. `step` takes one reply and says what it does to the guest.

Built to resist as people do: kind words without substance calm for a moment and then cost patience; what has been
broken (an insult, a blame, a leak) lowers for good how much trust can come back; an over-promise pleases at once and
is paid for in trust; in danger only the urgent act counts. Every number is a share of a dial from 0 to 100.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from assistant.domain.drill import Difficulty, Move, Need, Scenario
from assistant.drills.answer import answer
from assistant.drills.state import Heard, State, Step

GAIN: Mapping[Difficulty, float] = {1: 1.3, 2: 1.0, 3: 0.8}
"""How much good is worth."""
COST: Mapping[Difficulty, float] = {1: 0.7, 2: 1.0, 3: 1.3}
"""How much harm and emptiness cost."""
MOST_TURNS = 16
"""Then somebody else takes over, and things are open."""
SUBSTANCE: tuple[Move, ...] = (
    "offer_remedy",
    "offer_options",
    "follow_up_promise",
    "involve_colleague",
    "explain_facts",
)
COMMITTING: tuple[Move, ...] = ("offer_remedy", "offer_options", "follow_up_promise", "involve_colleague")


@dataclass(frozen=True, slots=True)
class Effect:
    """What one move does to anger, trust and patience; `ceiling` is lost for good."""

    anger: float = 0.0
    trust: float = 0.0
    patience: float = 0.0
    ceiling: float = 0.0


HARM: Mapping[Move, Effect] = {
    "rude": Effect(22, -20, -18, 16),
    "leak_privacy": Effect(5, -22, -5, 16),
    "blame_guest": Effect(16, -14, -11, 9),
    "dismiss": Effect(14, -12, -10, 7),
    "over_promise": Effect(-2, -11, 0, 10),
    "policy_wall": Effect(11, -9, -14, 5),
    "stall": Effect(7, -6, -14, 3),
}
GOOD: Mapping[Move, Effect] = {
    "take_ownership": Effect(-5, 5, 2),
    "acknowledge_feeling": Effect(-7, 4, 3),
    "apologise": Effect(-5, 3, 1),
    "involve_colleague": Effect(-2, 3, 3),
    "follow_up_promise": Effect(-2, 3, 3),
    "offer_options": Effect(-3, 4, 4),
    "offer_remedy": Effect(-3, 3, 4),
    "explain_facts": Effect(-1, 2, 2),
    "clarifying_question": Effect(0, 2, 2),
    "set_boundary_politely": Effect(1, 2, 0),
    "confirm_agreement": Effect(-2, 2, 1),
}
"""The first time; each further time is worth half of the time before."""
MET = Effect(-13, 13, 14)
FOUND = Effect(-5, 7, 8)
DONE = Effect(-10, 12, 15)
PARTLY = 0.4
"""How far a concrete reply serves the need spoken of where its words fit none of the examples."""
GOOD_REPLY = 3.8


def step(scenario: Scenario, difficulty: Difficulty, state: State, heard: Heard) -> Step:
    """The guest after one more reply. The session must not have ended."""
    before = state
    state = replace(state, turn=state.turn + 1, patience=state.patience - 3.0 * COST[difficulty])
    state = _serve(scenario, difficulty, state, heard)
    state = _feel(difficulty, before, state, heard)
    state = _trigger(scenario, difficulty, state, heard)
    state = _hurry(scenario, difficulty, state)
    state = _within_limits(replace(state, counts=_counted(state.counts, heard)))
    return answer(scenario, difficulty, before, state, heard)


def moved(state: State, effect: Effect, share: float = 1.0) -> State:
    """The state with `share` of an effect; trust stays below its ceiling."""
    ceiling = state.ceiling - effect.ceiling * share
    return replace(
        state,
        anger=state.anger + effect.anger * share,
        trust=min(state.trust + effect.trust * share, ceiling),
        patience=state.patience + effect.patience * share,
        ceiling=ceiling,
    )


def _within_limits(state: State) -> State:
    def dial(value: float) -> float:
        return min(100.0, max(0.0, value))

    return replace(
        state,
        anger=dial(state.anger),
        trust=min(dial(state.trust), max(0.0, state.ceiling)),
        patience=dial(state.patience),
        ceiling=max(0.0, state.ceiling),
    )


def _counted(counts: Mapping[Move, int], heard: Heard) -> dict[Move, int]:
    return {**counts, **{found.move: counts.get(found.move, 0) + 1 for found in heard.moves}}


def known_needs(scenario: Scenario, state: State) -> list[Need]:
    """Needs that the guest speaks of: those that wait for no fact, or for one that is out."""
    return [need for need in scenario.needs if not need.after or need.after in state.facts]


def open_needs(scenario: Scenario, state: State) -> list[Need]:
    """Known and not yet met."""
    return [need for need in known_needs(scenario, state) if not state.is_met(need.id)]


def _serve(scenario: Scenario, difficulty: Difficulty, state: State, heard: Heard) -> State:
    """Facts that were asked for, urgent acts, needs."""
    if heard.echo:
        return state
    gain = GAIN[difficulty]
    asked = [fact.id for fact in scenario.facts if fact.id in heard.facts and fact.id not in state.facts]
    for fact in asked:
        state = replace(moved(state, FOUND, gain), facts=(*state.facts, fact))
    acted = [act.id for act in scenario.urgent if act.id in heard.urgent and act.id not in state.urgent]
    for act in acted:
        state = replace(moved(state, DONE, gain), urgent=(*state.urgent, act))
    if heard.makes("policy_wall", "rude", "leak_privacy"):
        return state  # whatever it held is not heard through that
    # A need may be served before the guest names it: a good host thinks ahead.
    served = [
        need
        for need in scenario.needs
        if need.id in heard.needs and heard.makes(*need.moves) and not state.is_met(need.id)
    ]
    for need in served:
        state = replace(moved(state, MET, gain), met={**state.met, need.id: 1.0})
    if not served and not heard.makes("stall", "over_promise", "dismiss", "blame_guest"):
        state = _serve_partly(scenario, state, heard)
    return state


def _serve_partly(scenario: Scenario, state: State, heard: Heard) -> State:
    """A good concrete reply in words that no example foresaw brings the need spoken of nearer."""
    waiting = open_needs(scenario, state)
    if not waiting or not heard.makes(*COMMITTING) or heard.quality < GOOD_REPLY:
        return state
    need = next((need for need in waiting if need.id == state.topic), waiting[0])
    if not heard.makes(*need.moves):
        return state
    return replace(state, met={**state.met, need.id: state.met.get(need.id, 0.0) + PARTLY})


def _feel(difficulty: Difficulty, before: State, state: State, heard: Heard) -> State:
    """What the moves themselves do, and what it costs when nothing but manners comes."""
    gain, cost = GAIN[difficulty], COST[difficulty]
    advanced = (state.met, state.facts, state.urgent) != (before.met, before.facts, before.urgent)
    harmed = False
    for found in heard.moves:
        sure = min(1.0, found.chance / 0.7)
        if (harm := HARM.get(found.move)) is not None:
            state, harmed = moved(state, harm, cost * sure), True
        elif not heard.echo:
            state = moved(state, GOOD[found.move], gain * sure * 0.5 ** state.counts.get(found.move, 0))
    concrete = heard.makes(*SUBSTANCE) and heard.quality >= 3.0 and not harmed
    if advanced or (concrete and not heard.echo):
        return replace(state, empty=max(0, state.empty - 1) if not advanced else 0)
    # Nothing came of it: the first time is let pass, then each one costs more than the one before.
    empty = state.empty + 1
    drained = Effect(anger=5.0 * (empty - 1), patience=-7.0 * empty)
    return replace(moved(state, drained, cost), empty=empty)


def _trigger(scenario: Scenario, difficulty: Difficulty, state: State, heard: Heard) -> State:
    for trigger in scenario.triggers:
        if trigger.id not in heard.triggers or (trigger.effect == "calms" and trigger.id in state.triggers):
            continue
        if trigger.effect == "calms":
            state = moved(state, Effect(-8, 6, 4), trigger.strength * GAIN[difficulty])
        else:
            state = moved(state, Effect(8, -6, -5, 2), trigger.strength * COST[difficulty])
        state = replace(state, triggers=(*state.triggers, trigger.id))
    return state


def _hurry(scenario: Scenario, difficulty: Difficulty, state: State) -> State:
    """Fear rises while what is urgent is not done."""
    late = sum(act.id not in state.urgent for act in scenario.urgent)
    return moved(state, Effect(anger=9, trust=-6, patience=-5), late * COST[difficulty]) if late else state
