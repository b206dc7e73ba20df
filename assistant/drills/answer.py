"""What the guest does next: agrees, leaves, tells, asks again, threatens, brings up the next problem."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.domain.drill import Difficulty, Need, Outcome, Scenario
from assistant.drills.events import OF_MOVE, Event
from assistant.drills.state import Cue, Heard, State, Step

MOST_TURNS = 16
ENDING: dict[Outcome, Event] = {"left": "leave", "harm": "harm", "open": "open_end"}
CALM_ENOUGH = {1: 60.0, 2: 50.0, 3: 45.0}
TRUST_ENOUGH = {1: 30.0, 2: 38.0, 3: 42.0}
TRUSTED = {1: 45.0, 2: 75.0, 3: 101.0}
"""Trust at which the guest tells the real reason unasked; a hard guest never does."""
WARM = 62.0
"""Trust at which the guest agrees warmly."""


def answer(scenario: Scenario, difficulty: Difficulty, before: State, state: State, heard: Heard) -> Step:
    """Decide how it goes on, and cue what the guest says: first to what was just said, then what is still open."""
    outcome = _outcome(scenario, difficulty, state, heard)
    state = replace(state, outcome=outcome)
    reaction = _reaction(scenario, before, state, heard)
    if outcome is not None:
        ending = Cue(_ending(outcome, state))
        # Who has just been helped says so before agreeing; everybody else only ends it.
        cues = (reaction, ending) if outcome == "settled" and reaction.lines is not None else (ending,)
        return Step(state, cues)
    pushed, state = _push(scenario, difficulty, before, state)
    return Step(state, (reaction, pushed) if pushed is not None else (reaction,))


def _outcome(scenario: Scenario, difficulty: Difficulty, state: State, heard: Heard) -> Outcome | None:
    if any(act.id not in state.urgent and state.turn >= act.within for act in scenario.urgent):
        return "harm"
    if state.patience <= 0 or (state.trust <= 2 and state.anger >= 92):
        return "left"
    content = state.anger <= CALM_ENOUGH[difficulty] and state.trust >= TRUST_ENOUGH[difficulty]
    if all(state.is_met(need.id) for need in scenario.needs) and content:
        return "settled"
    hidden = [need for need in scenario.needs if need.after and need.after not in state.facts]
    spoken_of = [need for need in scenario.needs if need not in hidden]
    if hidden and content and all(state.is_met(need.id) for need in spoken_of) and heard.makes("confirm_agreement"):
        # Asked whether that is all, a guest who was never asked for the reason says yes, and goes with it untold.
        return "open"
    return "open" if state.turn >= MOST_TURNS else None


def _ending(outcome: Outcome, state: State) -> Event:
    if outcome == "settled":
        return "accept" if state.trust >= WARM else "accept_grudgingly"
    return ENDING[outcome]


def _reaction(scenario: Scenario, before: State, state: State, heard: Heard) -> Cue:
    """To the weightiest thing in what was said."""
    return next(_reactions(scenario, before, state, heard))


def _reactions(scenario: Scenario, before: State, state: State, heard: Heard) -> Iterator[Cue]:
    fired = [t for t in scenario.triggers if state.triggers.count(t.id) > before.triggers.count(t.id)]
    yield from (Cue(None, trigger.says) for trigger in fired if trigger.effect == "hardens")
    yield from (Cue("rude") for found in heard.moves if found.move == "rude")
    yield from (Cue(None, f.tells) for f in scenario.facts if f.id in state.facts and f.id not in before.facts)
    yield from (Cue("helped", u.done) for u in scenario.urgent if u.id in state.urgent and u.id not in before.urgent)
    yield from (Cue("helped", n.glad) for n in scenario.needs if state.is_met(n.id) and not before.is_met(n.id))
    yield from (Cue(None, trigger.says) for trigger in fired)
    if heard.echo:
        yield Cue("unclear")
    yield from (Cue(_event_of(event, before, state)) for move, event in OF_MOVE.items() if heard.makes(move))
    yield Cue("pleasant" if heard.quality >= 2.5 else "unclear")


def _event_of(event: Event, before: State, state: State) -> Event:
    """`sorry` is heard once; whatever was tried so far without any use is heard as emptiness."""
    if event == "sorry" and before.counts.get("apologise", 0):
        return "sorry_again"
    if event == "understood" and before.counts.get("acknowledge_feeling", 0) and state.empty >= 2:
        return "pleasant"
    return event


def _push(scenario: Scenario, difficulty: Difficulty, before: State, state: State) -> tuple[Cue | None, State]:
    """What the guest adds: a warning, fear, or the next open need."""
    late = next((act for act in scenario.urgent if act.id not in state.urgent), None)
    if late is not None:
        return Cue(None, late.late), state
    calm_places = scenario.hazard == "none"
    if calm_places and "last_warning" not in state.said and state.patience <= 18:
        return Cue("last_warning"), replace(state, said=(*state.said, "last_warning"))
    provoked = state.anger > before.anger + 3 or state.empty > 1
    if calm_places and "threat" not in state.said and provoked and (state.anger >= 70 or state.patience <= 40):
        return Cue("threat"), replace(state, said=(*state.said, "threat"))
    need = _next_need(scenario, state)
    if need is None:
        return _hold_back(scenario, difficulty, state)
    if need.id == before.topic and not _is_due(before, state):
        return None, state
    return Cue(None, need.asks), replace(state, topic=need.id)


def _hold_back(scenario: Scenario, difficulty: Difficulty, state: State) -> tuple[Cue | None, State]:
    """All that was spoken of is seen to. What is left the guest tells who is trusted, or lets show."""
    untold = {need.after for need in scenario.needs if need.after and not state.is_met(need.id)} - {*state.facts}
    fact = next((fact for fact in scenario.facts if fact.id in untold), None)
    if fact is None:
        return None, state
    if state.trust >= TRUSTED[difficulty]:
        return Cue(None, fact.tells), replace(state, facts=(*state.facts, fact.id))
    return Cue("holding_back"), state


def _is_due(before: State, state: State) -> bool:
    """People do not ask the same again after every sentence: only when nothing came, or every other turn."""
    return state.empty > before.empty or state.turn % 2 == 0


def _next_need(scenario: Scenario, state: State) -> Need | None:
    waiting = [n for n in scenario.needs if not state.is_met(n.id) and (not n.after or n.after in state.facts)]
    return next((need for need in waiting if need.id == state.topic), waiting[0] if waiting else None)
