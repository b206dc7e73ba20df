"""The forms of what is asked and answered about incident rooms, pages and phones that are told."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator

from assistant.domain.room import EventKind, PageStatus, PartyState
from assistant.domain.vocabulary import Hazard, Lang, Text

Name = Annotated[str, Field(max_length=60)]
RoleId = Annotated[str, Field(max_length=64, pattern=r"^[\w-]+$")]
EventId = Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_-]*$")]


class OpenRequest(BaseModel):
    """What to turn into a room: an advice that was given, or a `text` for which advice is made first.

    `call`: roles to call instead of those whom the advice pulls in.
    """

    advice: Annotated[str, Field(max_length=64)] = ""
    text: str = ""
    site: Annotated[str, Field(max_length=100)] | None = None
    role: Annotated[str, Field(max_length=100)] | None = None
    lang: Lang | None = None
    by: Name = ""
    call: Annotated[tuple[RoleId, ...], Field(max_length=10)] = ()

    @model_validator(mode="after")
    def _one_of_them(self) -> OpenRequest:
        if bool(self.advice) == bool(self.text.strip()):
            raise ValueError("give either 'advice' or 'text'")
        return self


class EventRequest(BaseModel):
    """What somebody did. `id`, where given, makes it safe to send twice."""

    kind: Literal[
        "called",
        "acknowledged",
        "on_way",
        "here",
        "done",
        "declined",
        "note",
        "ticked",
        "unticked",
        "handed_over",
        "closed",
    ]
    id: EventId = ""
    by: Name = ""
    party: Annotated[str, Field(max_length=64)] = ""
    to: Name = ""
    action: Annotated[str, Field(max_length=300)] = ""
    text: Annotated[str, Field(max_length=1000)] = ""


class EventLine(BaseModel):
    """One event. `seq` counts from 1 without gaps; `by` is empty where the room did it itself."""

    seq: int
    id: str
    kind: EventKind
    at: datetime
    by: str
    party: str
    to: str
    action: str
    text: str


class PartyLine(BaseModel):
    """Somebody who was called. `answer_by`: when another one is called instead, null where that is over.

    `outside`: reached by telephone; no page goes out.
    """

    id: str
    name: Text
    channel: Text
    state: PartyState
    since: datetime
    by: str
    calls: int
    escalated: bool
    outside: bool
    answer_by: datetime | None


class CheckLine(BaseModel):
    """One action of the checklist."""

    id: str
    text: Text
    owner: str
    owner_name: Text
    within_s: int
    done_by: str | None
    done_at: datetime | None


class RoomLine(BaseModel):
    """A room as it stands after the event `seq`. `unheard`: nobody answered and nobody is left to call."""

    id: str
    site: str
    site_name: Text
    lang: Lang
    words: str
    summary: Text
    hazard: Hazard
    advice: str
    opened_at: datetime
    opened_by: str
    keeper: str
    checks: list[CheckLine]
    parties: list[PartyLine]
    unheard: bool
    closed_at: datetime | None
    closed_by: str
    outcome: str
    seq: int


class RoleLine(BaseModel):
    """A role that can be called."""

    id: str
    name: Text


class RoomAnswer(BaseModel):
    """A room with all that happened in it. `at`: the present moment, in the site's time."""

    room: RoomLine
    events: list[EventLine]
    roles: list[RoleLine]
    emergency_numbers: dict[str, str]
    at: datetime


class RoomMessage(BaseModel):
    """One message of the stream: what happened, and the room after it."""

    event: EventLine
    room: RoomLine


class OpenedAnswer(BaseModel):
    """Where the room is."""

    id: str
    path: str


class RoomsAnswer(BaseModel):
    """The rooms of a site, newest first."""

    rooms: list[RoomLine]


class HandoverAnswer(BaseModel):
    """The text for the next shift."""

    lang: Lang
    text: str


class PageLine(BaseModel):
    """A page to one target. `error`: what the last attempt met."""

    id: int
    room: str
    site: str
    kind: Literal["call", "stand_down"]
    party: str
    party_name: Text
    summary: Text
    target: str
    status: PageStatus
    attempts: int
    made_at: datetime
    next_at: datetime
    sent_at: datetime | None
    error: str


class PagesAnswer(BaseModel):
    """Pages, newest first."""

    pages: list[PageLine]


class PushKeyAnswer(BaseModel):
    """What a browser subscribes with; empty where this server tells no phones."""

    key: str


class PushKeys(BaseModel):
    """The keys of a browser's subscription."""

    p256dh: Annotated[str, Field(max_length=200)]
    auth: Annotated[str, Field(max_length=100)]


class PushSubscription(BaseModel):
    """A subscription as the browser gives it."""

    endpoint: Annotated[str, Field(max_length=1000)]
    keys: PushKeys


class SubscribeRequest(BaseModel):
    """A phone that wants to be told when a role is called at a site."""

    site: Annotated[str, Field(max_length=100)]
    role: RoleId
    lang: Lang = "zh"
    subscription: PushSubscription


class SubscribedAnswer(BaseModel):
    """The id under which it can be taken back."""

    id: str
