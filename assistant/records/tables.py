"""The tables. A change here needs a migration beside it (`records/migrations/versions`)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


def now() -> datetime:
    """The present moment, with its time zone."""
    return datetime.now(UTC)


class Base(DeclarativeBase):
    """Parent of all tables."""


class VersionColumns:
    """What is kept of every version of a document, active or not.

    `origin`: `shipped` with the corpus, or `ingested` by somebody. `source` is the file that it was read from.
    """

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    collection: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(1000))
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(Text)
    version: Mapped[str] = mapped_column(String(100))
    content_hash: Mapped[str] = mapped_column(String(64))
    origin: Mapped[str] = mapped_column(String(20))
    added_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    playbooks: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    number: Mapped[int] = mapped_column(Integer, default=1)
    source: Mapped[str] = mapped_column(Text, default="")
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    remarks: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)


class DocumentRow(VersionColumns, Base):
    """The active version of one document of a collection."""

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("collection", "name"),)

    passages: Mapped[list[PassageRow]] = relationship(
        back_populates="document", cascade="all, delete-orphan", passive_deletes=True, order_by="PassageRow.position"
    )


class VersionRow(VersionColumns, Base):
    """A version of a document that is not active, whole; `scheduled`: it becomes so on its first day."""

    __tablename__ = "document_versions"
    __table_args__ = (UniqueConstraint("collection", "name", "number"),)

    passages: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    scheduled: Mapped[bool] = mapped_column(Boolean, default=False)


class PassageRow(Base):
    """A piece of a document that can be cited."""

    __tablename__ = "passages"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    lang: Mapped[str] = mapped_column(String(2))
    locator: Mapped[str] = mapped_column(Text)
    heading: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text)
    document: Mapped[DocumentRow] = relationship(back_populates="passages")


class CollectionRow(Base):
    """A collection and how often it has changed; the index is stale where it knows another number."""

    __tablename__ = "collections"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    revision: Mapped[int] = mapped_column(Integer, default=0)
    fingerprint: Mapped[str] = mapped_column(String(64), default="")


class ConversationRow(Base):
    """One staff member's conversation."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    site: Mapped[str] = mapped_column(String(100))
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)


class TurnRow(Base):
    """One incident text and the advice given; `id` is the advice's."""

    __tablename__ = "turns"
    __table_args__ = (Index("ix_turns_conversation_asked", "conversation_id", "asked_at"),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    text: Mapped[str] = mapped_column(Text)
    advice: Mapped[dict[str, Any]] = mapped_column(JSON)
    done: Mapped[list[str]] = mapped_column(JSON, default=list)


class RefinementRow(Base):
    """What a language model made of one advice: the words taken, the words refused, the tokens."""

    __tablename__ = "refinements"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    advice_id: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now, index=True)
    model: Mapped[str] = mapped_column(String(200))
    prompt: Mapped[str] = mapped_column(String(64))
    outcome: Mapped[str] = mapped_column(String(20))
    sent: Mapped[int] = mapped_column(Integer)
    received: Mapped[int] = mapped_column(Integer)
    seconds: Mapped[float] = mapped_column(Float)
    refused: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    advice: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class GapRow(Base):
    """An incident that nothing in the corpus covered; material for the next playbook."""

    __tablename__ = "gaps"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    advice_id: Mapped[str] = mapped_column(String(64))
    site: Mapped[str] = mapped_column(String(100))
    text: Mapped[str] = mapped_column(Text)
    lang: Mapped[str] = mapped_column(String(2))
    confidence: Mapped[float] = mapped_column(Float)
    nearest: Mapped[str] = mapped_column(String(1000))
    noted_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    closed: Mapped[bool] = mapped_column(Boolean, default=False)


