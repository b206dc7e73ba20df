"""Groups, assignments, and drills as trainers look at them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, cast

from sqlalchemy import Engine, Select, delete, func, select
from sqlalchemy.orm import Session

from assistant.domain.drill import Move
from assistant.domain.training import Assignment, Attempt, Audience, Group, KeptMoment, MadeTurn
from assistant.domain.vocabulary import Lang
from assistant.errors import UnknownName
from assistant.records.database import lock_for_writing
from assistant.records.tables import AssignmentRow, DrillRow, DrillTurnRow, TrainingGroupRow, now

NEWEST = 2000
"""So many of the newest drills are looked at; older ones weigh next to nothing."""
AT_ONCE = 500
"""Ids in one query: databases limit how many."""


class TrainingStore:
    """Reads drills of people with a name, and keeps groups and assignments. Every change is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # --- drills ----------------------------------------------------------------------------------

    def attempts(self, trainees: Collection[str] | None = None, limit: int = NEWEST) -> list[Attempt]:
        """Ended drills, newest first: of these people, or of everybody who gave a name."""
        query = select(DrillRow).where(DrillRow.outcome != "").order_by(DrillRow.ended_at.desc(), DrillRow.id)
        return self._read(_of(query, trainees).limit(limit))

    def running(self, since: datetime) -> list[Attempt]:
        """Drills that go on and in which something was said since then, or which began since; newest first."""
        last = select(func.max(DrillTurnRow.said_at)).where(DrillTurnRow.drill_id == DrillRow.id).scalar_subquery()
        active = func.coalesce(last, DrillRow.started_at) >= since
        query = select(DrillRow).where(DrillRow.outcome == "", active).order_by(DrillRow.started_at.desc(), DrillRow.id)
        return self._read(_of(query, None))

    def names(self) -> list[str]:
        """Everybody who has a drill, in the order of their names."""
        query = select(DrillRow.trainee).where(DrillRow.trainee != "").distinct().order_by(DrillRow.trainee)
        with Session(self._engine) as session:
            return list(session.scalars(query))

    def _read(self, query: Select[DrillRow]) -> list[Attempt]:
        with Session(self._engine) as session:
            rows = list(session.scalars(query))
            turns = _turns(session, [row.id for row in rows])
            return [_attempt(row, turns.get(row.id, ())) for row in rows]

    # --- groups ----------------------------------------------------------------------------------

    def groups(self) -> list[Group]:
        """All groups, by name."""
        with Session(self._engine) as session:
            rows = session.scalars(select(TrainingGroupRow).order_by(TrainingGroupRow.name))
            return [Group(row.name, tuple(row.members)) for row in rows]

    def group(self, name: str) -> Group:
        """Raises UnknownName."""
        with Session(self._engine) as session:
            row = session.get(TrainingGroupRow, name)
            if row is None:
                raise UnknownName(f"there is no group {name!r}; load the list again")
            return Group(row.name, tuple(row.members))

    def keep_group(self, group: Group) -> None:
        """Add a group, or give it other members."""
        with Session(self._engine) as session, session.begin():
            lock_for_writing(session)
            session.merge(TrainingGroupRow(name=group.name, members=list(group.members)))

    def remove_group(self, name: str) -> None:
        """Remove a group with what was assigned to it. Raises UnknownName."""
        with Session(self._engine) as session, session.begin():
            lock_for_writing(session)
            row = session.get(TrainingGroupRow, name)
            if row is None:
                raise UnknownName(f"there is no group {name!r}; load the list again")
            own = AssignmentRow.audience == "group", AssignmentRow.who == name
            session.execute(delete(AssignmentRow).where(*own))
            session.delete(row)

    # --- assignments -----------------------------------------------------------------------------

    def assignments(self) -> list[Assignment]:
        """All of them, the earliest due first, those without a day last."""
        query = select(AssignmentRow).order_by(AssignmentRow.due.is_(None), AssignmentRow.due, AssignmentRow.id)
        with Session(self._engine) as session:
            return [_assignment(row) for row in session.scalars(query)]

    def assign(
        self, audience: Audience, who: str, scenario: str, *, difficulty: int | None, due: date | None, note: str
    ) -> Assignment:
        """Assign a drill."""
        with Session(self._engine) as session, session.begin():
            row = AssignmentRow(
                audience=audience, who=who, scenario=scenario, difficulty=difficulty, due=due, note=note
            )
            row.assigned_at = now()
            session.add(row)
            session.flush()
            return _assignment(row)

    def withdraw(self, id_: int) -> None:
        """Take an assignment back. Raises UnknownName."""
        with Session(self._engine) as session, session.begin():
            lock_for_writing(session)
            row = session.get(AssignmentRow, id_)
            if row is None:
                raise UnknownName(f"there is no assignment {id_}; load the list again")
            session.delete(row)


def _of(query: Select[DrillRow], trainees: Collection[str] | None) -> Select[DrillRow]:
    return query.where(DrillRow.trainee != "") if trainees is None else query.where(DrillRow.trainee.in_(trainees))


def _turns(session: Session, ids: Sequence[str]) -> Mapping[str, Sequence[DrillTurnRow]]:
    found: dict[str, list[DrillTurnRow]] = {}
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        query = select(DrillTurnRow).where(DrillTurnRow.drill_id.in_(some)).order_by(DrillTurnRow.number)
        for row in session.scalars(query):
            found.setdefault(row.drill_id, []).append(row)
    return found


def _attempt(row: DrillRow, turns: Iterable[DrillTurnRow]) -> Attempt:
    told = row.debrief or {}
    scores = {**told.get("scores", {}), **({"overall": told["overall"]} if "overall" in told else {})}
    widths = {name: (one["high"] - one["low"]) / 2 for name, one in told.get("intervals", {}).items()}
    criteria = told.get("criteria", ())
    return Attempt(
        id=row.id,
        trainee=row.trainee,
        scenario=row.scenario,
        version=row.version,
        lang=cast(Lang, row.lang),
        difficulty=row.difficulty,
        outcome=row.outcome,
        hints=row.hints,
        parent=row.parent,
        from_turn=row.from_turn,
        started_at=_in_utc(row.started_at),
        ended_at=_in_utc(row.ended_at) if row.ended_at else None,
        turns=tuple(_turn(turn) for turn in turns if turn.number > row.from_turn),
        scores=scores,
        spread=widths,
        moments=tuple(_moment(one) for one in told.get("moments", ()) if one["turn"] > row.from_turn and one["better"]),
        sought=tuple((one["factor"], one["text"]) for one in criteria),
        missed=tuple((one["factor"], one["text"]) for one in criteria if not one["met"]),
    )


def _turn(row: DrillTurnRow) -> MadeTurn:
    moves = tuple(cast(Move, found["move"]) for found in row.heard["moves"])
    return MadeTurn(row.number, moves, float(row.heard["quality"]), _in_utc(row.said_at))


def _moment(told: Mapping[str, Any]) -> KeptMoment:
    source = told.get("source") or {}
    return KeptMoment(told["turn"], told["move"], told["quote"], source.get("document", ""))


def _assignment(row: AssignmentRow) -> Assignment:
    return Assignment(
        id=row.id,
        audience=cast(Audience, row.audience),
        who=row.who,
        scenario=row.scenario,
        difficulty=row.difficulty,
        due=row.due,
        note=row.note,
        assigned_at=_in_utc(row.assigned_at),
    )


def _in_utc(moment: datetime) -> datetime:
    # SQLite gives times back without their zone; they were written in UTC.
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
