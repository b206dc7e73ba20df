"""The incident room: what happens in it, told as events, and whom a site calls how.

A room is nothing but its events: opened once, then only added to. Its state is read from them (`assistant/rooms`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

from assistant.domain.vocabulary import Hazard, Lang, Text

PartyState = Literal["called", "acknowledged", "on_way", "here", "done", "declined"]
"""How far somebody who was called has come; `declined`: cannot come."""
EventKind = Literal[
    "opened",
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
    "escalated",
    "closed",
]
EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)
PARTY_STATES: tuple[PartyState, ...] = get_args(PartyState)
WebhookKind = Literal["feishu", "dingtalk", "wecom", "slack", "teams"]


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One action of the shared checklist. `owner` is `self` or a role; `within_s` counts from the opening."""

    id: str
    text: Text
    owner: str
    within_s: int


@dataclass(frozen=True, slots=True)
class Opening:
    """What a room starts with. `words` are the staff's own, shown in the room alone; `summary` may go out.

    `lang` is the language that the incident was told in.
    """

    site: str
    lang: Lang
    words: str
    summary: Text
    hazard: Hazard
    advice: str
    actions: tuple[CheckItem, ...]


@dataclass(frozen=True, slots=True)
class RoomEvent:
    """One thing that happened. `id` comes from who sent it: the same one again is the same event.

    `by`: the name of who did it, empty where the room did it itself. `party`: the role that it is about. `to`: the
    role that an escalation calls instead (empty: nobody is left), or the name of who takes over. `seq` counts from 1.
    """

    kind: EventKind
    at: datetime
    by: str = ""
    party: str = ""
    to: str = ""
    action: str = ""
    text: str = ""
    id: str = ""
    seq: int = 0
    opening: Opening | None = None


@dataclass(frozen=True, slots=True)
class Webhook:
    """A group chat that is told of calls. `roles`: for whom, none means everybody; its address is kept elsewhere."""

    id: str
    kind: WebhookKind
    roles: tuple[str, ...] = ()
    lang: Lang = "zh"


@dataclass(frozen=True, slots=True)
class CallPlan:
    """Whom a site calls how: seconds within which a role answers, who is called instead, which chats are told."""

    answer_s: Mapping[str, int] = field(default_factory=dict)
    instead: Mapping[str, str] = field(default_factory=dict)
    webhooks: tuple[Webhook, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """What is sent to call somebody (`call`), or to say that nobody need come any more (`stand_down`).

    `calls`: the how-manieth call it is. Nothing of the staff's own words or the guest goes out.
    """

    kind: Literal["call", "stand_down"]
    room: str
    site: str
    site_name: Text
    party: str
    party_name: Text
    summary: Text
    hazard: Hazard
    calls: int = 1


@dataclass(frozen=True, slots=True)
class Subscription:
    """A browser that is told of calls to a role; the keys are those of Web Push (RFC 8291), base64url."""

    id: str
    site: str
    role: str
    lang: Lang
    endpoint: str
    p256dh: str
    auth: str


PageStatus = Literal["waiting", "sent", "dead", "dropped"]
"""`dead`: given up, a manager may send it again; `dropped`: the room closed before it went out."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A page on its way to one target (`webhook:ID` or `push:ID`). `error`: what the last attempt met."""

    id: int
    target: str
    page: Page
    status: PageStatus
    attempts: int
    made_at: datetime
    next_at: datetime
    error: str
    sent_at: datetime | None