class ResourceStateRow(Base):
    """What somebody set of a resource at a site; the row that reservations of it queue at."""

    __tablename__ = "resource_states"

    site: Mapped[str] = mapped_column(String(100), primary_key=True)
    resource: Mapped[str] = mapped_column(String(100), primary_key=True)
    status: Mapped[str | None] = mapped_column(String(20))
    until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    count: Mapped[int | None] = mapped_column(Integer)
    note: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(Integer, default=0)
    changed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class ReservationRow(Base):
    """A promise of a resource; `closed_as` is empty while it is held (it ends by itself at `until`)."""

    __tablename__ = "reservations"
    __table_args__ = (Index("ix_reservations_site_until", "site", "until"),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    site: Mapped[str] = mapped_column(String(100))
    resource: Mapped[str] = mapped_column(String(100))
    quantity: Mapped[int] = mapped_column(Integer)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    until: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    closed_as: Mapped[str] = mapped_column(String(20), default="")
    advice: Mapped[str] = mapped_column(String(64), default="")
    action: Mapped[str] = mapped_column(String(300), default="")
    by: Mapped[str] = mapped_column(String(100), default="")


class ResourceEventRow(Base):
    """One change of a resource, for the history; never changed."""

    __tablename__ = "resource_events"
    __table_args__ = (Index("ix_resource_events_site_at", "site", "at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    site: Mapped[str] = mapped_column(String(100))
    resource: Mapped[str] = mapped_column(String(100))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    what: Mapped[str] = mapped_column(String(20))
    by: Mapped[str] = mapped_column(String(100), default="")
    status: Mapped[str] = mapped_column(String(20), default="")
    until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    count: Mapped[int | None] = mapped_column(Integer)
    quantity: Mapped[int] = mapped_column(Integer, default=0)
    note: Mapped[str] = mapped_column(Text, default="")


class StaffRow(Base):
    """How much guidance a member of staff gets at a site, where somebody chose it."""

    __tablename__ = "staff"

    site: Mapped[str] = mapped_column(String(100), primary_key=True)
    staff: Mapped[str] = mapped_column(String(64), primary_key=True)
    guidance: Mapped[str] = mapped_column(String(20))
    set_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)


class StaffTurnRow(Base):
    """Who asked which turn, and with how much guidance it was answered."""

    __tablename__ = "staff_turns"
    __table_args__ = (Index("ix_staff_turns_site_staff", "site", "staff"),)

    turn: Mapped[str] = mapped_column(String(64), primary_key=True)
    site: Mapped[str] = mapped_column(String(100))
    staff: Mapped[str] = mapped_column(String(64))
    guidance: Mapped[str] = mapped_column(String(20))
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)


class DrillRow(Base):
    """One rehearsal. `parent` and `from_turn`: a retry begins where another one stood; `debrief`: the last one made."""

    __tablename__ = "drills"
    __table_args__ = (Index("ix_drills_trainee_started", "trainee", "started_at"),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    scenario: Mapped[str] = mapped_column(String(200))
    version: Mapped[str] = mapped_column(String(100))
    lang: Mapped[str] = mapped_column(String(2))
    difficulty: Mapped[int] = mapped_column(Integer)
    seed: Mapped[int] = mapped_column(BigInteger)
    opening: Mapped[str] = mapped_column(Text)
    trainee: Mapped[str] = mapped_column(String(200), default="")
    parent: Mapped[str] = mapped_column(String(64), default="")
    from_turn: Mapped[int] = mapped_column(Integer, default=0)
    hints: Mapped[int] = mapped_column(Integer, default=0)
    reflection: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[str] = mapped_column(String(20), default="")
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    debrief: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class DrillTurnRow(Base):
    """What the trainee said, what was heard in it, where it left the guest, and what the guest answered."""

    __tablename__ = "drill_turns"

    drill_id: Mapped[str] = mapped_column(ForeignKey("drills.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    said_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    text: Mapped[str] = mapped_column(Text)
    heard: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[dict[str, Any]] = mapped_column(JSON)
    lines: Mapped[list[str]] = mapped_column(JSON)


class RoomRow(Base):
    """An incident room; its events are the truth. `due_at`: when somebody's time to answer runs out."""

    __tablename__ = "rooms"
    __table_args__ = (Index("ix_rooms_site_opened", "site", "opened_at"), Index("ix_rooms_due", "due_at"))

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    site: Mapped[str] = mapped_column(String(100))
    advice: Mapped[str | None] = mapped_column(String(64), unique=True)
    seq: Mapped[int] = mapped_column(Integer)
    opened_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    closed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    due_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class RoomEventRow(Base):
    """One event of a room; never changed. `key`: the id that its sender gave it."""

    __tablename__ = "room_events"
    __table_args__ = (UniqueConstraint("room", "key"),)

    room: Mapped[str] = mapped_column(ForeignKey("rooms.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    kind: Mapped[str] = mapped_column(String(20))
    by: Mapped[str] = mapped_column(String(100), default="")
    party: Mapped[str] = mapped_column(String(64), default="")
    to: Mapped[str] = mapped_column(String(100), default="")
    action: Mapped[str] = mapped_column(String(300), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    opening: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class PageRow(Base):
    """A page to one target, written in the same transaction as the event that it tells of."""

    __tablename__ = "pages"
    __table_args__ = (Index("ix_pages_status_next", "status", "next_at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    room: Mapped[str] = mapped_column(ForeignKey("rooms.id", ondelete="CASCADE"))
    target: Mapped[str] = mapped_column(String(200))
    page: Mapped[dict[str, Any]] = mapped_column(JSON)
    status: Mapped[str] = mapped_column(String(20))
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    next_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    sent_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    error: Mapped[str] = mapped_column(Text, default="")


class SubscriptionRow(Base):
    """A browser that is told of calls to a role."""

    __tablename__ = "push_subscriptions"
    __table_args__ = (Index("ix_push_subscriptions_site_role", "site", "role"),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    site: Mapped[str] = mapped_column(String(100))
    role: Mapped[str] = mapped_column(String(64))
    lang: Mapped[str] = mapped_column(String(2))
    endpoint: Mapped[str] = mapped_column(Text)
    p256dh: Mapped[str] = mapped_column(String(200))
    auth: Mapped[str] = mapped_column(String(100))
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)


def utc(moment: datetime) -> datetime:
    """A moment as it is kept, in UTC; SQLite gives it back without its zone."""
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


class TrainingGroupRow(Base):
    """People who practise together; `members` are names as they stand in drills."""

    __tablename__ = "training_groups"

    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    members: Mapped[list[str]] = mapped_column(JSON, default=list)


class AssignmentRow(Base):
    """A drill to be played: by the person `who`, or by everybody in the group `who`."""

    __tablename__ = "assignments"
    __table_args__ = (Index("ix_assignments_audience_who", "audience", "who"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    audience: Mapped[str] = mapped_column(String(10))
    who: Mapped[str] = mapped_column(String(200))
    scenario: Mapped[str] = mapped_column(String(200))
    difficulty: Mapped[int | None] = mapped_column(Integer)
    due: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text, default="")
    assigned_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
