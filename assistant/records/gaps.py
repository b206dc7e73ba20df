"""Incidents that nothing in the corpus covered, for managers to work through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from assistant.domain.vocabulary import Lang
from assistant.errors import UnknownName
from assistant.records.database import lock_for_writing
from assistant.records.tables import GapRow


@dataclass(frozen=True, slots=True)
class Gap:
    """One such incident, as it was asked last; `times` counts how often in these very words.

    `nearest` is the id of the card that came nearest, `confidence` how likely that one fits.
    """

    id: int
    text: str
    lang: Lang
    site: str
    nearest: str
    confidence: float
    noted_at: datetime
    handled: bool
    times: int


class GapStore:
    """Reads the gaps that conversations left, and marks those that somebody saw to."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def newest(self, *, handled: bool, limit: int) -> list[Gap]:
        """The newest gaps, those to be seen to or those that were."""
        last, times = func.max(GapRow.id), func.count()
        alike = select(last.label("last"), times.label("times")).where(GapRow.closed.is_(handled)).group_by(GapRow.text)
        newest = alike.order_by(func.max(GapRow.noted_at).desc(), last.desc()).limit(limit).subquery()
        query = select(GapRow, newest.c.times).join(newest, GapRow.id == newest.c.last)
        with Session(self._engine) as session:
            rows = session.execute(query.order_by(GapRow.noted_at.desc(), GapRow.id.desc()))
            return [_gap(row, times) for row, times in rows]

    def note(self, text: str, lang: Lang, site: str, nearest: str) -> None:
        """Note something that no playbook serves, though no guest asked yet; `nearest`: the card to look at first."""
        with Session(self._engine) as session, session.begin():
            session.add(GapRow(advice_id="", site=site, text=text, lang=lang, confidence=0.0, nearest=nearest))

    def mark(self, id_: int, *, handled: bool) -> Gap:
        """Mark a gap as seen to, with all of the same words, or take that back. Raises UnknownName."""
        with Session(self._engine) as session, session.begin():
            lock_for_writing(session)
            row = session.get(GapRow, id_, with_for_update=True)
            if row is None:
                raise UnknownName(f"there is no gap {id_}; load the list again")
            session.execute(update(GapRow).where(GapRow.text == row.text).values(closed=handled))
            session.refresh(row)
            times = session.scalar(select(func.count()).where(GapRow.text == row.text))
            return _gap(row, times or 1)


def _gap(row: GapRow, times: int) -> Gap:
    # SQLite gives times back without their zone; they were written in UTC.
    noted_at = row.noted_at if row.noted_at.tzinfo else row.noted_at.replace(tzinfo=UTC)
    return Gap(
        row.id, row.text, cast(Lang, row.lang), row.site, row.nearest, row.confidence, noted_at, row.closed, times
    )
