"""The live state of resources: what was set, what is promised, and how it came to be so.

Every moment is handed in: nothing here looks at the clock. Moments go to the database in UTC, because SQLite
keeps them without their zone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import cast

from sqlalchemy import Engine, and_, case, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.domain.live import UNTOUCHED, Change, Event, LiveState, Reservation, ReservationStatus, SetStatus
from assistant.errors import Conflict, UnknownName
from assistant.records.database import lock_for_writing
from assistant.records.tables import ReservationRow, ResourceEventRow, ResourceStateRow

LATELY = timedelta(hours=8)
"""A shift: how far back promises count as load."""


class AtHandStore:
    """Live states, reservations and history of all sites."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def states(self, site: str, moment: datetime) -> dict[str, LiveState]:
        """The state of every resource of which something is known; others are as their site file says."""
        with Session(self._engine) as session:
            return _states(session, site, moment.astimezone(UTC))

    def change(self, site: str, resource: str, change: Change, moment: datetime, version: int | None) -> LiveState:
        """Set a state. `version`: the one that the change was decided on; Conflict where it is another by now."""
        now = moment.astimezone(UTC)
        with Session(self._engine) as session, session.begin():
            row = self._locked(session, site, resource)
            if version is not None and version != row.version:
                raise Conflict(f"{resource!r} was changed by somebody else meanwhile; look at it again")
            row.status, row.until, row.note = change.status, _utc(change.until), change.note
            row.count = row.count if change.count is None else change.count
            row.version, row.changed_at = row.version + 1, now
            session.add(_event(row, now, "set", change.by))
            session.flush()
            return _states(session, site, now, resource)[resource]

    def reserve(self, wanted: Reservation, check: Callable[[LiveState], None]) -> Reservation:
        """Promise a resource, once: the same id again gives the same reservation.

        `check` sees the state as nobody else can change it meanwhile, and raises Conflict where it is not free.
        """
        now = wanted.made_at.astimezone(UTC)
        with Session(self._engine) as session, session.begin():
            row = self._locked(session, wanted.site, wanted.resource)
            known = session.get(ReservationRow, wanted.id)
            if known is not None:
                return _same(_reservation(known, now), wanted)
            check(_states(session, wanted.site, now, wanted.resource).get(wanted.resource, UNTOUCHED))
            made = ReservationRow(
                id=wanted.id,
                site=wanted.site,
                resource=wanted.resource,
                quantity=wanted.quantity,
                made_at=now,
                until=_utc(wanted.until),
                closed_as="",
                advice=wanted.advice,
                action=wanted.action,
                by=wanted.by,
            )
            session.add_all([made, _event(row, now, "reserved", wanted.by, made)])
            return _reservation(made, now)

    def release(self, site: str, id_: str, moment: datetime, *, used: bool, had: int | None, by: str) -> Reservation:
        """End a promise; where it was used up, as many fewer of the `had` are left. Ending it again changes nothing."""
        now = moment.astimezone(UTC)
        with Session(self._engine) as session, session.begin():
            lock_for_writing(session)
            found = session.get(ReservationRow, id_)
            if found is None or found.site != site:
                raise UnknownName(f"there is no reservation {id_!r} at {site}; load the list again")
            row = self._row(session, site, found.resource)
            session.refresh(found, with_for_update=True)
            if found.closed_as == "":
                found.closed_as = "used" if used else "released"
                count = had if row.count is None else row.count
                if used and count is not None:
                    row.count = max(0, count - found.quantity)
                session.add(_event(row, now, found.closed_as, by, found))
            return _reservation(found, now)

    def reservation(self, site: str, id_: str, moment: datetime) -> Reservation:
        """One promise. Raises UnknownName."""
        with Session(self._engine) as session:
            row = session.get(ReservationRow, id_)
            if row is None or row.site != site:
                raise UnknownName(f"there is no reservation {id_!r} at {site}; load the list again")
            return _reservation(row, moment.astimezone(UTC))

    def held(self, site: str, moment: datetime) -> list[Reservation]:
        """Promises that hold now, the first to end first."""
        now = moment.astimezone(UTC)
        query = select(ReservationRow).where(
            ReservationRow.site == site, ReservationRow.closed_as == "", ReservationRow.until > now
        )
        with Session(self._engine) as session:
            return [_reservation(row, now) for row in session.scalars(query.order_by(ReservationRow.until))]

    def history(self, site: str, resource: str | None, limit: int) -> list[Event]:
        """What happened to the site's resources, or to one of them, newest first."""
        query = select(ResourceEventRow).where(ResourceEventRow.site == site)
        if resource is not None:
            query = query.where(ResourceEventRow.resource == resource)
        newest = query.order_by(ResourceEventRow.at.desc(), ResourceEventRow.id.desc()).limit(limit)
        with Session(self._engine) as session:
            return [_told(row) for row in session.scalars(newest)]

    def _locked(self, session: Session, site: str, resource: str) -> ResourceStateRow:
        """The resource's row, which nobody else changes until this transaction ends."""
        lock_for_writing(session)
        return self._row(session, site, resource)

    def _row(self, session: Session, site: str, resource: str) -> ResourceStateRow:
        key = (site, resource)
        if session.get(ResourceStateRow, key) is None:
            try:
                with session.begin_nested():
                    session.add(ResourceStateRow(site=site, resource=resource, note="", version=0))
            except IntegrityError:  # somebody else made it first, on a database that locks by row
                session.expire_all()
        row = session.get(ResourceStateRow, key, with_for_update=True)
        assert row is not None
        return row


