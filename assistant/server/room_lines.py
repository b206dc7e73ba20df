"""Rooms, events and pages as they are answered."""

from __future__ import annotations

from datetime import timedelta

from assistant.assembly import Improv
from assistant.domain.room import Delivery, RoomEvent
from assistant.domain.site import Site
from assistant.rooms.escalation import OUTSIDE, answer_s
from assistant.rooms.state import Party, Room, after, room_of
from assistant.server.room_feed import Frame
from assistant.server.room_schemas import CheckLine, EventLine, PageLine, PartyLine, RoomLine, RoomMessage


def event_line(event: RoomEvent) -> EventLine:
    """One event."""
    names = ("seq", "id", "kind", "at", "by", "party", "to", "action", "text")
    return EventLine(**{name: getattr(event, name) for name in names})


def room_line(improv: Improv, id_: str, room: Room) -> RoomLine:
    """A room as it stands."""
    site, opening = improv.site(room.opening.site), room.opening
    return RoomLine(
        id=id_,
        site=site.id,
        site_name=site.name,
        lang=opening.lang,
        words=opening.words,
        summary=opening.summary,
        hazard=opening.hazard,
        advice=opening.advice,
        opened_at=room.opened_at,
        opened_by=room.opened_by,
        keeper=room.keeper,
        checks=[
            CheckLine(
                id=check.item.id,
                text=check.item.text,
                owner=check.item.owner,
                owner_name={} if check.item.owner == "self" else improv.rooms.name(site, check.item.owner),
                within_s=check.item.within_s,
                done_by=check.done_by,
                done_at=check.done_at,
            )
            for check in room.checks
        ],
        parties=[_party(improv, site, room, party) for party in room.parties],
        unheard=room.unheard,
        closed_at=room.closed_at,
        closed_by=room.closed_by,
        outcome=room.outcome,
        seq=room.seq,
    )


def _party(improv: Improv, site: Site, room: Room, party: Party) -> PartyLine:
    waited = party.state == "called" and party.id not in OUTSIDE and not party.escalated and room.closed_at is None
    seconds = answer_s(party.id, site.calls, danger=room.opening.hazard != "none")
    return PartyLine(
        id=party.id,
        name=improv.rooms.name(site, party.id),
        channel=site.channels.get(party.id, {}),
        state=party.state,
        since=party.since,
        by=party.by,
        calls=party.calls,
        escalated=party.escalated,
        outside=party.id in OUTSIDE,
        answer_by=party.called_at + timedelta(seconds=seconds) if waited else None,
    )


def frames(improv: Improv, id_: str, since: int) -> list[Frame]:
    """What happened after the event `since`, each with the room after it, as server-sent events."""
    events = improv.rooms.events(id_)
    room, found = room_of(events[:1]), []
    for event in events:
        room = after(room, event) if event.seq > 1 else room
        if event.seq > since:
            said = RoomMessage(event=event_line(event), room=room_line(improv, id_, room)).model_dump_json()
            found.append((event.seq, f"id: {event.seq}\nevent: room\ndata: {said}\n\n".encode()))
    return found


def page_line(delivery: Delivery) -> PageLine:
    """One page."""
    page = delivery.page
    return PageLine(
        id=delivery.id,
        room=page.room,
        site=page.site,
        kind=page.kind,
        party=page.party,
        party_name=page.party_name,
        summary=page.summary,
        target=delivery.target,
        status=delivery.status,
        attempts=delivery.attempts,
        made_at=delivery.made_at,
        next_at=delivery.next_at,
        sent_at=delivery.sent_at,
        error=delivery.error,
    )
