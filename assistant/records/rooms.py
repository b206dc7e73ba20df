"""Incident rooms: lists of events that are only added to, and the pages that go out with them.

An event and its pages are one transaction: what is answered is kept, and what is kept goes out.
"""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Engine, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.domain.room import CheckItem, EventKind, Opening, Page, RoomEvent
from assistant.errors import UnknownName
from assistant.records.database import lock_for_writing
from assistant.records.tables import PageRow, RoomEventRow, RoomRow, utc


@dataclass(frozen=True, slots=True)
class Addition:
    """What is to be added to a room: events in their order, pages with their targets, the next deadline."""

    events: tuple[RoomEvent, ...] = ()
    pages: tuple[tuple[str, Page], ...] = ()
    due_at: datetime | None = None


class RoomStore:
    """The rooms of all sites."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open(self, id_: str, addition: Addition) -> str:
        """Keep a new room. Where its advice has one already, that one's id comes back and nothing is added."""
        first = addition.events[0]
        assert first.opening is not None
        advice = first.opening.advice or None
        try:
            with Session(self._engine) as session, session.begin():
                lock_for_writing(session)
                known = _of_advice(session, advice)
                if known is not None:
                    return known
                row = RoomRow(id=id_, site=first.opening.site, advice=advice, seq=0, opened_at=utc(first.at))
                session.add(row)
                session.flush()
                _add(session, row, addition)
                return id_
        except IntegrityError:  # two phones at once, on a database that locks by row: the other was faster
            with Session(self._engine) as session:
                known = _of_advice(session, advice)
            if known is None:
                raise
            return known

    def of_advice(self, advice: str) -> str | None:
        """The room that was opened from this advice, if any."""
        with Session(self._engine) as session:
            return _of_advice(session, advice)

    def add(self, id_: str, decide: Callable[[Sequence[RoomEvent]], Addition]) -> tuple[RoomEvent, ...]:
        """Let `decide` see all events, as nobody can add any meanwhile, and keep what it adds; returns that, numbered.

        Raises UnknownName, and what `decide` raises.
        """
        with Session(self._engine) as session, session.begin():
            lock_for_writing(session)
            row = session.get(RoomRow, id_, with_for_update=True)
            if row is None:
                raise _unknown()
            return _add(session, row, decide(_events(session, id_, 0)))

    def events(self, id_: str, since: int = 0) -> list[RoomEvent]:
        """The events after the one numbered `since`, oldest first. Raises UnknownName."""
        with Session(self._engine) as session:
            if session.get(RoomRow, id_) is None:
                raise _unknown()
            return _events(session, id_, since)

    def last(self, ids: Collection[str]) -> dict[str, int]:
        """The number of the last event of each of these rooms."""
        with Session(self._engine) as session:
            query = select(RoomRow.id, RoomRow.seq).where(RoomRow.id.in_(ids))
            return {row.id: row.seq for row in session.execute(query)}

    def due(self, moment: datetime) -> list[str]:
        """Rooms in which somebody's time to answer has run out."""
        query = select(RoomRow.id).where(RoomRow.due_at <= utc(moment)).order_by(RoomRow.due_at).limit(100)
        with Session(self._engine) as session:
            return list(session.scalars(query))

    def of_site(self, site: str, *, closed: bool, limit: int) -> list[str]:
        """The rooms of a site, newest first; those that are closed too where `closed`."""
        query = select(RoomRow.id).where(RoomRow.site == site)
        if not closed:
            query = query.where(RoomRow.closed_at.is_(None))
        with Session(self._engine) as session:
            return list(session.scalars(query.order_by(RoomRow.opened_at.desc()).limit(limit)))


def _of_advice(session: Session, advice: str | None) -> str | None:
    return session.scalar(select(RoomRow.id).where(RoomRow.advice == advice)) if advice else None


def _add(session: Session, row: RoomRow, addition: Addition) -> tuple[RoomEvent, ...]:
    row.due_at = utc(addition.due_at) if addition.due_at else None
    added = []
    for event in addition.events:
        row.seq += 1
        numbered = dataclasses.replace(event, seq=row.seq, id=event.id or uuid.uuid4().hex)
        session.add(_row(row.id, numbered))
        added.append(numbered)
        if event.kind == "closed":
            row.closed_at = row.closed_at or utc(event.at)
            row.advice = None  # who calls for help again from the same advice gets a room anew
            # Nobody is called to a room that is closed.
            waiting = (PageRow.room == row.id, PageRow.status == "waiting")
            session.execute(update(PageRow).where(*waiting).values(status="dropped"))
    for target, page in addition.pages:
        now = utc(addition.events[-1].at)
        page_row = PageRow(room=row.id, target=target, page=dataclasses.asdict(page), status="waiting")
        page_row.attempts, page_row.made_at, page_row.next_at, page_row.error = 0, now, now, ""
        session.add(page_row)
    session.flush()
    return tuple(added)


def _events(session: Session, room: str, since: int) -> list[RoomEvent]:
    query = select(RoomEventRow).where(RoomEventRow.room == room, RoomEventRow.seq > since)
    return [_event(row) for row in session.scalars(query.order_by(RoomEventRow.seq))]


def _row(room: str, event: RoomEvent) -> RoomEventRow:
    return RoomEventRow(
        room=room,
        seq=event.seq,
        key=event.id,
        at=utc(event.at),
        kind=event.kind,
        by=event.by,
        party=event.party,
        to=event.to,
        action=event.action,
        text=event.text,
        opening=dataclasses.asdict(event.opening) if event.opening else None,
    )


def _event(row: RoomEventRow) -> RoomEvent:
    return RoomEvent(
        kind=cast(EventKind, row.kind),
        at=utc(row.at),
        by=row.by,
        party=row.party,
        to=row.to,
        action=row.action,
        text=row.text,
        id=row.key,
        seq=row.seq,
        opening=_opening(row.opening) if row.opening else None,
    )


def _opening(kept: dict[str, Any]) -> Opening:
    return Opening(**{**kept, "actions": tuple(CheckItem(**item) for item in kept["actions"])})


def _unknown() -> UnknownName:
    return UnknownName("there is no such room; check the link, or open one from an advice")
