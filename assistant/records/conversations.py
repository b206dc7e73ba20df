"""Conversations, the advice given in them, and the gaps that they showed."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.domain.advice import Advice
from assistant.errors import UnknownName
from assistant.records.database import lock_for_writing
from assistant.records.tables import ConversationRow, GapRow, RefinementRow, TurnRow


@dataclass(frozen=True, slots=True)
class Turn:
    """One incident text, the advice given (as public JSON), and the ids of the actions ticked off.

    `refined` is the same advice as a language model worded it, where one did.
    """

    text: str
    advice: dict[str, Any]
    done: tuple[str, ...]
    refined: dict[str, Any] | None = None


class ConversationStore:
    """What was asked, what was advised, what was done."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, site: str, text: str, advice: Advice, nearest: str) -> None:
        """Record a turn; where nothing covered the incident, a gap with the nearest playbook too."""
        self._begin(advice.conversation, site)
        with Session(self._engine) as session, session.begin():
            session.add(
                TurnRow(
                    id=advice.id,
                    conversation_id=advice.conversation,
                    text=text,
                    advice=dataclasses.asdict(advice),
                    done=[],
                )
            )
            if not advice.covered:
                session.add(
                    GapRow(
                        advice_id=advice.id,
                        site=site,
                        text=text,
                        lang=advice.lang,
                        confidence=advice.confidence,
                        nearest=nearest,
                    )
                )

    def turns(self, conversation: str) -> list[Turn]:
        """The turns of a conversation, oldest first. Raises UnknownName."""
        query = select(TurnRow).where(TurnRow.conversation_id == conversation).order_by(TurnRow.asked_at)
        with Session(self._engine) as session:
            if session.get(ConversationRow, conversation) is None:
                raise UnknownName(f"there is no conversation {conversation!r}; start a new one")
            rows = session.scalars(query).all()
            worded = select(RefinementRow).where(
                RefinementRow.advice_id.in_([row.id for row in rows]), RefinementRow.outcome == "refined"
            )
            refined = {known.advice_id: known.advice for known in session.scalars(worded)}
            return [Turn(row.text, row.advice, tuple(row.done), refined.get(row.id)) for row in rows]

    def turn(self, advice: str) -> Turn:
        """The turn in which an advice was given. Raises UnknownName."""
        with Session(self._engine) as session:
            row = session.get(TurnRow, advice)
            if row is None:
                raise UnknownName(f"there is no advice {advice!r}; ask again")
            return Turn(row.text, row.advice, tuple(row.done))

    def mark_done(self, advice: str, action: str, *, done: bool) -> tuple[str, ...]:
        """Tick an action off, or untick it; returns all that are ticked. Raises UnknownName."""
        with Session(self._engine) as session, session.begin():
            lock_for_writing(session)
            row = session.get(TurnRow, advice, with_for_update=True)
            if row is None:
                raise UnknownName(f"there is no advice {advice!r}; ask again")
            if action not in {entry["id"] for entry in row.advice["actions"]}:
                raise UnknownName(f"advice {advice!r} has no action {action!r}")
            kept = [known for known in row.done if known != action]
            row.done = [*kept, action] if done else kept
            return tuple(row.done)

    def gaps(self) -> list[str]:
        """The texts of incidents that nothing covered, newest first."""
        query = select(GapRow.text).where(GapRow.closed.is_(False)).order_by(GapRow.noted_at.desc())
        with Session(self._engine) as session:
            return list(session.scalars(query))

    def _begin(self, conversation: str, site: str) -> None:
        try:
            with Session(self._engine) as session, session.begin():
                if session.get(ConversationRow, conversation) is None:
                    session.add(ConversationRow(id=conversation, site=site))
        except IntegrityError:  # its first message came twice at once, and the other one was faster
            return
