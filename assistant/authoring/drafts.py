"""A playbook's text while somebody writes it: what is wrong, where, and how to mend it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.advice.envelope import Envelope
from assistant.domain.language import language_of
from assistant.domain.playbook import Playbook
from assistant.errors import InvalidPlaybook, UnknownName
from assistant.knowledge.checks.card import Card
from assistant.knowledge.checks.completeness import missing_and_overlong
from assistant.knowledge.checks.quantities import differing_quantities
from assistant.knowledge.checks.readability import hard_to_read
from assistant.knowledge.corpus import Corpus
from assistant.knowledge.playbook_reader import read_playbook
from assistant.knowledge.playbook_writer import write_playbook
from assistant.knowledge.screening import order_in
from assistant.records.contents import Contents

DRAFT = "draft"
FAULT = re.compile(rf"{DRAFT}:(\d+): (.*)", re.S)


@dataclass(frozen=True, slots=True)
class Note:
    """One fault (`error`: cannot be saved) or weakness (`warning`), with its line and, where one is known, the mend."""

    level: Literal["error", "warning"]
    line: int
    text: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text with what was read from it; without a playbook it cannot be saved."""

    text: str
    playbook: Playbook | None
    notes: tuple[Note, ...]


def read_draft(text: str, corpus: Corpus, envelope: Envelope) -> Draft:
    """Read a text as a playbook; what is wrong with it becomes notes, never an error."""
    try:
        playbook = read_playbook(text, DRAFT, corpus.vocabulary)
    except InvalidPlaybook as error:
        return Draft(text, None, tuple(_note("error", fault) for fault in str(error).splitlines()))
    if order := order_in(playbook):
        place = _line_of(text, order)
        return Draft(
            text, None, (Note("error", place, f"{order[:100]!r} gives orders to the assistant", "take it out"),)
        )
    return Draft(text, playbook, (*_beyond(playbook, text, envelope), *_weak(playbook, text)))


def require_playbook(draft: Draft) -> Playbook:
    """The playbook of a draft. Raises InvalidPlaybook with the first fault."""
    if draft.playbook is None:
        first = draft.notes[0]
        raise InvalidPlaybook(f"line {first.line}: {first.text}" + (f"; {first.mend}" if first.mend else ""))
    return draft.playbook


def text_of(corpus: Corpus, id_: str, contents: Contents) -> str:
    """A stored card as text: the shipped file as it stands where it is that one, else written out.

    Raises UnknownName for a document that is no playbook.
    """
    card = next((known for known in contents.playbooks if known.id == known.document == id_), None)
    if card is None:
        raise UnknownName(f"{id_!r} is no playbook that could be edited; its cards are made from a document: edit that")
    for name, path in corpus.documents():
        if name == id_ and hashlib.sha256(path.read_bytes()).hexdigest() == contents.info.content_hash:
            return path.read_text(encoding="utf-8-sig")
    return write_playbook(card)


def _note(level: Literal["error", "warning"], fault: str) -> Note:
    match = FAULT.match(fault)
    line, said = (int(match[1]), match[2]) if match else (1, fault)
    text, _, mend = said.rpartition("; ")
    return Note(level, line, text, mend) if text else Note(level, line, said)


def _weak(playbook: Playbook, text: str) -> Iterator[Note]:
    """What the plain checks of `improv corpus check` say of one card."""
    card = Card(DRAFT, playbook, tuple(text.splitlines()))
    for finding in (*missing_and_overlong(card), *differing_quantities(card), *hard_to_read(card)):
        yield _note("warning", finding.message)


def _beyond(playbook: Playbook, text: str, envelope: Envelope) -> Iterator[Note]:
    """Entries that no advice will show, because they cross a limit of the house."""
    for id_, texts in _shown(playbook):
        for said in texts:
            for limit in envelope.crossed(said, language_of(said)):
                cause = f"{id_}: crosses the limit {limit.id!r}, so advice will leave it out"
                yield Note("warning", _line_of(text, said), cause, "word it inside the limit")


def _shown(playbook: Playbook) -> Iterator[tuple[str, Sequence[str]]]:
    for action in playbook.actions:
        yield action.id, [*action.text.values(), *action.say.values()]
    for option in playbook.options:
        yield option.id, list(option.text.values())


def _line_of(text: str, words: str) -> int:
    """The first line that holds the words, else the first line."""
    return next((number for number, line in enumerate(text.splitlines(), 1) if words in line), 1)
