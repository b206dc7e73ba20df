"""Every piece of text of a card that is written in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.domain.vocabulary import Lang, Text
from assistant.knowledge.checks.card import Card


@dataclass(frozen=True, slots=True)
class Said:
    """One text; `name` as a manager would point at it (`goal`, `own-the-wait`, `own-the-wait.say`)."""

    card: Card
    name: str
    text: Text
    heading: str

    def marks(self, lang: Lang) -> tuple[str, ...]:
        """What leads to its line in the file."""
        field = f"- {lang}.say:" if self.name.endswith(".say") else f"{lang}:"
        return (self.heading, field)

    @property
    def complete(self) -> bool:
        """Whether it is there in both languages."""
        return len(self.text) == 2


def texts_of(card: Card) -> Iterator[Said]:
    """Title, goal, actions with what to say, options and what to avoid. Signals need not match one by one."""
    playbook = card.playbook
    yield Said(card, "title", playbook.title, "title:")
    yield Said(card, "goal", playbook.goal, "goal:")
    for action in playbook.actions:
        yield Said(card, action.id, action.text, f"### {action.id}")
        if action.say:
            yield Said(card, f"{action.id}.say", action.say, f"### {action.id}")
    for option in playbook.options:
        yield Said(card, option.id, option.text, f"### {option.id}")
    for avoid in playbook.avoid:
        yield Said(card, avoid.id, avoid.text, f"### {avoid.id}")
