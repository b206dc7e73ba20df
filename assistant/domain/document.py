"""Documents and the passages that can be cited from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.domain.vocabulary import Lang

DocumentKind = Literal["playbook", "digest", "document"]


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


@dataclass(frozen=True, slots=True)
class Document:
    """What was read from one file. `name` is the path relative to what was ingested, or the playbook's id."""

    name: str
    kind: DocumentKind
    title: str
    version: str
    passages: tuple[Passage, ...]
