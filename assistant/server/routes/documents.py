"""Documents as managers look after them: taken in, their versions and days, removed."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Query
from pydantic import TypeAdapter

from assistant.domain.document import Validity
from assistant.library import MAIN, Library, remove_own
from assistant.records.documents import DocumentInfo
from assistant.records.versions import VersionInfo
from assistant.server.manager_schemas import (
    ActivateRequest,
    DocumentLine,
    DocumentsAnswer,
    RemovedAnswer,
    UploadAnswer,
    ValidityRequest,
    VersionAnswer,
    VersionLine,
    VersionsAnswer,
)
from assistant.server.routes.parts import TheImprov
from assistant.server.schemas import Section

router = APIRouter(prefix="/api/documents", tags=["documents"])
_VERSION = TypeAdapter(VersionLine)


@router.get("")
def documents(improv: TheImprov) -> DocumentsAnswer:
    """All documents of the main collection, playbooks among them."""
    today = improv.documents.today()
    return DocumentsAnswer(documents=[_line(info, today) for info in improv.documents.infos(MAIN)])


@router.post("")
def upload(
    improv: TheImprov,
    name: Annotated[str, Query(min_length=1, max_length=1000)],
    content: Annotated[bytes, Body(media_type="application/octet-stream")] = b"",
    valid_from: date | None = None,
    valid_until: date | None = None,
    replace: bool = False,
) -> UploadAnswer:
    """Take one file in, its bytes as the body: added, unchanged, replaced, or rejected with the reason."""
    days = Validity(valid_from, valid_until) if valid_from or valid_until else None

    def take(library: Library) -> UploadAnswer:
        report = library.ingest_bytes(name, content, validity=days, replace=replace)
        return UploadAnswer(**{field.name: getattr(report, field.name) for field in dataclasses.fields(report)})

    return improv.change(take)


@router.get("/{name:path}/versions")
def versions(name: str, improv: TheImprov) -> VersionsAnswer:
    """The versions of a document, oldest first."""
    found = improv.library.versions(name, MAIN)
    return VersionsAnswer(id=name, versions=[_version(version) for version in found])


@router.get("/{name:path}/versions/{number}")
def version(name: str, number: int, improv: TheImprov) -> VersionAnswer:
    """The passages of one version, active or not."""
    contents = improv.contents.of(MAIN, name, number)
    sections = [Section(locator=passage.locator, text=passage.text) for passage in contents.passages]
    return VersionAnswer(id=name, version=_version(contents.info), sections=sections)


@router.post("/{name:path}/active")
def activate(name: str, body: ActivateRequest, improv: TheImprov) -> VersionLine:
    """Make another version the active one: a roll-back, or bringing a waiting version forward."""
    return _version(improv.change(lambda library: library.activate(name, body.number, MAIN)))


@router.put("/{name:path}/validity")
def validity(name: str, body: ValidityRequest, improv: TheImprov) -> DocumentLine:
    """Change the days on which the active version applies."""
    days = Validity(body.valid_from, body.valid_until)
    improv.change(lambda library: library.set_validity(name, days, MAIN))
    return _line(improv.library.find(name, MAIN), improv.documents.today())


@router.delete("/{name:path}")
def remove(name: str, improv: TheImprov) -> RemovedAnswer:
    """Remove a document with all its versions; a shipped card that it stood in for comes back."""
    improv.change(lambda library: remove_own(library, name))
    return RemovedAnswer(id=name)


def _line(info: DocumentInfo, today: date) -> DocumentLine:
    return DocumentLine(
        id=info.name,
        kind=info.kind,
        title=info.title,
        version=info.version,
        number=info.number,
        origin=info.origin,
        passages=info.passages,
        playbooks=info.playbooks,
        added_at=info.added_at,
        valid_from=info.valid_from,
        valid_until=info.valid_until,
        applies=info.validity.holds_on(today),
        remarks=info.remarks,
    )


def _version(info: VersionInfo) -> VersionLine:
    # Not the source: the path of a file on the server is nobody's business over HTTP.
    return _VERSION.validate_python(info, from_attributes=True)
