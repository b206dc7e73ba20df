"""Who is called when nobody answers in time. Pure: the moment is handed in."""

from __future__ import annotations

from datetime import datetime, timedelta

from assistant.domain.room import CallPlan, RoomEvent
from assistant.rooms.state import Party, Room, after

ANSWER_S = {"first_aider": 60, "security": 60, "colleague": 60, "supervisor": 120, "manager": 180}
OTHERS_S = 120
"""Seconds within which a role answers where the site file says nothing; in danger half of it."""
INSTEAD = {"supervisor": "manager", "manager": ""}
OTHERS_INSTEAD = "supervisor"
OUTSIDE = frozenset({"emergency_services", "police", "lift_company", "partner", "interpreter"})
"""Reached by telephone: somebody in the room rings them and says so; no page goes out and nothing runs out."""
MOST_CALLS = 3
"""How often the last one in the line is called."""


def answer_s(role: str, plan: CallPlan, *, danger: bool) -> int:
    """Seconds within which this role answers."""
    seconds = plan.answer_s.get(role, ANSWER_S.get(role, OTHERS_S))
    return max(15, seconds // 2) if danger else seconds


def instead_of(role: str, plan: CallPlan) -> str:
    """Who is called where this role does not answer; empty at the end of the line."""
    return plan.instead.get(role, INSTEAD.get(role, OTHERS_INSTEAD))


def deadline(room: Room, plan: CallPlan) -> datetime | None:
    """When somebody's time to answer runs out first; None where nobody is waited for."""
    moments = [_runs_out(room, party, plan) for party in room.parties if _awaited(party)]
    return min(moments) if moments and room.closed_at is None else None


def overdue(room: Room, plan: CallPlan, now: datetime) -> list[RoomEvent]:
    """What the room does by itself now: for everybody whose time ran out, the next in line is called."""
    events: list[RoomEvent] = []
    if room.closed_at is not None:
        return events
    for party in room.parties:
        if _awaited(party) and _runs_out(room, party, plan) <= now:
            for event in _escalate(room, party, plan, now):
                events.append(event)
                room = after(room, event)
    return events


def _awaited(party: Party) -> bool:
    return party.state in {"called", "declined"} and not party.escalated and party.id not in OUTSIDE


def _runs_out(room: Room, party: Party, plan: CallPlan) -> datetime:
    if party.state == "declined":
        return party.since
    return party.called_at + timedelta(seconds=answer_s(party.id, plan, danger=room.opening.hazard != "none"))


def _escalate(room: Room, party: Party, plan: CallPlan, now: datetime) -> list[RoomEvent]:
    following = instead_of(party.id, plan)
    seen = {party.id}
    while following and _out_of_reach(room.party(following)) and following not in seen:
        seen.add(following)
        following = instead_of(following, plan)
    if following and following not in seen:
        told = RoomEvent("escalated", now, party=party.id, to=following)
        # Who was called already is waited for in their own time.
        known = room.party(following)
        return [told] if known is not None else [told, RoomEvent("called", now, party=following)]
    if party.state == "called" and party.calls < MOST_CALLS:
        return [RoomEvent("called", now, party=party.id)]
    return [RoomEvent("escalated", now, party=party.id)]


def _out_of_reach(party: Party | None) -> bool:
    return party is not None and (party.state == "declined" or (party.state == "called" and party.escalated))
