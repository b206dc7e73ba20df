"""A card written out is read back as the same card."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import assistant
from assistant.knowledge.corpus import Corpus
from assistant.knowledge.playbook_reader import read_playbook
from assistant.knowledge.playbook_writer import write_playbook

CORPUS = Corpus(Path(assistant.__file__).parents[1] / "corpus")
FILES = sorted((CORPUS.root / "playbooks").glob("*.md"))
ODD = [
    'has "quotes" inside',
    "key: value",
    "- a dash",
    "# no comment",
    "yes",
    "12",
    "",
    "100%",
    "'single'",
    "[a, b]",
    "冒号：好",
]


def read(text):
    return read_playbook(text, "card.md", CORPUS.vocabulary)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_card_survives(path):
    card = read(path.read_text(encoding="utf-8"))
    assert read(write_playbook(card)) == card


def test_most_shipped_cards_are_written_as_they_stand():
    same = [
        path
        for path in FILES
        if write_playbook(read(path.read_text(encoding="utf-8"))) == path.read_text(encoding="utf-8")
    ]
    assert len(same) > len(FILES) * 0.8


@pytest.mark.parametrize("words", [words for words in ODD if words])
def test_odd_words_survive(words):
    card = read((CORPUS.root / "playbooks" / "hotel.room-not-ready.md").read_text(encoding="utf-8"))
    odd = replace(card, title={"en": words, "zh": words}, signals={"en": (words,)}, version=words, references=(words,))
    assert read(write_playbook(odd)) == odd


@pytest.mark.parametrize("words", ["the room", "a, b", 'a "b"', "{x}", "间房"])
def test_words_of_a_slot_survive(words):
    card = read((CORPUS.root / "playbooks" / "hotel.room-not-ready.md").read_text(encoding="utf-8"))
    action = replace(card.actions[0], text={"en": f"Look at {words} now"})
    odd = replace(card, slots={"room": {"en": words}}, actions=(action, *card.actions[1:]))
    assert read(write_playbook(odd)) == odd
