"""A playbook as a document: the passages that its advice cites."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.domain.document import Document, Passage
from assistant.domain.playbook import Action, Avoid, Option, Playbook
from assistant.domain.vocabulary import Lang, Text

GOAL: Text = {"en": "Goal", "zh": "目标"}
"""Where a playbook's goal stands."""


def document_of(playbook: Playbook) -> Document:
    """One passage for the goal and for each entry, in each language that the card is written in."""
    passages = tuple(passage for lang in playbook.langs for passage in _passages(playbook, lang))
    title = playbook.title.get("en") or playbook.title["zh"]
    return Document(playbook.id, "playbook", title, playbook.version, passages)


def _passages(playbook: Playbook, lang: Lang) -> Iterator[Passage]:
    title = playbook.title[lang]
    if goal := playbook.goal.get(lang):
        yield Passage(goal, GOAL[lang], lang, title)
    entries: list[Action | Option | Avoid] = [*playbook.actions, *playbook.options, *playbook.avoid]
    for entry in entries:
        if text := entry.text.get(lang):
            said = entry.say.get(lang, "") if isinstance(entry, Action) else ""
            whole = f"{text}\n“{said}”" if said else text
            yield Passage(whole, entry.locator[lang], lang, title)
