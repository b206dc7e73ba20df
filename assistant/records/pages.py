"""Pages on their way out, and the browsers that asked to be told.

A page that is taken for sending comes up again by itself after `LEASE`: a server that dies in the middle loses none.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session

from assistant.domain.room import Delivery, Page, PageStatus, Subscription
from assistant.domain.vocabulary import Lang
from assistant.errors import Conflict, UnknownName
from assistant.records.database import lock_for_writing
from assistant.records.tables import PageRow, SubscriptionRow, utc

LEASE = timedelta(seconds=60)
"""Longer than any attempt lasts."""
MOST_SUBSCRIPTIONS = 500
"""Browsers of one site; beyond that somebody is playing."""


class PageStore:
    """Pages and subscriptions of all sites."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def is_due(self, moment: datetime) -> bool:
        """Whether anything is to be sent now."""
        with Session(self._engine) as session:
            query = select(PageRow.id).where(PageRow.status == "waiting", PageRow.next_at <= utc(moment)).limit(1)
            return session.scalar(query) is not None

    def take(self, moment: datetime, most: int) -> list[Delivery]:
        """Take what is due for sending, once among all servers; each counts as attempted."""
        now = utc(moment)
        with Session(self._engine) as session, session.begin():
            lock_for_writing(session)
            query = select(PageRow).where(PageRow.status == "waiting", PageRow.next_at <= now)
            rows = session.scalars(query.order_by(PageRow.next_at).limit(most).with_for_update(skip_locked=True)).all()
            for row in rows:
                row.attempts += 1
                row.next_at = now + LEASE
            return [_delivery(row) for row in rows]

    def sent(self, id_: int, moment: datetime) -> None:
        """It arrived."""
        with Session(self._engine) as session, session.begin():
            row = session.get(PageRow, id_, with_for_update=True)
            if row is not None:
                row.status, row.sent_at, row.error = "sent", utc(moment), ""

    def failed(self, id_: int, error: str, again_at: datetime | None) -> None:
        """It did not arrive; `again_at` None: it is given up. What was dropped meanwhile stays dropped."""
        with Session(self._engine) as session, session.begin():
            lock_for_writing(session)
            row = session.get(PageRow, id_, with_for_update=True)
            if row is not None and row.status == "waiting":
                row.error = error
                if again_at is None:
                    row.status = "dead"
                else:
                    row.next_at = utc(again_at)

    def listed(self, status: PageStatus | None, limit: int) -> list[Delivery]:
        """Pages of that status, or all, newest first."""
        query = select(PageRow).order_by(PageRow.id.desc()).limit(limit)
        if status is not None:
            query = query.where(PageRow.status == status)
        with Session(self._engine) as session:
            return [_delivery(row) for row in session.scalars(query)]

    def resend(self, id_: int, moment: datetime) -> Delivery:
        """Put one that was given up or dropped back in the line. Raises UnknownName, Conflict."""
        with Session(self._engine) as session, session.begin():
            lock_for_writing(session)
            row = session.get(PageRow, id_, with_for_update=True)
            if row is None:
                raise UnknownName(f"there is no page {id_}; load the list again")
            if row.status not in {"dead", "dropped"}:
                raise Conflict(f"page {id_} is {row.status}; only what was given up can be sent again")
            row.status, row.attempts, row.next_at = "waiting", 0, utc(moment)
            return _delivery(row)

    def subscribe(self, wanted: Subscription) -> None:
        """Keep a browser; the same one again takes the new role and language. Raises Conflict."""
        with Session(self._engine) as session, session.begin():
            lock_for_writing(session)
            row = session.get(SubscriptionRow, wanted.id, with_for_update=True)
            if row is None:
                count = select(func.count()).select_from(SubscriptionRow).where(SubscriptionRow.site == wanted.site)
                if (session.scalar(count) or 0) >= MOST_SUBSCRIPTIONS:
                    raise Conflict(f"{wanted.site} has {MOST_SUBSCRIPTIONS} phones that are told; remove some first")
                row = SubscriptionRow(id=wanted.id)
                session.add(row)
            row.site, row.role, row.lang = wanted.site, wanted.role, wanted.lang
            row.endpoint, row.p256dh, row.auth = wanted.endpoint, wanted.p256dh, wanted.auth

    def unsubscribe(self, id_: str) -> None:
        """Forget a browser."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(SubscriptionRow).where(SubscriptionRow.id == id_))

    def subscription(self, id_: str) -> Subscription | None:
        """One browser, or None where it was forgotten."""
        with Session(self._engine) as session:
            row = session.get(SubscriptionRow, id_)
            return _subscription(row) if row else None

    def subscribed(self, site: str, role: str) -> list[str]:
        """The browsers that are told of calls to this role."""
        query = select(SubscriptionRow.id).where(SubscriptionRow.site == site, SubscriptionRow.role == role)
        with Session(self._engine) as session:
            return list(session.scalars(query))


def _delivery(row: PageRow) -> Delivery:
    return Delivery(
        id=row.id,
        target=row.target,
        page=Page(**row.page),
        status=cast(PageStatus, row.status),
        attempts=row.attempts,
        made_at=utc(row.made_at),
        next_at=utc(row.next_at),
        error=row.error,
        sent_at=utc(row.sent_at) if row.sent_at else None,
    )


def _subscription(row: SubscriptionRow) -> Subscription:
    return Subscription(row.id, row.site, row.role, cast(Lang, row.lang), row.endpoint, row.p256dh, row.auth)
