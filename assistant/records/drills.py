"""Drills as they were played, turn by turn: they outlive the server, and can be gone back to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.domain.vocabulary import Lang
from assistant.errors import Conflict, UnknownName
from assistant.records.database import lock_for_writing
from assistant.records.tables import DrillRow, DrillTurnRow, now


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """One turn. `heard` and `state` are as the drill writes them; `lines` are the guest's, in order."""

    text: str
    heard: dict[str, Any]
    state: dict[str, Any]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptDrill:
    """One session. `outcome` is empty while it goes on. `parent`, `from_turn`: the session that it retries."""

    id: str
    scenario: str
    version: str
    lang: Lang
    difficulty: int
    seed: int
    opening: str
    trainee: str = ""
    parent: str = ""
    from_turn: int = 0
    hints: int = 0
    reflection: str = ""
    outcome: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    turns: tuple[KeptTurn, ...] = ()
    debrief: dict[str, Any] | None = None


class DrillStore:
    """Keeps drills. Every change is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, drill: KeptDrill) -> None:
        """Store a new session with the turns that it starts from."""
        with Session(self._engine) as session, session.begin():
            session.add(
                DrillRow(
                    id=drill.id,
                    scenario=drill.scenario,
                    version=drill.version,
                    lang=drill.lang,
                    difficulty=drill.difficulty,
                    seed=drill.seed,
                    opening=drill.opening,
                    trainee=drill.trainee,
                    parent=drill.parent,
                    from_turn=drill.from_turn,
                )
            )
            session.flush()
            session.add_all(_row(drill.id, number, turn) for number, turn in enumerate(drill.turns, 1))

    def get(self, id_: str) -> KeptDrill:
        """A session with its turns. Raises UnknownName."""
        with Session(self._engine) as session:
            row = _found(session, id_)
            query = select(DrillTurnRow).where(DrillTurnRow.drill_id == id_).order_by(DrillTurnRow.number)
            turns = tuple(_turn(turn) for turn in session.scalars(query))
            return replace(_drill(row), turns=turns)

    def add_turn(self, id_: str, number: int, turn: KeptTurn, outcome: str) -> None:
        """Add turn `number`, counted from 1; `outcome` ends the session. Raises Conflict if that turn is there."""
        try:
            with Session(self._engine) as session, session.begin():
                lock_for_writing(session)
                row = _found(session, id_, for_update=True)
                if row.outcome:
                    raise Conflict(f"drill {id_!r} has ended; ask for its debrief or start another one")
                session.add(_row(id_, number, turn))
                if outcome:
                    row.outcome, row.ended_at = outcome, now()
        except IntegrityError as error:
            raise Conflict(
                f"turn {number} of drill {id_!r} was taken by another request; load the drill again"
            ) from error

    def count_hint(self, id_: str) -> int:
        """Note that a hint was asked for; returns how many so far. Raises UnknownName."""
        with Session(self._engine) as session, session.begin():
            lock_for_writing(session)
            row = _found(session, id_, for_update=True)
            row.hints += 1
            return row.hints

    def keep_debrief(self, id_: str, debrief: dict[str, Any], reflection: str) -> None:
        """Store the debrief and, where one is given, the trainee's own thought. Raises UnknownName."""
        with Session(self._engine) as session, session.begin():
            lock_for_writing(session)
            row = _found(session, id_, for_update=True)
            row.debrief = debrief
            row.reflection = reflection or row.reflection
            row.outcome = row.outcome or "open"
            row.ended_at = row.ended_at or now()

    def of_trainee(self, trainee: str, limit: int = 200) -> list[KeptDrill]:
        """A person's sessions without their turns, newest first."""
        query = select(DrillRow).where(DrillRow.trainee == trainee).order_by(DrillRow.started_at.desc()).limit(limit)
        with Session(self._engine) as session:
            return [_drill(row) for row in session.scalars(query)]

    def count(self) -> int:
        """How many sessions there are."""
        with Session(self._engine) as session:
            return session.scalar(select(func.count()).select_from(DrillRow)) or 0


def _found(session: Session, id_: str, *, for_update: bool = False) -> DrillRow:
    row = session.get(DrillRow, id_, with_for_update=for_update or None)
    if row is None:
        raise UnknownName(f"there is no drill {id_!r}; start a new one")
    return row


def _row(drill: str, number: int, turn: KeptTurn) -> DrillTurnRow:
    lines: Sequence[str] = turn.lines
    return DrillTurnRow(
        drill_id=drill, number=number, text=turn.text, heard=turn.heard, state=turn.state, lines=list(lines)
    )


def _turn(row: DrillTurnRow) -> KeptTurn:
    return KeptTurn(row.text, row.heard, row.state, tuple(row.lines))


def _drill(row: DrillRow) -> KeptDrill:
    return KeptDrill(
        id=row.id,
        scenario=row.scenario,
        version=row.version,
        lang=cast(Lang, row.lang),
        difficulty=row.difficulty,
        seed=row.seed,
        opening=row.opening,
        trainee=row.trainee,
        parent=row.parent,
        from_turn=row.from_turn,
        hints=row.hints,
        reflection=row.reflection,
        outcome=row.outcome,
        started_at=_in_utc(row.started_at),
        ended_at=_in_utc(row.ended_at),
        debrief=row.debrief,
    )


def _in_utc(moment: datetime | None) -> datetime | None:
    # SQLite gives times back without their zone; they were written in UTC.
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment
