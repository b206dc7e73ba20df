"""Documents, the passages that can be cited from them, and when they apply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.domain.vocabulary import Lang

DocumentKind = Literal["playbook", "digest", "document"]

RemarkKind = Literal["hidden", "order", "unread", "recognised"]
"""`hidden`: text that no reader of the file sees, left out. `order`: a sentence that orders the assistant about,
left out. `unread`: a part that could not be read. `recognised`: a scanned page read by OCR, to be checked."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a manager should know about a file; `text` is what was left out, or says what was not read."""

    kind: RemarkKind
    locator: str
    text: str


@dataclass(frozen=True, slots=True)
class Validity:
    """The days on which a document applies, first and last included; None is no limit."""

    start: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the document applies on that day."""
        return (self.start is None or self.start <= day) and (self.until is None or day <= self.until)

    def __str__(self) -> str:
        parts = [f"from {self.start}"] if self.start else []
        parts += [f"until {self.until}"] if self.until else []
        return f"valid {' '.join(parts)}" if parts else "valid without limit"


ALWAYS = Validity()


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document that can be cited word for word.

    `locator` says where it stands, for people: a heading path, a page. `heading` is what is put
    before the text when it is indexed, so that a passage is found by its section's subject too.
    """

    text: str
    locator: str
    lang: Lang
    heading: str = ""

    @property
    def indexed_text(self) -> str:
        """What is encoded: its heading says what the text is about."""
        return f"{self.heading}\n{self.text}" if self.heading else self.text


@dataclass(frozen=True, slots=True)
class Document:
    """What was read from one file. `name` is the path relative to what was ingested, or the playbook's id."""

    name: str
    kind: DocumentKind
    title: str
    version: str
    passages: tuple[Passage, ...]
    remarks: tuple[Remark, ...] = ()
