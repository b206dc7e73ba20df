"""What a language model made of advice, and the tokens that went into it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from assistant.domain.advice import Advice
from assistant.records.tables import RefinementRow


@dataclass(frozen=True, slots=True)
class RefinementRecord:
    """One try. `prompt` is the prompt's version; `refused` holds words not taken, with the reasons."""

    advice_id: str
    model: str
    prompt: str
    outcome: str
    sent: int
    received: int
    seconds: float
    refused: Sequence[Mapping[str, str]] = ()
    advice: Advice | None = None


class RefinementStore:
    """Adds records and counts what was spent."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, record: RefinementRecord) -> None:
        """Write one down."""
        values = {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}
        values["refused"] = [dict(entry) for entry in record.refused]
        values["advice"] = dataclasses.asdict(record.advice) if record.advice else None
        with Session(self._engine) as session, session.begin():
            session.add(RefinementRow(**values))

    def of(self, advice_id: str) -> list[RefinementRecord]:
        """All tries at one advice, without the words taken."""
        query = select(RefinementRow).where(RefinementRow.advice_id == advice_id).order_by(RefinementRow.at)
        names = [f.name for f in dataclasses.fields(RefinementRecord) if f.name != "advice"]
        with Session(self._engine) as session:
            return [RefinementRecord(**{name: getattr(row, name) for name in names}) for row in session.scalars(query)]

    def tokens_today(self) -> tuple[int, int]:
        """Tokens sent and received since midnight UTC, by all servers on these records."""
        midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        counted = func.coalesce(func.sum(RefinementRow.sent), 0), func.coalesce(func.sum(RefinementRow.received), 0)
        with Session(self._engine) as session:
            sent, received = session.execute(select(*counted).where(RefinementRow.at >= midnight)).one()
            return int(sent), int(received)
