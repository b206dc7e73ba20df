"""Incidents that nothing in the corpus covered, for managers to work through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from assistant.domain.vocabulary import Lang
from assistant.errors import UnknownName
from assistant.records.database import lock_for_writing
from assistant.records.tables import GapRow


@dataclass(frozen=True, slots=True)
class Gap:
    """One such incident. `nearest` is the id of the card that came nearest, `confidence` how likely that one fits."""

    id: int
    text: str
    lang: Lang
    site: str
    nearest: str
    confidence: float
    noted_at: datetime
    handled: bool


class GapStore:
    """Reads the gaps that conversations left, and marks those that somebody saw to."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def newest(self, *, handled: bool, limit: int) -> list[Gap]:
        """The newest gaps, those to be seen to or those that were."""
        query = select(GapRow).where(GapRow.closed.is_(handled))
        query = query.order_by(GapRow.noted_at.desc(), GapRow.id.desc()).limit(limit)
        with Session(self._engine) as session:
            return [_gap(row) for row in session.scalars(query)]

    def mark(self, id_: int, *, handled: bool) -> Gap:
        """Mark a gap as seen to, or take that back. Raises UnknownName."""
        with Session(self._engine) as session, session.begin():
            lock_for_writing(session)
            row = session.get(GapRow, id_, with_for_update=True)
            if row is None:
                raise UnknownName(f"there is no gap {id_}; load the list again")
            row.closed = handled
            return _gap(row)


def _gap(row: GapRow) -> Gap:
    # SQLite gives times back without their zone; they were written in UTC.
    noted_at = row.noted_at if row.noted_at.tzinfo else row.noted_at.replace(tzinfo=UTC)
    return Gap(row.id, row.text, cast(Lang, row.lang), row.site, row.nearest, row.confidence, noted_at, row.closed)
