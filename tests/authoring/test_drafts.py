"""A text while it is written: what is wrong, in which line, and how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

import assistant
from assistant.advice.envelope import load_envelope
from assistant.authoring.drafts import read_draft, require_playbook
from assistant.errors import InvalidPlaybook
from assistant.knowledge.corpus import Corpus

CORPUS = Corpus(Path(assistant.__file__).parents[1] / "corpus")
ENVELOPE = load_envelope(CORPUS)
TEXT = (CORPUS.root / "playbooks" / "hotel.room-not-ready.md").read_text(encoding="utf-8")
TEMPLATE = Path(assistant.__file__).parent / "web" / "console" / "template.js"


def draft(text):
    return read_draft(text, CORPUS, ENVELOPE)


def test_a_good_text_has_a_card_and_no_notes():
    assert draft(TEXT).playbook.id == "hotel.room-not-ready"
    assert draft(TEXT).notes == ()


def test_each_fault_has_its_line_its_cause_and_its_mend():
    text = TEXT.replace("## Avoid · 避免", "## Never")
    (note,) = [note for note in draft(text).notes if "Never" in note.text]
    assert text.splitlines()[note.line - 1] == "## Never"
    assert note.level == "error"
    assert note.mend.startswith("use one of")
    with pytest.raises(InvalidPlaybook, match=rf"line {draft(text).notes[0].line}: "):
        require_playbook(draft(text))


def test_what_the_two_languages_say_differently_is_told_as_the_check_of_the_corpus_does():
    text = TEXT.replace("Give me two minutes", "Give me nine minutes")
    (note,) = draft(text).notes
    assert note.level == "warning"
    assert ".say" in text.splitlines()[note.line - 1]


def test_an_action_beyond_the_limits_of_the_house_is_told():
    crossing = ENVELOPE.limits[0].crosses["en"]
    text = TEXT.replace(
        "- en: Look up, use the guest's name, say sorry once, and own the wait before any explanation.",
        f"- en: {crossing}",
    )
    notes = [note for note in draft(text).notes if ENVELOPE.limits[0].id in note.text]
    assert notes
    assert notes[0].level == "warning"
    assert crossing in text.splitlines()[notes[0].line - 1]
    assert draft(text).playbook is not None


def test_the_page_begins_a_new_playbook_with_a_text_that_could_be_saved():
    template = TEMPLATE.read_text(encoding="utf-8").split("const NEW = `")[1].split("`;")[0]
    assert draft(template).playbook is not None
    assert {note.level for note in draft(template).notes} <= {"warning"}
