"""Documents, their passages and their playbooks in the database: one active version each, the others kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Engine, Select, and_, delete, func, or_, select
from sqlalchemy.orm import Session

from assistant.domain.document import ALWAYS, Document, DocumentKind, Passage, Remark, Validity
from assistant.domain.playbook import Playbook
from assistant.domain.vocabulary import Lang
from assistant.errors import UnknownName
from assistant.records.database import lock_for_writing
from assistant.records.tables import CollectionRow, DocumentRow, PassageRow, VersionRow
from assistant.records.versions import (
    Origin,
    Provenance,
    VersionInfo,
    active_row,
    archive,
    columns_of,
    next_number,
    passages_json,
    playbooks_adapter,
    remarks_adapter,
    revived,
    version_info,
)

R = TypeVar("R", DocumentRow, VersionRow)


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its id and the document that it belongs to."""

    id: str
    document: str
    title: str
    version: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """One line of the list of documents: the active version. `remarks` tell what was left out of the file."""

    name: str
    collection: str
    kind: DocumentKind
    title: str
    version: str
    content_hash: str
    origin: Origin
    passages: int
    playbooks: int
    number: int
    source: str
    added_at: datetime
    valid_from: date | None
    valid_until: date | None
    remarks: tuple[Remark, ...]

    @property
    def validity(self) -> Validity:
        """The days on which the document applies."""
        return Validity(self.valid_from, self.valid_until)


