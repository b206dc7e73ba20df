"""The text that goes to the next shift: what happened, what is open, who is on it. Made from the events alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.domain.room import RoomEvent
from assistant.domain.vocabulary import Lang, Text, in_lang
from assistant.rooms.escalation import OUTSIDE
from assistant.rooms.state import Room, room_of
from assistant.rooms.texts import SENTENCES, STATES, TOLD

LATEST = 30
"""Lines of what happened; the opening is always among them."""


@dataclass(frozen=True, slots=True)
class Teller:
    """How things are said: `local` puts a moment into the site's time, `name_of` gives the name of a role."""

    lang: Lang
    now: datetime
    local: Callable[[datetime], datetime]
    name_of: Callable[[str], Text]
    site_name: Text

    def say(self, key: str, **values: object) -> str:
        """A sentence in the teller's language."""
        return SENTENCES[key][self.lang].format(**values)

    def clock(self, moment: datetime) -> str:
        """The time of day, with the day where it is another one."""
        there = self.local(moment)
        return f"{there:%H:%M}" if there.date() == self.local(self.now).date() else f"{there:%m-%d %H:%M}"

    def named(self, role: str) -> str:
        """The name of a role."""
        return in_lang(self.name_of(role), self.lang)


def handover(events: Sequence[RoomEvent], teller: Teller) -> str:
    """Plain text, a line for each thing."""
    room = room_of(events)
    actions = {check.item.id: in_lang(check.item.text, teller.lang) for check in room.checks}
    parts = (_head(room, teller), _still_open(room, teller), _people(room, teller), _story(events, actions, teller))
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _head(room: Room, teller: Teller) -> Iterator[str]:
    say, opening = teller.say, room.opening
    yield say("title", summary=in_lang(opening.summary, teller.lang) or opening.words)
    by = say("by", by=room.opened_by) if room.opened_by else ""
    yield say("site", site=in_lang(teller.site_name, teller.lang), at=teller.clock(room.opened_at), by=by)
    yield say("words", words=opening.words)
    if room.closed_at is not None:
        yield say("closed", at=teller.clock(room.closed_at), outcome=room.outcome).rstrip()
        return
    yield say("running", done=sum(check.done_at is not None for check in room.checks), all=len(room.checks))
    if room.keeper:
        yield say("keeper", keeper=room.keeper)
    if room.unheard:
        yield say("unheard")


def _still_open(room: Room, teller: Teller) -> Iterator[str]:
    yield teller.say("open")
    waiting = [check.item for check in room.checks if check.done_at is None]
    for item in waiting:
        owner = "" if item.owner == "self" else teller.say("owner", name=teller.named(item.owner))
        yield f"- {in_lang(item.text, teller.lang)}{owner}"
    if not waiting:
        yield teller.say("none")


def _people(room: Room, teller: Teller) -> Iterator[str]:
    yield teller.say("people")
    for party in room.parties:
        state = STATES[party.state][teller.lang]
        if party.id in OUTSIDE and party.state == "called":
            state += teller.say("telephone")
        yield teller.say("person", name=teller.named(party.id), state=state, at=teller.clock(party.since))
    if not room.parties:
        yield teller.say("none")


def _story(events: Sequence[RoomEvent], actions: dict[str, str], teller: Teller) -> Iterator[str]:
    yield teller.say("happened")
    told = [_line(event, actions, teller) for event in events]
    if len(told) > LATEST:
        told = [told[0], teller.say("earlier", n=len(told) - LATEST), *told[-LATEST + 1 :]]
    yield from told


def _line(event: RoomEvent, actions: dict[str, str], teller: Teller) -> str:
    unheard = event.kind == "escalated" and not event.to
    to = teller.named(event.to) if event.kind == "escalated" else event.to
    told = TOLD["unheard" if unheard else event.kind][teller.lang].format(
        party=teller.named(event.party), to=to, text=event.text, action=actions.get(event.action, event.action)
    )
    # What somebody did carries their name; what the room did by itself needs none.
    told = teller.say("who", by=event.by, told=told) if event.by else told
    return teller.say("line", at=teller.clock(event.at), told=told).rstrip()
