"""The forms of what managers send and get: documents, playbooks, gaps."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field

from assistant.authoring.drafts import Note
from assistant.authoring.trial import Standing
from assistant.domain.advice import Advice
from assistant.domain.document import DocumentKind, Remark
from assistant.domain.vocabulary import Hazard, Lang, Sector, Text
from assistant.library.intake import Status
from assistant.records.versions import Origin, VersionStatus
from assistant.server.schemas import Section

LONGEST_CARD = 60_000


def _in_utc(moment: datetime) -> datetime:
    # SQLite gives times back without their zone; they were written in UTC.
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


Moment = Annotated[datetime, AfterValidator(_in_utc)]
CardText = Annotated[str, Field(max_length=LONGEST_CARD)]


class DocumentLine(BaseModel):
    """One line of the list of documents. `applies`: whether it feeds advice and search today."""

    id: str
    kind: DocumentKind
    title: str
    version: str
    number: int
    origin: Origin
    passages: int
    playbooks: int
    added_at: Moment
    valid_from: date | None
    valid_until: date | None
    applies: bool
    remarks: tuple[Remark, ...]


class DocumentsAnswer(BaseModel):
    """All documents that feed advice and search."""

    documents: list[DocumentLine]


class VersionLine(BaseModel):
    """One version of a document."""

    number: int
    version: str
    status: VersionStatus
    title: str
    origin: Origin
    added_at: Moment
    valid_from: date | None
    valid_until: date | None
    passages: int


class VersionsAnswer(BaseModel):
    """All versions of a document, oldest first."""

    id: str
    versions: list[VersionLine]


class VersionAnswer(BaseModel):
    """What one version of a document holds."""

    id: str
    version: VersionLine
    sections: list[Section]


class UploadAnswer(BaseModel):
    """What became of one file. `replaceable`: the same again with `replace` would make it the new version."""

    file: str
    status: Status
    reason: str
    remarks: tuple[Remark, ...]
    replaceable: bool
    document: str


class ActivateRequest(BaseModel):
    """Which version is to be the active one."""

    number: Annotated[int, Field(ge=1)]


class ValidityRequest(BaseModel):
    """The days on which a document applies, first and last included; null is no limit."""

    valid_from: date | None = None
    valid_until: date | None = None


class PlaybookLine(BaseModel):
    """One line of the list of playbooks. `document` is its own id, or the document that it was made from."""

    id: str
    document: str
    title: Text
    sectors: tuple[Sector, ...]
    hazard: Hazard
    actions: int
    signals: dict[Lang, int]
    version: str
    number: int
    origin: Origin
    versions: int
    applies: bool


class PlaybooksAnswer(BaseModel):
    """All playbooks, and the ids that they may use for owners and needs, with their names."""

    playbooks: list[PlaybookLine]
    roles: dict[str, Text]
    needs: dict[str, Text]


class PlaybookText(BaseModel):
    """A playbook as text to edit. `number` is the version's, to be given back when the edit is saved."""

    id: str
    text: str
    number: int
    status: VersionStatus
    origin: Origin


class DraftRequest(BaseModel):
    """A playbook's text as it stands in the editor."""

    text: CardText


class CheckAnswer(BaseModel):
    """What is wrong with a text. `id` and `title` are empty until it can be read."""

    ok: bool
    id: str
    title: Text
    notes: tuple[Note, ...]


class PreviewRequest(DraftRequest):
    """A text to try. `incident` is what staff would type; without it the first signal in `lang` is asked."""

    incident: Annotated[str, Field(max_length=4000)] = ""
    lang: Lang = "zh"
    site: Annotated[str, Field(max_length=100)] | None = None
    signals: bool = True


class HeardLine(BaseModel):
    """One utterance and what would answer it: `leading` is the card that leads, with its title, or empty."""

    text: str
    lang: Lang
    standing: Standing
    leading: str
    title: Text
    confidence: float


class PreviewAnswer(BaseModel):
    """What the draft would do. `asked` is the utterance that `advice` answers."""

    heard: list[HeardLine]
    asked: HeardLine
    advice: Advice


class SaveRequest(DraftRequest):
    """A text to save as the new active version; `base` is the number of the version edited, null for a new card."""

    base: int | None = None


class SaveAnswer(BaseModel):
    """What became of it."""

    id: str
    status: Status
    number: int


class GapLine(BaseModel):
    """An incident that nothing covered, with the card that came nearest."""

    id: int
    text: str
    lang: Lang
    site: str
    nearest: str
    nearest_title: Text
    confidence: float
    noted_at: Moment
    handled: bool
    times: int


class GapsAnswer(BaseModel):
    """Gaps, newest first. `more`: there are older ones than these."""

    gaps: list[GapLine]
    more: bool


class GapRequest(BaseModel):
    """Whether somebody saw to a gap."""

    handled: bool


Confirmed = Literal["removed"]


class RemovedAnswer(BaseModel):
    """A document is gone with all its versions."""

    id: str
    status: Confirmed = "removed"