def _states(session: Session, site: str, now: datetime, resource: str | None = None) -> dict[str, LiveState]:
    holds = and_(ReservationRow.closed_as == "", ReservationRow.until > now)
    promised = (
        select(
            ReservationRow.resource,
            func.sum(case((holds, ReservationRow.quantity), else_=0)),
            func.min(case((holds, ReservationRow.until))),
            func.sum(case((ReservationRow.made_at > now - LATELY, 1), else_=0)),
        )
        # What matters ended after the last shift began, whether it still holds or only counts as load.
        .where(ReservationRow.site == site, ReservationRow.until > now - LATELY)
        .group_by(ReservationRow.resource)
    )
    known = select(ResourceStateRow).where(ResourceStateRow.site == site)
    if resource is not None:
        promised = promised.where(ReservationRow.resource == resource)
        known = known.where(ResourceStateRow.resource == resource)
    taken = {name: (quantity, until, load) for name, quantity, until, load in session.execute(promised)}
    rows = {row.resource: row for row in session.scalars(known)}
    return {name: _state(rows.get(name), taken.get(name, (0, None, 0)), now) for name in rows.keys() | taken.keys()}


def _state(row: ResourceStateRow | None, taken: tuple[int, datetime | None, int], now: datetime) -> LiveState:
    quantity, free_at, load = taken
    if row is None:
        return LiveState(taken=quantity, free_at=_utc(free_at), load=load)
    until = _utc(row.until)
    over = until is not None and until <= now
    return LiveState(
        status=None if over else cast("SetStatus | None", row.status),
        until=None if over else until,
        count=row.count,
        note="" if over else row.note,
        version=row.version,
        changed_at=_utc(row.changed_at),
        taken=quantity,
        free_at=_utc(free_at),
        load=load,
    )


def _event(
    row: ResourceStateRow, now: datetime, what: str, by: str, promise: ReservationRow | None = None
) -> ResourceEventRow:
    return ResourceEventRow(
        site=row.site,
        resource=row.resource,
        at=now,
        what=what,
        by=by,
        status=row.status or "",
        until=promise.until if promise else row.until,
        count=row.count,
        quantity=promise.quantity if promise else 0,
        note="" if promise else row.note,
    )


def _reservation(row: ReservationRow, now: datetime) -> Reservation:
    until, made = _utc(row.until), _utc(row.made_at)
    assert until is not None
    assert made is not None
    status = row.closed_as or ("held" if until > now else "expired")
    return Reservation(
        row.id,
        row.site,
        row.resource,
        row.quantity,
        made,
        until,
        cast(ReservationStatus, status),
        row.advice,
        row.action,
        row.by,
    )


def _same(known: Reservation, wanted: Reservation) -> Reservation:
    if (known.site, known.resource) != (wanted.site, wanted.resource):
        raise Conflict(f"the reservation id {wanted.id!r} was used for {known.resource!r}; choose another id")
    return known


def _told(row: ResourceEventRow) -> Event:
    at = _utc(row.at)
    assert at is not None
    return Event(
        at,
        row.resource,
        row.what,  # type: ignore[arg-type]
        row.by,
        row.status,
        _utc(row.until),
        row.count,
        row.quantity,
        row.note,
    )


def _utc(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
