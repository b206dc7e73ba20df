"""The desk where rooms are opened, worked in and watched, at the clock's moment."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from assistant.domain.playbook import Playbook
from assistant.domain.room import RoomEvent
from assistant.domain.site import Site
from assistant.domain.vocabulary import Lang, Text
from assistant.errors import Conflict, UnknownName
from assistant.records.conversations import Turn
from assistant.records.rooms import Addition, RoomStore
from assistant.resources.live import site_time
from assistant.rooms.calls import called_for, opening_of, pages_for
from assistant.rooms.escalation import deadline, overdue
from assistant.rooms.handover import Teller, handover
from assistant.rooms.state import Room, after, check, room_of
from assistant.rooms.state import opened as room_opened

MOST_PARTIES = 20


class RoomDesk:
    """All rooms. `names` are those of roles; `subscribed(site, role)` gives the browsers that are told."""

    def __init__(
        self,
        store: RoomStore,
        site: Callable[[str], Site],
        names: Mapping[str, Text],
        subscribed: Callable[[str, str], list[str]],
        clock: Callable[[], datetime],
    ) -> None:
        self.store = store
        self._site, self._names, self._subscribed, self._clock = site, names, subscribed, clock
        self.listeners: list[Callable[[str], None]] = []
        """Each is told the id of a room in which something happened, from whatever thread it happened in."""

    def open(self, turn: Turn, playbooks: Sequence[Playbook], by: str = "", call: Sequence[str] = ()) -> str:
        """Open a room from an advice that was given, and call those whom it pulls in, or `call`.

        Whoever opens one from the same advice again comes into the same room.
        """
        opening = opening_of(turn.advice, turn.text, _other_words(playbooks), _summary(turn.advice, playbooks))
        site, now = self._site(opening.site), self._clock()
        roles = list(dict.fromkeys(call)) or called_for(opening.actions)
        for role in roles:
            self._known_role(site, role)
        first = RoomEvent("opened", now, by=by, opening=opening, seq=1)
        ticked = [RoomEvent("ticked", now, by=by, action=action) for action in turn.done]
        events = [first, *(RoomEvent("called", now, by=by, party=role) for role in roles), *ticked]
        made = secrets.token_urlsafe(16)
        room_id = self.store.open(made, self._addition(made, room_opened(first), events, opened=True))
        self._tell(room_id)
        return room_id

    def add(self, room_id: str, event: RoomEvent) -> RoomEvent:
        """Let something happen in a room; the same id again gives the same event.

        `event.at` is set here. Raises UnknownName, InvalidInput, and Conflict where it cannot happen now.
        """
        seen: list[RoomEvent] = []

        def decide(known: Sequence[RoomEvent]) -> Addition:
            same = [one for one in known if event.id and one.id == event.id]
            room = room_of(known)
            if same:
                seen.extend(same)
                return Addition(due_at=deadline(room, self._site(room.opening.site).calls))
            happening = dataclasses.replace(event, at=self._clock())
            check(room, happening)
            if happening.kind == "called":
                self._known_role(self._site(room.opening.site), happening.party, room)
            return self._addition(room_id, room, [happening])

        added = self.store.add(room_id, decide)
        if added:
            self._tell(room_id)
        return (seen or added)[0]

    def tick(self) -> int:
        """Let every room do what its deadlines ask for; returns in how many rooms something happened."""
        now, moved = self._clock(), 0
        for room_id in self.store.due(now):
            if self.store.add(room_id, partial(self._by_itself, room_id)):
                moved += 1
                self._tell(room_id)
        return moved

    def events(self, room_id: str, since: int = 0) -> list[RoomEvent]:
        """What happened in a room after the event numbered `since`. Raises UnknownName."""
        return self.store.events(room_id, since)

    def open_rooms(self, site: str, *, closed: bool = False, limit: int = 100) -> list[tuple[str, Room]]:
        """The rooms of a site, newest first. Raises UnknownName for the site."""
        ids = self.store.of_site(self._site(site).id, closed=closed, limit=limit)
        return [(id_, room_of(self.store.events(id_))) for id_ in ids]

    def handover(self, room_id: str, lang: Lang) -> str:
        """The text for the next shift. Raises UnknownName."""
        events = self.store.events(room_id)
        site = self._site(room_of(events).opening.site)
        return handover(
            events,
            Teller(lang, self._clock(), lambda at: site_time(site, at), lambda role: self.name(site, role), site.name),
        )

    def roles(self, site: Site) -> dict[str, Text]:
        """The roles that can be called at a site, with their names."""
        wanted = dict.fromkeys((*site.channels, *(role.id for role in site.roles.values())))
        return {role: self.name(site, role) for role in wanted}

    def name(self, site: Site, role: str) -> Text:
        """What a role is called at a site."""
        if role in site.roles:
            return site.roles[role].name
        return self._names.get(role) or {"zh": role, "en": role}

    def _by_itself(self, room_id: str, known: Sequence[RoomEvent]) -> Addition:
        return self._addition(room_id, room_of(known), [])

    def _addition(self, room_id: str, room: Room, events: Sequence[RoomEvent], *, opened: bool = False) -> Addition:
        """These events, with what the room does by itself after them, and what goes out with all that."""
        site, now = self._site(room.opening.site), self._clock()
        before, all_ = room, list(events)
        for event in events[1:] if opened else events:
            room = after(room, dataclasses.replace(event, seq=room.seq + 1))
        for event in overdue(room, site.calls, now):
            all_.append(event)
            room = after(room, dataclasses.replace(event, seq=room.seq + 1))
        pages = pages_for(room_id, before, room, all_, site, self._names, lambda role: self._subscribed(site.id, role))
        return Addition(tuple(all_), tuple(pages), deadline(room, site.calls))

    def _known_role(self, site: Site, role: str, room: Room | None = None) -> None:
        if role not in self.roles(site) and role not in self._names:
            raise UnknownName(f"nobody is called {role!r} at {site.id}; GET /api/rooms/ID lists who can be called")
        if room is not None and room.party(role) is None and len(room.parties) >= MOST_PARTIES:
            raise Conflict(f"{MOST_PARTIES} roles are in this room already; nobody else can be called")

    def _tell(self, room_id: str) -> None:
        for listener in self.listeners:
            listener(room_id)


def _other_words(playbooks: Sequence[Playbook]) -> Callable[[str], Text]:
    """An action's text in all its languages, by the action's id."""
    texts = {f"{playbook.id}/{action.id}": action.text for playbook in playbooks for action in playbook.actions}
    return lambda id_: texts.get(id_, {})


def _summary(advice: Mapping[str, object], playbooks: Sequence[Playbook]) -> Text:
    """The kind of situation in all languages; nothing where none was recognised, for the words are the staff's own."""
    if not advice["covered"]:
        return {}
    said = advice["situation"]["summary"]  # type: ignore[index]
    return next((p.title for p in playbooks if said in p.title.values()), {str(advice["lang"]): said})  # type: ignore[dict-item]
