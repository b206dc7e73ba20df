"""What a room is, read from its events; nothing else is kept of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from assistant.domain.room import PARTY_STATES, CheckItem, Opening, PartyState, RoomEvent
from assistant.errors import Conflict, InvalidInput, UnknownName

ANSWERS: tuple[PartyState, ...] = PARTY_STATES[1:]
CLOSED_STILL_TAKES = {"note", "closed"}
MOST_EVENTS = 2000
"""A room is for one incident; what goes beyond this is a machine gone wild."""


@dataclass(frozen=True, slots=True)
class Party:
    """A role that was called. `by`: who said last how far it is; `calls`: how often it was called.

    `escalated`: somebody else was called in its place since the last call.
    """

    id: str
    state: PartyState
    since: datetime
    called_at: datetime
    by: str = ""
    calls: int = 1
    escalated: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """An action of the checklist, and who ticked it off when."""

    item: CheckItem
    done_by: str | None = None
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """A room after all its events. `keeper`: who looks after it now. `unheard`: nobody is left to call."""

    opening: Opening
    opened_at: datetime
    opened_by: str
    keeper: str
    checks: tuple[Check, ...]
    parties: tuple[Party, ...] = ()
    unheard: bool = False
    closed_at: datetime | None = None
    closed_by: str = ""
    outcome: str = ""
    seq: int = 1

    def party(self, id_: str) -> Party | None:
        """The one of that role, if it was called."""
        return next((party for party in self.parties if party.id == id_), None)


def room_of(events: Iterable[RoomEvent]) -> Room:
    """The room that these events, oldest first, make. The first one opens it."""
    room: Room | None = None
    for event in events:
        room = opened(event) if room is None else after(room, event)
    if room is None:
        raise UnknownName("there is no such room; open one from an advice")
    return room


def opened(event: RoomEvent) -> Room:
    """The room that an opening makes."""
    assert event.opening is not None
    checks = tuple(Check(item) for item in event.opening.actions)
    return Room(event.opening, event.at, event.by, event.by, checks, seq=event.seq)


def after(room: Room, event: RoomEvent) -> Room:
    """The room after one more event. It must have passed `check`."""
    room = replace(room, seq=event.seq)
    if event.party:
        return _people(room, event)
    if event.kind in {"ticked", "unticked"}:
        return replace(room, checks=tuple(_ticked(check, event) for check in room.checks))
    if event.kind == "handed_over":
        return replace(room, keeper=event.to)
    if event.kind == "closed" and room.closed_at is None:
        return replace(room, closed_at=event.at, closed_by=event.by, outcome=event.text)
    return room


def _people(room: Room, event: RoomEvent) -> Room:
    known = room.party(event.party)
    if event.kind == "called":
        calls = 1 if known is None else known.calls + 1
        return _with_party(room, Party(event.party, "called", event.at, event.at, event.by, calls))
    known = known or Party(event.party, "called", event.at, event.at)
    if event.kind == "escalated":
        marked = _with_party(room, replace(known, escalated=True))
        return replace(marked, unheard=marked.unheard or not event.to)
    return _with_party(room, replace(known, state=cast(PartyState, event.kind), since=event.at, by=event.by))


def check(room: Room, event: RoomEvent) -> None:
    """Whether the event can happen in this room now. Raises Conflict, InvalidInput, UnknownName."""
    if room.closed_at is not None and event.kind not in CLOSED_STILL_TAKES:
        raise Conflict("this room is closed; open another one for what is new")
    if room.seq >= MOST_EVENTS:
        raise Conflict(f"this room holds {MOST_EVENTS} entries and takes no more; open another one")
    if event.kind in {"opened", "escalated"}:
        raise InvalidInput(f"{event.kind!r} is for the room itself; choose another kind")
    about_somebody = event.kind in {"called", *ANSWERS}
    if about_somebody != bool(event.party):
        raise InvalidInput(f"{event.kind!r} {'needs' if about_somebody else 'has no'} 'party', the role it is about")
    if event.kind in ANSWERS and room.party(event.party) is None:
        raise UnknownName(f"{event.party!r} was not called to this room; call them first")
    if event.kind in {"ticked", "unticked"} and event.action not in {check.item.id for check in room.checks}:
        raise UnknownName(f"there is no action {event.action!r} in this room")
    if event.kind == "note" and not event.text.strip():
        raise InvalidInput("the note is empty; write something")
    if event.kind == "handed_over" and not event.to.strip():
        raise InvalidInput("'handed_over' needs 'to', the name of who takes over")


def _with_party(room: Room, party: Party) -> Room:
    others = tuple(party if known.id == party.id else known for known in room.parties)
    unheard = room.unheard and party.state in {"called", "declined"}
    return replace(room, parties=others if party in others else (*others, party), unheard=unheard)


def _ticked(check: Check, event: RoomEvent) -> Check:
    if check.item.id != event.action:
        return check
    return Check(check.item, event.by, event.at) if event.kind == "ticked" else Check(check.item)
