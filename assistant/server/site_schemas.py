"""The forms of what is asked and answered about sites: resources, reservations, history, guidance."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, Field, model_validator

from assistant.domain.live import ReservationStatus, SetStatus, Status
from assistant.domain.site import ResourceKind
from assistant.domain.vocabulary import Authority, Guidance, Sector, Text

Name = Annotated[str, Field(max_length=100)]
StaffId = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[\w.@-]+$")]
ReservationId = Annotated[str, Field(min_length=16, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
"""Long enough that nobody guesses it: whoever has it may give the thing back."""


class SiteLine(BaseModel):
    """One site. `default`: the one that is meant where none is named."""

    id: str
    name: Text
    sectors: tuple[Sector, ...]
    currency: str
    timezone: str
    guidance: Guidance
    default: bool


class SitesAnswer(BaseModel):
    """All sites of this server."""

    sites: list[SiteLine]


class ResourceLine(BaseModel):
    """One resource as it stands now. `free`: how many can be had, null where they are not counted.

    `until`: when this ends, where that is known; `version` goes back with a change.
    """

    id: str
    name: Text
    kind: ResourceKind
    meets: tuple[str, ...]
    status: Status
    until: datetime | None
    free: int | None
    total: int | None
    taken: int
    authority: Authority
    value: float
    place: Text
    channel: Text
    note: Text
    remark: str
    languages: tuple[str, ...]
    skills: Text
    version: int
    changed_at: datetime | None


class ResourcesAnswer(BaseModel):
    """What is at hand at a site at the moment `at`, in the site's time."""

    site: str
    at: datetime
    resources: list[ResourceLine]


class ResourceChange(BaseModel):
    """What to set. `status` null: as the site's file and hours say. `count`: how many there are, free or promised."""

    status: SetStatus | None = None
    until: AwareDatetime | None = None
    count: Annotated[int, Field(ge=0, le=100_000)] | None = None
    remark: Annotated[str, Field(max_length=300)] | None = None
    by: Name = ""
    version: Annotated[int, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> ResourceChange:
        if not self.model_fields_set & {"status", "until", "count", "remark"}:
            raise ValueError("nothing to change; give status, until, count or remark")
        return self


class ReserveRequest(BaseModel):
    """What to keep for a guest. `id`, where given, makes it safe to ask twice."""

    resource: Name
    id: ReservationId | None = None
    quantity: Annotated[int, Field(ge=1, le=1000)] = 1
    minutes: Annotated[int, Field(ge=1, le=24 * 60)] | None = None
    advice: Annotated[str, Field(max_length=64)] = ""
    action: Annotated[str, Field(max_length=300)] = ""
    by: Name = ""


class ReleaseRequest(BaseModel):
    """Whether what was kept is now gone for good (a voucher handed over) or free again."""

    used: bool = False
    by: Name = ""


class ReservationAnswer(BaseModel):
    """A promise of a resource."""

    id: str
    site: str
    resource: str
    quantity: int
    made_at: datetime
    until: datetime
    status: ReservationStatus
    advice: str
    action: str
    by: str


class ReservationsAnswer(BaseModel):
    """Promises that hold now."""

    reservations: list[ReservationAnswer]


class EventLine(BaseModel):
    """One line of the history."""

    at: datetime
    resource: str
    what: Literal["set", "reserved", "released", "used"]
    by: str
    status: str
    until: datetime | None
    count: int | None
    quantity: int
    note: str


class HistoryAnswer(BaseModel):
    """What happened, newest first."""

    events: list[EventLine]


class GuidanceRequest(BaseModel):
    """How much guidance a member of staff wants; null: as the site has it."""

    guidance: Guidance | None


class GuidanceAnswer(BaseModel):
    """How much guidance holds and who chose it; what the history suggests, and from what."""

    guidance: Guidance
    chosen_by: Literal["staff", "site"]
    site: Guidance
    suggested: Guidance
    incidents: int
    done_share: float
    reason: Text
