"""A site as of one moment: what its files say, its hours, what was set and what is promised, put together."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from assistant.domain.live import UNTOUCHED, LiveState, Status
from assistant.domain.site import Resource, Role, Site


@dataclass(frozen=True, slots=True)
class Standing:
    """One resource at one moment. `free`: how many can be promised, None where they are not counted.

    `until` is when this ends, in the site's time, None where no end is known.
    """

    resource: Resource
    state: LiveState
    status: Status
    free: int | None
    until: datetime | None

    @property
    def at_hand(self) -> bool:
        """Whether advice may name it."""
        return self.status == "available"


def site_time(site: Site, moment: datetime) -> datetime:
    """A moment (with its zone) as the clock on the site's wall has it."""
    return moment.astimezone(ZoneInfo(site.timezone) if site.timezone else None)


def standing(site: Site, resource: Resource, state: LiveState, moment: datetime) -> Standing:
    """What a resource is at a moment.

    What somebody set goes before the file and the hours; `available` with an end opens it outside its hours, too.
    """
    wall = site_time(site, moment)
    total = resource.count if state.count is None else state.count
    free = None if total is None else max(0, total - state.taken)
    status, until = _status(resource, state, wall)
    if status == "available" and free == 0:
        promised = state.taken > 0
        status, until = ("reserved", state.free_at) if promised else ("used", None)
    return Standing(resource, state, status, free, until.astimezone(wall.tzinfo) if until else None)


def standings(site: Site, states: Mapping[str, LiveState], moment: datetime) -> list[Standing]:
    """All resources of the site, in the order of its file."""
    return [standing(site, resource, states.get(resource.id, UNTOUCHED), moment) for resource in site.resources]


def live_site(site: Site, states: Mapping[str, LiveState], moment: datetime) -> Site:
    """The site with what is at hand, and who can be asked, at that moment."""
    resources = tuple(
        dataclasses.replace(
            one.resource,
            available=one.at_hand,
            count=one.free,
            until=one.until if one.at_hand else None,
            load=one.state.load,
        )
        for one in standings(site, states, moment)
    )
    wall = site_time(site, moment)
    roles = {id_: dataclasses.replace(role, reachable=role.hours.open_at(wall)) for id_, role in site.roles.items()}
    return dataclasses.replace(site, resources=resources, roles=roles, moment=wall)


def minutes_between(site: Site, role: Role | None, resource: Resource) -> float | None:
    """The walk from where the asking person stands; None where either place is not known."""
    return site.minutes.get((role.place, resource.place)) if role else None


def _status(resource: Resource, state: LiveState, wall: datetime) -> tuple[Status, datetime | None]:
    if state.status in {"used", "reserved", "off"}:
        return state.status, state.until
    opened = state.status == "available"
    if opened and state.until is not None:
        return "available", state.until
    if not (resource.available or opened):
        return "off", None
    if not resource.hours.open_at(wall):
        return "closed", resource.hours.opens(wall)
    return "available", resource.hours.closes(wall)


def held_until(site: Site, one: Standing, moment: datetime, minutes: int | None) -> datetime:
    """How long a reservation made now holds: as long as is usual here, and not beyond the thing's own end."""
    wanted = moment + timedelta(minutes=minutes or site.hold_min)
    return min(wanted, one.until) if one.until and one.at_hand else wanted
