"""What versions of documents hold, active or not, whether they apply today or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from assistant.domain.document import Passage
from assistant.domain.playbook import Playbook
from assistant.domain.vocabulary import Lang
from assistant.errors import UnknownName
from assistant.records.tables import DocumentRow, VersionRow
from assistant.records.versions import VersionInfo, playbooks_adapter, version_info


@dataclass(frozen=True, slots=True)
class Contents:
    """One version of a document, whole."""

    info: VersionInfo
    passages: tuple[Passage, ...]
    playbooks: tuple[Playbook, ...]


class ContentStore:
    """Reads documents for those who look after them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, collection: str, name: str, number: int | None = None) -> Contents:
        """A version of a document, the active one where no number is given. Raises UnknownName."""
        with Session(self._engine) as session:
            for table in (DocumentRow, VersionRow):
                query = select(table).where(table.collection == collection, table.name == name)
                if number is not None:
                    query = query.where(table.number == number)
                elif table is VersionRow:
                    break
                row = session.scalar(query)
                if row is not None:
                    return _contents(cast(DocumentRow | VersionRow, row))
        which = "" if number is None else f" with a version {number}"
        raise UnknownName(f"there is no document {name!r}{which}; `improv corpus list` shows what there is")

    def cards(self, collection: str) -> dict[str, tuple[Playbook, ...]]:
        """The playbooks of every active document that has any, by its name."""
        query = select(DocumentRow.name, DocumentRow.playbooks).where(DocumentRow.collection == collection)
        with Session(self._engine) as session:
            rows: list[tuple[str, Any]] = [(name, read) for name, read in session.execute(query.order_by("name"))]
        return {name: playbooks_adapter().validate_python(read) for name, read in rows if read}

    def earlier(self, collection: str) -> dict[str, int]:
        """How many versions beside the active one each document has, by its name; those without any are left out."""
        query = select(VersionRow.name, func.count().label("versions")).where(VersionRow.collection == collection)
        with Session(self._engine) as session:
            return {row.name: row.versions for row in session.execute(query.group_by(VersionRow.name))}


def _contents(row: DocumentRow | VersionRow) -> Contents:
    return Contents(version_info(row), tuple(_passages(row)), playbooks_adapter().validate_python(row.playbooks))


def _passages(row: DocumentRow | VersionRow) -> list[Passage]:
    if isinstance(row, VersionRow):
        return [Passage(**passage) for passage in row.passages]
    return [Passage(p.text, p.locator, cast(Lang, p.lang), p.heading) for p in row.passages]
