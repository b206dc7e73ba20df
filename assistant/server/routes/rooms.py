"""Incident rooms: opened from an advice, worked in and watched by whoever has the link."""

from __future__ import annotations

from importlib import resources
from pathlib import Path as File
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Header, Path, Query, Request
from fastapi.responses import FileResponse, StreamingResponse
from starlette.convertors import StringConvertor, register_url_convertor

from assistant.assembly import Improv
from assistant.domain.room import RoomEvent
from assistant.domain.vocabulary import Lang
from assistant.errors import InvalidInput, UnknownName
from assistant.resources.live import site_time
from assistant.rooms.state import room_of
from assistant.server.room_feed import RoomFeed
from assistant.server.room_lines import event_line, frames, room_line
from assistant.server.room_schemas import (
    EventLine,
    EventRequest,
    HandoverAnswer,
    OpenedAnswer,
    OpenRequest,
    RoleLine,
    RoomAnswer,
    RoomsAnswer,
)
from assistant.server.routes.parts import TheImprov

router = APIRouter(tags=["rooms"])
RoomId = Annotated[str, Path(max_length=64)]
PAGE = File(str(resources.files("assistant"))) / "web" / "room" / "index.html"
STREAM_HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


class _RoomIdConvertor(StringConvertor):
    """Ids of rooms: the files of the page lie under the same path and have dots in their names."""

    regex = "[A-Za-z0-9_-]{16,64}"


register_url_convertor("room", _RoomIdConvertor())


@router.post("/api/rooms")
def open_room(body: OpenRequest, improv: TheImprov) -> OpenedAnswer:
    """Turn an advice into a room and call those whom it pulls in; from the same advice it is the same room."""
    advice = body.advice or improv.suggest(body.text, role=body.role, site=body.site, lang=body.lang).id
    room = improv.open_room(advice, body.by, body.call)
    return OpenedAnswer(id=room, path=f"/room/{room}")


@router.get("/api/rooms")
def rooms(
    improv: TheImprov,
    site: Annotated[str | None, Query(max_length=100)] = None,
    closed: bool = False,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> RoomsAnswer:
    """The rooms of a site, newest first; with `closed` also those that are over. For managers: it tells the links."""
    found = improv.rooms.open_rooms(site or improv.settings.site, closed=closed, limit=limit)
    return RoomsAnswer(rooms=[room_line(improv, id_, one) for id_, one in found])


@router.get("/api/rooms/{room}")
def room(room: RoomId, improv: TheImprov) -> RoomAnswer:
    """A room with all that happened in it, and who else can be called."""
    events = improv.rooms.events(room)
    known = room_of(events)
    site = improv.site(known.opening.site)
    return RoomAnswer(
        room=room_line(improv, room, known),
        events=[event_line(event) for event in events],
        roles=[RoleLine(id=id_, name=name) for id_, name in improv.rooms.roles(site).items()],
        emergency_numbers=dict(site.emergency_numbers),
        at=site_time(site, improv.clock()),
    )


@router.post("/api/rooms/{room}/events")
def happened(room: RoomId, body: EventRequest, improv: TheImprov) -> EventLine:
    """Let something happen in a room; the same `id` again changes nothing and gives the same answer."""
    event = RoomEvent(
        body.kind,
        improv.clock(),
        by=body.by.strip(),
        party=body.party,
        to=body.to.strip(),
        action=body.action,
        text=body.text.strip(),
        id=body.id,
    )
    return event_line(improv.rooms.add(room, event))


@router.get("/api/rooms/{room}/handover")
def handover(room: RoomId, improv: TheImprov, lang: Lang = "zh") -> HandoverAnswer:
    """The text for the next shift, made from what happened."""
    return HandoverAnswer(lang=lang, text=improv.rooms.handover(room, lang))


def _known(room: RoomId, improv: TheImprov) -> str:
    """Runs in a worker thread, and before the stream begins: an unknown room is a proper problem then."""
    if room not in improv.rooms.store.last([room]):
        raise UnknownName("there is no such room; check the link, or open one from an advice")
    return room


@router.get("/api/rooms/{room}/stream", response_class=StreamingResponse)
async def stream(
    request: Request,
    room: Annotated[str, Depends(_known)],
    after: Annotated[int, Query(ge=0)] = 0,
    last_event_id: Annotated[str, Header()] = "",
) -> StreamingResponse:
    """What happens, as numbered events `room` of `{"event", "room"}`, after `Last-Event-ID` or else `after`."""
    if last_event_id and not (last_event_id.isascii() and last_event_id.isdigit() and len(last_event_id) < 10):
        raise InvalidInput("Last-Event-ID is the number of an event; leave it out to begin anew")
    feed = cast(RoomFeed, request.app.state.feed)
    feed.check_place()
    since = int(last_event_id) if last_event_id else after
    return StreamingResponse(feed.watch(room, since), media_type="text/event-stream", headers=STREAM_HEADERS)


@router.get("/room/{room:room}", include_in_schema=False)
def page() -> FileResponse:
    """The page of a room."""
    return FileResponse(PAGE, headers={"Cache-Control": "no-cache"})


def feed_of(improv: Improv) -> RoomFeed:
    """The feed of a server's rooms, which hears at once of what happens in this process."""
    made = RoomFeed(improv.rooms.store.last, lambda id_, since: frames(improv, id_, since))
    improv.rooms.listeners.append(made.wake)
    return made