class DocumentStore:
    """What the assistant knows. Every change raises its collection's revision in the same transaction.

    Passages and playbooks are those of active versions that apply today.
    """

    def __init__(self, engine: Engine, today: Callable[[], date] = date.today) -> None:
        self._engine = engine
        self.today = today

    def put(
        self,
        collection: str,
        document: Document,
        playbooks: Sequence[Playbook],
        content_hash: str,
        origin: Origin,
        *,
        source: str = "",
        validity: Validity = ALWAYS,
    ) -> None:
        """Add a document, or make it the active version of the one of the same name, whole or not at all.

        The version before is kept, a shipped one only where somebody's own takes its place.
        """
        known = Provenance(content_hash, origin, source, validity)
        with Session(self._engine) as session, session.begin():
            lock_for_writing(session)
            number = next_number(session, collection, document.name)
            for row in session.scalars(_named(DocumentRow, collection, [document.name])):
                if origin == "shipped" or row.content_hash == content_hash:
                    number = row.number
                else:
                    archive(session, row)
            self._delete(session, collection, [document.name])
            columns = columns_of(collection, document, playbooks, known, number)
            session.add(active_row(columns, document.passages))
            self._touch(session, collection)

    def schedule(
        self, collection: str, document: Document, playbooks: Sequence[Playbook], known: Provenance
    ) -> VersionInfo:
        """Keep a version that becomes active on its first day."""
        with Session(self._engine) as session, session.begin():
            lock_for_writing(session)
            columns = columns_of(
                collection, document, playbooks, known, next_number(session, collection, document.name)
            )
            row = VersionRow(**columns, passages=passages_json(document.passages), scheduled=True)
            session.add(row)
            self._touch(session, collection)
            session.flush()
            return version_info(row)

    def activate(self, collection: str, name: str, number: int) -> VersionInfo:
        """Make another version the active one; the one before is kept. Raises UnknownName."""
        with Session(self._engine) as session, session.begin():
            lock_for_writing(session)
            row = session.scalar(_named(VersionRow, collection, [name]).where(VersionRow.number == number))
            if row is None:
                raise UnknownName(
                    f"{name!r} has no other version {number}; `improv corpus versions` lists those there are"
                )
            for active in session.scalars(_named(DocumentRow, collection, [name])):
                archive(session, active)
            self._delete(session, collection, [name])
            fresh = revived(row)
            session.delete(row)
            session.add(fresh)
            self._touch(session, collection)
            session.flush()
            return version_info(fresh)

    def set_validity(self, collection: str, name: str, validity: Validity) -> None:
        """Change the days on which the active version applies."""
        with Session(self._engine) as session, session.begin():
            lock_for_writing(session)
            for row in session.scalars(_named(DocumentRow, collection, [name])):
                row.valid_from, row.valid_until = validity.start, validity.until
                self._touch(session, collection)

    def remove(self, collection: str, names: Sequence[str]) -> int:
        """Remove documents with all their versions and all that came from them; returns how many there were."""
        with Session(self._engine) as session, session.begin():
            lock_for_writing(session)
            removed = self._delete(session, collection, names)
            old = list(session.scalars(_named(VersionRow, collection, names)))
            for version in old:
                session.delete(version)
            if removed or old:
                self._touch(session, collection)
            return removed

    def infos(self, collection: str | None = None, name: str | None = None) -> list[DocumentInfo]:
        """Every document, by collection and name; of one collection, or of one name, where that is given."""
        count = select(func.count(PassageRow.id)).where(PassageRow.document_id == DocumentRow.id).scalar_subquery()
        query = select(DocumentRow, count).order_by(DocumentRow.collection, DocumentRow.name)
        if collection is not None:
            query = query.where(DocumentRow.collection == collection)
        if name is not None:
            query = query.where(DocumentRow.name == name)
        with Session(self._engine) as session:
            return [_info(row, passages) for row, passages in session.execute(query)]

    def versions(self, collection: str, name: str | None = None) -> dict[str, list[VersionInfo]]:
        """All versions by document name, oldest first; of one document where a name is given."""
        found: dict[str, list[VersionInfo]] = {}
        with Session(self._engine) as session:
            names = None if name is None else [name]
            rows: list[DocumentRow | VersionRow] = [
                *session.scalars(_named(DocumentRow, collection, names)),
                *session.scalars(_named(VersionRow, collection, names)),
            ]
            for row in rows:
                found.setdefault(row.name, []).append(version_info(row))
        return {known: sorted(versions, key=lambda version: version.number) for known, versions in found.items()}

    def due(self, collection: str) -> list[tuple[str, int]]:
        """Name and number of the scheduled versions whose first day has come, in the order of those days."""
        query = (
            select(VersionRow.name, VersionRow.number)
            .where(VersionRow.collection == collection, VersionRow.scheduled, VersionRow.valid_from <= self.today())
            .order_by(VersionRow.valid_from, VersionRow.number)
        )
        with Session(self._engine) as session:
            return [(name, number) for name, number in session.execute(query)]

    def passages(self, collection: str) -> list[StoredPassage]:
        """Every passage of a collection that applies today, in document order."""
        query = (
            select(PassageRow, DocumentRow.name, DocumentRow.title, DocumentRow.version)
            .join(DocumentRow)
            .where(DocumentRow.collection == collection, self._holds())
            .order_by(DocumentRow.id, PassageRow.position)
        )
        with Session(self._engine) as session:
            return [_stored(*row) for row in session.execute(query)]

    def passage_ids(self, collection: str) -> set[str]:
        """The ids of every passage of a collection that applies today."""
        query = select(PassageRow.id).join(DocumentRow).where(DocumentRow.collection == collection, self._holds())
        with Session(self._engine) as session:
            return set(session.scalars(query))

    def passages_with(self, ids: Sequence[str]) -> list[StoredPassage]:
        """The passages of these ids."""
        query = (
            select(PassageRow, DocumentRow.name, DocumentRow.title, DocumentRow.version)
            .join(DocumentRow)
            .where(PassageRow.id.in_(ids))
        )
        with Session(self._engine) as session:
            return [_stored(*row) for row in session.execute(query)]

    def passages_of(self, collection: str, name: str) -> list[StoredPassage]:
        """The passages of one document, in order, whether it applies or not; empty where there is none."""
        query = (
            select(PassageRow, DocumentRow.name, DocumentRow.title, DocumentRow.version)
            .join(DocumentRow)
            .where(DocumentRow.collection == collection, DocumentRow.name == name)
            .order_by(PassageRow.position)
        )
        with Session(self._engine) as session:
            return [_stored(*row) for row in session.execute(query)]

    def playbooks(self, collection: str) -> list[Playbook]:
        """Every playbook of a collection that applies today."""
        query = (
            select(DocumentRow.playbooks)
            .where(DocumentRow.collection == collection, self._holds())
            .order_by(DocumentRow.id)
        )
        with Session(self._engine) as session:
            rows: list[Any] = list(session.scalars(query))
        return [playbook for row in rows for playbook in playbooks_adapter().validate_python(row)]

    def playbooks_of(self, collection: str, name: str) -> tuple[Playbook, ...]:
        """The playbooks of one document's active version, whether it applies or not."""
        query = _named(DocumentRow, collection, [name])
        with Session(self._engine) as session:
            row = session.scalar(query)
            return playbooks_adapter().validate_python(row.playbooks) if row else ()

    def collections(self) -> list[str]:
        """The names of all collections that hold something."""
        with Session(self._engine) as session:
            return list(session.scalars(select(DocumentRow.collection).distinct().order_by(DocumentRow.collection)))

    def revision(self, collection: str) -> int:
        """How often the collection has changed; 0 if never."""
        with Session(self._engine) as session:
            return session.scalar(select(CollectionRow.revision).where(CollectionRow.name == collection)) or 0

    def edition(self, collection: str) -> str:
        """Differs whenever what applies may: after a change, and when a document's days begin or are over."""
        day = self.today()
        begun = select(func.max(DocumentRow.valid_from)).where(DocumentRow.valid_from <= day)
        ended = select(func.max(DocumentRow.valid_until)).where(DocumentRow.valid_until < day)
        due = select(func.max(VersionRow.valid_from)).where(VersionRow.valid_from <= day, VersionRow.scheduled)
        days = (
            begun.where(DocumentRow.collection == collection).scalar_subquery(),
            ended.where(DocumentRow.collection == collection).scalar_subquery(),
            due.where(VersionRow.collection == collection).scalar_subquery(),
        )
        query = select(CollectionRow.revision, *days).where(CollectionRow.name == collection)
        with Session(self._engine) as session:
            row = session.execute(query).one_or_none()
        return "|".join("" if part is None else str(part) for part in row or (0,))

    def digest(self, collection: str) -> str:
        """Differs between any two states of a collection; revisions alone start anew in a new database."""
        query = (
            select(DocumentRow.name, DocumentRow.content_hash)
            .where(DocumentRow.collection == collection, self._holds())
            .order_by(DocumentRow.name)
        )
        with Session(self._engine) as session:
            lines = [str(self.revision(collection)), *(f"{name}\x1f{hash_}" for name, hash_ in session.execute(query))]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]

    def fingerprint(self, collection: str) -> str:
        """What `set_fingerprint` stored last."""
        with Session(self._engine) as session:
            return session.scalar(select(CollectionRow.fingerprint).where(CollectionRow.name == collection)) or ""

    def set_fingerprint(self, collection: str, fingerprint: str) -> None:
        """Remember from which state of the shipped corpus the collection was last brought up to date."""
        with Session(self._engine) as session, session.begin():
            self._row(session, collection).fingerprint = fingerprint

    def _holds(self) -> ColumnElement[bool]:
        """That a document applies today."""
        day = self.today()
        return and_(
            or_(DocumentRow.valid_from.is_(None), DocumentRow.valid_from <= day),
            or_(DocumentRow.valid_until.is_(None), DocumentRow.valid_until >= day),
        )

    @staticmethod
    def _delete(session: Session, collection: str, names: Iterable[str]) -> int:
        ids = select(DocumentRow.id).where(DocumentRow.collection == collection, DocumentRow.name.in_(list(names)))
        found = list(session.scalars(ids))
        session.execute(delete(PassageRow).where(PassageRow.document_id.in_(found)))
        session.execute(delete(DocumentRow).where(DocumentRow.id.in_(found)))
        return len(found)

    @staticmethod
    def _row(session: Session, collection: str) -> CollectionRow:
        row = session.get(CollectionRow, collection, with_for_update=True)
        if row is None:
            row = CollectionRow(name=collection, revision=0, fingerprint="")
            session.add(row)
        return row

    @classmethod
    def _touch(cls, session: Session, collection: str) -> None:
        cls._row(session, collection).revision += 1


def _named(table: type[R], collection: str, names: Sequence[str] | None) -> Select[R]:
    query = select(table).where(table.collection == collection)
    return query if names is None else query.where(table.name.in_(names))


def _stored(row: PassageRow, name: str, title: str, version: str) -> StoredPassage:
    passage = Passage(row.text, row.locator, cast(Lang, row.lang), row.heading)
    return StoredPassage(row.id, name, title, version, passage)


def _info(row: DocumentRow, passages: int) -> DocumentInfo:
    return DocumentInfo(
        name=row.name,
        collection=row.collection,
        kind=cast(DocumentKind, row.kind),
        title=row.title,
        version=row.version,
        content_hash=row.content_hash,
        origin=cast(Origin, row.origin),
        passages=passages,
        playbooks=len(row.playbooks),
        number=row.number,
        source=row.source,
        added_at=row.added_at,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        remarks=remarks_adapter().validate_python(row.remarks),
    )
