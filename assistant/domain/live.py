"""The live state of what is at hand: what a duty manager set, what is promised, and what that makes of a resource."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

SetStatus = Literal["available", "used", "reserved", "off"]
"""What can be set. `off`: off shift, out of order, not to be had."""
Status = Literal["available", "used", "reserved", "off", "closed"]
"""What something is at a moment; `closed`: outside its hours or shifts."""
SET_STATUSES: tuple[SetStatus, ...] = get_args(SetStatus)
ReservationStatus = Literal["held", "released", "used", "expired"]


@dataclass(frozen=True, slots=True)
class LiveState:
    """What is recorded of one resource. `status` None: nothing was set, the site file and its hours hold.

    `until` is when the set status ends; `count` how many there are, where that was set; `taken` how many of them
    are promised now, `free_at` when the first of these promises ends; `load` how often it was promised in the last
    hours. `version` grows with every change that somebody sets.
    """

    status: SetStatus | None = None
    until: datetime | None = None
    count: int | None = None
    note: str = ""
    version: int = 0
    changed_at: datetime | None = None
    taken: int = 0
    free_at: datetime | None = None
    load: int = 0


UNTOUCHED = LiveState()


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody sets. `count` None leaves the number as it is."""

    status: SetStatus | None = None
    until: datetime | None = None
    count: int | None = None
    note: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Reservation:
    """A promise of `quantity` of a resource, made at `made_at` and kept until `until`."""

    id: str
    site: str
    resource: str
    quantity: int
    made_at: datetime
    until: datetime
    status: ReservationStatus = "held"
    advice: str = ""
    action: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history: `what` happened to a resource, with the values after it."""

    at: datetime
    resource: str
    what: Literal["set", "reserved", "released", "used"]
    by: str
    status: str
    until: datetime | None
    count: int | None
    quantity: int
    note: str
