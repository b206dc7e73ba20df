"""The form of a site file, as managers write it."""

from __future__ import annotations

from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from assistant.domain.hours import ALWAYS_OPEN, Hours, read_hours
from assistant.domain.room import WebhookKind
from assistant.domain.site import ResourceKind
from assistant.domain.vocabulary import Authority, Guidance, Lang, Sector

Words = dict[Lang, str]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]


def _hours(value: object) -> object:
    if isinstance(value, str):
        return read_hours([value])
    return read_hours([str(part) for part in value]) if isinstance(value, list | tuple) else value


def _zone(name: str) -> str:
    try:
        ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is no time zone; write for example Asia/Shanghai") from error
    return name


HoursText = Annotated[Hours, BeforeValidator(_hours), PlainSerializer(str)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class PlaceFile(_Strict):
    """A place on the premises; `near` gives minutes on foot to others."""

    name: Words
    near: dict[str, Annotated[float, Field(ge=0, le=600)]] = Field(default_factory=dict)


class RoleFile(_Strict):
    """A post."""

    name: Words
    authority: Authority
    limit: Annotated[float, Field(ge=0)]
    place: str = ""
    hours: HoursText = ALWAYS_OPEN


class _AtHandFile(_Strict):
    """What things and people have in common."""

    id: Id
    name: Words
    meets: Annotated[tuple[str, ...], Field(min_length=1)]
    available: bool = True
    authority: Authority = "self"
    place: str = ""
    ready_min: Annotated[float, Field(ge=0, le=24 * 60)] = 0
    channel: Words = Field(default_factory=dict)
    note: Words = Field(default_factory=dict)


class ResourceFile(_AtHandFile):
    """Something at hand: a place, an item, a service, a voucher, a partner business."""

    kind: ResourceKind
    value: Annotated[float, Field(ge=0)] = 0.0
    count: Annotated[int, Field(ge=0, le=100_000)] | None = None
    hours: HoursText = ALWAYS_OPEN
    roles: tuple[str, ...] = ()


class PersonFile(_AtHandFile):
    """Somebody at hand, with post, skills, languages and shifts."""

    post: str = ""
    skills: Words = Field(default_factory=dict)
    languages: tuple[str, ...] = ()
    shifts: HoursText = ALWAYS_OPEN


class WebhookFile(_Strict):
    """A group chat that is told of calls; its address lies in the paging file, under the same id."""

    id: Id
    kind: WebhookKind
    roles: tuple[str, ...] = ()
    lang: Lang = "zh"


class CallsFile(_Strict):
    """Whom an incident room calls how: seconds to answer by role, who is called instead, chats."""

    answer_s: dict[str, Annotated[int, Field(ge=10, le=24 * 3600)]] = Field(default_factory=dict)
    instead: dict[str, str] = Field(default_factory=dict)
    webhooks: tuple[WebhookFile, ...] = ()


class AddedFile(_Strict):
    """What was imported beside a site file: it adds to it, and replaces what has the same id."""

    resources: tuple[ResourceFile, ...] = ()
    people: tuple[PersonFile, ...] = ()


class SiteFile(AddedFile):
    """A whole site."""

    id: str
    name: Words
    sectors: Annotated[tuple[Sector, ...], Field(min_length=1)]
    currency: str
    timezone: Annotated[str, AfterValidator(_zone)] = ""
    guidance: Guidance = "balanced"
    hold_min: Annotated[int, Field(ge=1, le=24 * 60)] = 30
    emergency_numbers: dict[str, str]
    places: dict[str, PlaceFile] = Field(default_factory=dict)
    roles: dict[str, RoleFile]
    owners: dict[str, Words] = Field(default_factory=dict)
    calls: CallsFile = CallsFile()
