"""Documents, their passages and their playbooks in the database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast

from pydantic import TypeAdapter
from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session

from assistant.domain.document import Document, DocumentKind, Passage
from assistant.domain.playbook import Playbook
from assistant.domain.vocabulary import Lang
from assistant.records.tables import CollectionRow, DocumentRow, PassageRow

Origin = Literal["shipped", "ingested"]


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
    """One line of the list of documents."""

    name: str
    collection: str
    kind: DocumentKind
    title: str
    version: str
    content_hash: str
    origin: Origin
    passages: int
    playbooks: int


@cache
def _playbooks() -> TypeAdapter[tuple[Playbook, ...]]:
    return TypeAdapter(tuple[Playbook, ...])


class DocumentStore:
    """What the assistant knows. Every change raises its collection's revision in the same transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(
        self, collection: str, document: Document, playbooks: Sequence[Playbook], content_hash: str, origin: Origin
    ) -> None:
        """Add a document, or replace the one of the same name, whole or not at all."""
        with Session(self._engine) as session, session.begin():
            self._delete(session, collection, [document.name])
            row = DocumentRow(
                collection=collection,
                name=document.name,
                kind=document.kind,
                title=document.title,
                version=document.version,
                content_hash=content_hash,
                origin=origin,
                playbooks=_playbooks().dump_python(tuple(playbooks), mode="json"),
            )
            row.passages = [
                PassageRow(
                    id=_passage_id(collection, document.name, position, passage),
                    position=position,
                    lang=passage.lang,
                    locator=passage.locator,
                    heading=passage.heading,
                    text=passage.text,
                )
                for position, passage in enumerate(document.passages)
            ]
            session.add(row)
            self._touch(session, collection)

    def remove(self, collection: str, names: Sequence[str]) -> int:
        """Remove documents with all that came from them; returns how many there were."""
        with Session(self._engine) as session, session.begin():
            removed = self._delete(session, collection, names)
            if removed:
                self._touch(session, collection)
            return removed

    def infos(self, collection: str | None = None) -> list[DocumentInfo]:
        """Every document, by collection and name."""
        count = select(func.count(PassageRow.id)).where(PassageRow.document_id == DocumentRow.id).scalar_subquery()
        query = select(DocumentRow, count).order_by(DocumentRow.collection, DocumentRow.name)
        if collection is not None:
            query = query.where(DocumentRow.collection == collection)
        with Session(self._engine) as session:
            return [_info(row, passages) for row, passages in session.execute(query)]

    def passages(self, collection: str) -> list[StoredPassage]:
        """Every passage of a collection, in document order."""
        query = (
            select(PassageRow, DocumentRow.name, DocumentRow.title, DocumentRow.version)
            .join(DocumentRow)
            .where(DocumentRow.collection == collection)
            .order_by(DocumentRow.id, PassageRow.position)
        )
        with Session(self._engine) as session:
            return [_stored(*row) for row in session.execute(query)]

    def passages_of(self, collection: str, name: str) -> list[StoredPassage]:
        """The passages of one document, in order; empty where there is no such document."""
        query = (
            select(PassageRow, DocumentRow.name, DocumentRow.title, DocumentRow.version)
            .join(DocumentRow)
            .where(DocumentRow.collection == collection, DocumentRow.name == name)
            .order_by(PassageRow.position)
        )
        with Session(self._engine) as session:
            return [_stored(*row) for row in session.execute(query)]

    def playbooks(self, collection: str) -> list[Playbook]:
        """Every playbook of a collection."""
        query = select(DocumentRow.playbooks).where(DocumentRow.collection == collection).order_by(DocumentRow.id)
        with Session(self._engine) as session:
            rows: list[Any] = list(session.scalars(query))
        return [playbook for row in rows for playbook in _playbooks().validate_python(row)]

    def collections(self) -> list[str]:
        """The names of all collections that hold something."""
        with Session(self._engine) as session:
            return list(session.scalars(select(DocumentRow.collection).distinct().order_by(DocumentRow.collection)))

    def revision(self, collection: str) -> int:
        """How often the collection has changed; 0 if never."""
        with Session(self._engine) as session:
            return session.scalar(select(CollectionRow.revision).where(CollectionRow.name == collection)) or 0

    def digest(self, collection: str) -> str:
        """Differs between any two states of a collection; revisions alone start anew in a new database."""
        query = (
            select(DocumentRow.name, DocumentRow.content_hash)
            .where(DocumentRow.collection == collection)
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


def _passage_id(collection: str, name: str, position: int, passage: Passage) -> str:
    """Changes whenever anything that is indexed changes, so that an index can be compared by ids alone."""
    parts = (collection, name, str(position), passage.heading, passage.text)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


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
    )
