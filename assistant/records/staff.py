"""Members of staff: how much guidance they chose, and what they asked and did, as far as it is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from assistant.domain.vocabulary import Guidance
from assistant.records.database import lock_for_writing
from assistant.records.tables import StaffRow, StaffTurnRow, TurnRow

FIRST = 4
"""The steps of a card that a person sees at once."""


@dataclass(frozen=True, slots=True)
class Practice:
    """`incidents` asked about since a day, and the share of the first steps that were ticked off in them."""

    incidents: int
    done_share: float


class StaffStore:
    """What is known of staff, by the id that the site gave them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def chosen(self, site: str, staff: str) -> Guidance | None:
        """What this person chose, if anything."""
        with Session(self._engine) as session:
            row = session.get(StaffRow, (site, staff))
            return cast(Guidance, row.guidance) if row else None

    def choose(self, site: str, staff: str, guidance: Guidance | None, moment: datetime) -> None:
        """Keep a choice; None forgets it."""
        with Session(self._engine) as session, session.begin():
            lock_for_writing(session)
            row = session.get(StaffRow, (site, staff), with_for_update=True)
            if guidance is None:
                if row is not None:
                    session.delete(row)
            elif row is not None:
                row.guidance, row.set_at = guidance, moment.astimezone(UTC)
            else:
                session.add(StaffRow(site=site, staff=staff, guidance=guidance, set_at=moment.astimezone(UTC)))

    def add(self, turn: str, site: str, staff: str, guidance: Guidance, moment: datetime) -> None:
        """Note who asked a turn."""
        with Session(self._engine) as session, session.begin():
            session.add(
                StaffTurnRow(turn=turn, site=site, staff=staff, guidance=guidance, asked_at=moment.astimezone(UTC))
            )

    def practice(self, site: str, staff: str, since: datetime) -> Practice:
        """What this person asked and did since then."""
        mine = (StaffTurnRow.site == site, StaffTurnRow.staff == staff, StaffTurnRow.asked_at >= since.astimezone(UTC))
        with Session(self._engine) as session:
            asked = session.scalar(select(func.count()).select_from(StaffTurnRow).where(*mine)) or 0
            turns = select(TurnRow.advice, TurnRow.done).join(StaffTurnRow, StaffTurnRow.turn == TurnRow.id)
            shares = [
                sum(entry["id"] in done for entry in first) / len(first)
                for advice, done in session.execute(turns.where(*mine))
                if (first := advice["actions"][:FIRST])
            ]
            return Practice(asked, sum(shares) / len(shares) if shares else 0.0)
