"""Versions of a document in the database: rows of one kind into rows of the other, and what is told of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, cast

from pydantic import TypeAdapter
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.domain.document import ALWAYS, Document, Passage, Remark, Validity
from assistant.domain.playbook import Playbook
from assistant.domain.vocabulary import Lang
from assistant.records.tables import DocumentRow, PassageRow, VersionRow

Origin = Literal["shipped", "ingested"]
VersionStatus = Literal["active", "archived", "scheduled"]

KEPT = (
    "collection", "name", "kind", "title", "version", "content_hash", "origin", "added_at", "playbooks", "number",
    "source", "valid_from", "valid_until", "remarks",
)  # fmt: skip
"""Columns that a version takes along when it becomes active or stops being so."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a version came from and when it applies. `source` is the file, by its full path, or `upload`."""

    content_hash: str
    origin: Origin
    source: str = ""
    validity: Validity = ALWAYS


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """One version of a document. `number` counts from 1; `version` is the text that citations show."""

    number: int
    version: str
    status: VersionStatus
    title: str
    content_hash: str
    origin: Origin
    source: str
    added_at: datetime
    valid_from: date | None
    valid_until: date | None
    passages: int


@cache
def playbooks_adapter() -> TypeAdapter[tuple[Playbook, ...]]:
    """Playbooks from and to JSON."""
    return TypeAdapter(tuple[Playbook, ...])


@cache
def remarks_adapter() -> TypeAdapter[tuple[Remark, ...]]:
    """Remarks from and to JSON."""
    return TypeAdapter(tuple[Remark, ...])


def columns_of(
    collection: str, document: Document, playbooks: Sequence[Playbook], known: Provenance, number: int
) -> dict[str, Any]:
    """What a row of either kind holds of a document, but for its passages."""
    return {
        "collection": collection,
        "name": document.name,
        "kind": document.kind,
        "title": document.title,
        "version": document.version,
        "content_hash": known.content_hash,
        "origin": known.origin,
        "playbooks": playbooks_adapter().dump_python(tuple(playbooks), mode="json"),
        "number": number,
        "source": known.source,
        "valid_from": known.validity.start,
        "valid_until": known.validity.until,
        "remarks": remarks_adapter().dump_python(document.remarks, mode="json"),
    }


def passages_json(passages: Sequence[Passage]) -> list[dict[str, Any]]:
    """Passages as a version that is not active keeps them."""
    return [{"text": p.text, "locator": p.locator, "lang": p.lang, "heading": p.heading} for p in passages]


def active_row(columns: Mapping[str, Any], passages: Sequence[Passage]) -> DocumentRow:
    """The row of an active version, its passages included."""
    row = DocumentRow(**columns)
    row.passages = [
        PassageRow(
            id=_passage_id(row.collection, row.name, position, passage),
            position=position,
            lang=passage.lang,
            locator=passage.locator,
            heading=passage.heading,
            text=passage.text,
        )
        for position, passage in enumerate(passages)
    ]
    return row


def archive(session: Session, row: DocumentRow) -> None:
    """Keep an active version as one that is not; its row is still to be deleted."""
    kept = [Passage(p.text, p.locator, cast(Lang, p.lang), p.heading) for p in row.passages]
    session.add(VersionRow(**_columns(row), passages=passages_json(kept), scheduled=False))


def revived(row: VersionRow) -> DocumentRow:
    """The row of an active version made from one that is not."""
    return active_row(_columns(row), [Passage(**passage) for passage in row.passages])


def next_number(session: Session, collection: str, name: str) -> int:
    """The number of the version that comes next."""
    numbers = (
        session.scalar(select(func.max(table.number)).where(table.collection == collection, table.name == name))
        for table in (DocumentRow, VersionRow)
    )
    return 1 + max((number or 0 for number in numbers), default=0)


def version_info(row: DocumentRow | VersionRow) -> VersionInfo:
    """What is told of a version."""
    waiting = isinstance(row, VersionRow) and row.scheduled
    return VersionInfo(
        number=row.number,
        version=row.version,
        status="active" if isinstance(row, DocumentRow) else "scheduled" if waiting else "archived",
        title=row.title,
        content_hash=row.content_hash,
        origin=cast(Origin, row.origin),
        source=row.source,
        added_at=row.added_at,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        passages=len(row.passages),
    )


def _columns(row: DocumentRow | VersionRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in KEPT}


def _passage_id(collection: str, name: str, position: int, passage: Passage) -> str:
    """Changes whenever anything that is indexed changes, so that an index can be compared by ids alone."""
    parts = (collection, name, str(position), passage.heading, passage.text)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
