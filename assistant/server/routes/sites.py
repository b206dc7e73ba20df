"""Sites: what is at hand now, what is promised, what happened, and how much guidance staff get."""

from __future__ import annotations

import dataclasses
from typing import Annotated

from fastapi import APIRouter, Path, Query

from assistant.domain.live import Change, Reservation
from assistant.domain.site import Site
from assistant.resources.live import Standing, site_time
from assistant.server.routes.parts import TheImprov
from assistant.server.site_schemas import (
    EventLine,
    GuidanceAnswer,
    GuidanceRequest,
    HistoryAnswer,
    ReleaseRequest,
    ReservationAnswer,
    ReservationsAnswer,
    ReserveRequest,
    ResourceChange,
    ResourceLine,
    ResourcesAnswer,
    SiteLine,
    SitesAnswer,
    StaffId,
)

router = APIRouter(prefix="/api/sites", tags=["sites"])
SiteName = Annotated[str, Path(max_length=100)]
ResourceName = Annotated[str, Path(max_length=100)]


@router.get("")
def sites(improv: TheImprov) -> SitesAnswer:
    """All sites."""
    return SitesAnswer(
        sites=[
            SiteLine(
                id=site.id,
                name=site.name,
                sectors=site.sectors,
                currency=site.currency,
                timezone=site.timezone,
                guidance=site.guidance,
                default=site.id == improv.settings.site,
            )
            for site in improv.at_hand.sites()
        ]
    )


@router.get("/{site}/resources")
def resources(site: SiteName, improv: TheImprov) -> ResourcesAnswer:
    """Every resource of a site as it stands now."""
    where, found = improv.site(site), improv.at_hand.standings(site)
    at = site_time(where, improv.clock())
    return ResourcesAnswer(site=site, at=at, resources=[_line(where, one) for one in found])


@router.patch("/{site}/resources/{resource}")
def change(site: SiteName, resource: ResourceName, body: ResourceChange, improv: TheImprov) -> ResourceLine:
    """Set what a resource is, until when, and how many there are; what is not given stays as it is."""
    known = improv.at_hand.state(site, resource)
    given = body.model_fields_set
    # A new status begins without the end and the remark of the old one.
    anew = "status" in given
    changed = Change(
        status=body.status if anew else known.status,
        until=body.until if anew or "until" in given else known.until,
        count=body.count,
        note=(body.remark or "") if anew or "remark" in given else known.note,
        by=body.by,
    )
    return _line(improv.site(site), improv.at_hand.set(site, resource, changed, body.version))


@router.get("/{site}/history")
def history(
    site: SiteName,
    improv: TheImprov,
    resource: Annotated[str | None, Query(max_length=100)] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> HistoryAnswer:
    """What was set, promised and given back, newest first."""
    events = improv.at_hand.store.history(improv.site(site).id, resource, limit)
    return HistoryAnswer(events=[EventLine(**dataclasses.asdict(event)) for event in events])


@router.get("/{site}/reservations")
def reservations(site: SiteName, improv: TheImprov) -> ReservationsAnswer:
    """Promises that hold now, the first to end first."""
    return ReservationsAnswer(reservations=[_promise(one) for one in improv.at_hand.held(site)])


@router.post("/{site}/reservations")
def reserve(site: SiteName, body: ReserveRequest, improv: TheImprov) -> ReservationAnswer:
    """Keep a resource for a guest; it is free again after its time, or when it is released."""
    made = improv.at_hand.reserve(
        site,
        body.resource,
        id_=body.id or "",
        quantity=body.quantity,
        minutes=body.minutes,
        advice=body.advice,
        action=body.action,
        by=body.by,
    )
    return _promise(made)


@router.post("/{site}/reservations/{reservation}/release")
def release(
    site: SiteName, reservation: Annotated[str, Path(max_length=64)], body: ReleaseRequest, improv: TheImprov
) -> ReservationAnswer:
    """Give back what was kept, or say that it is used up."""
    return _promise(improv.at_hand.release(site, reservation, used=body.used, by=body.by))


@router.get("/{site}/staff/{staff}/guidance")
def guidance(site: SiteName, staff: StaffId, improv: TheImprov) -> GuidanceAnswer:
    """How much guidance this member of staff gets here, and what the history suggests."""
    return GuidanceAnswer(**dataclasses.asdict(improv.staff.guidance(improv.site(site), staff)))


@router.post("/{site}/staff/{staff}/guidance")
def choose_guidance(site: SiteName, staff: StaffId, body: GuidanceRequest, improv: TheImprov) -> GuidanceAnswer:
    """Choose how much guidance this member of staff gets here; null goes back to the site's."""
    improv.staff.choose(improv.site(site), staff, body.guidance)
    return guidance(site, staff, improv)


def _line(site: Site, one: Standing) -> ResourceLine:
    resource, state = one.resource, one.state
    return ResourceLine(
        id=resource.id,
        name=resource.name,
        kind=resource.kind,
        meets=resource.meets,
        status=one.status,
        until=one.until,
        free=one.free,
        total=resource.count if state.count is None else state.count,
        taken=state.taken,
        authority=resource.authority,
        value=resource.value,
        place=site.places.get(resource.place, {}),
        channel=resource.channel or site.channels.get(resource.post, {}),
        note=resource.note,
        remark=state.note,
        languages=resource.languages,
        skills=resource.skills,
        version=state.version,
        changed_at=state.changed_at,
    )


def _promise(one: Reservation) -> ReservationAnswer:
    return ReservationAnswer(**dataclasses.asdict(one))
