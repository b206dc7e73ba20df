"""What a draft would do before it is saved: which of its own signals would find it, and what staff would read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.advice.adviser import AdviceRequest, Adviser, Answer
from assistant.domain.playbook import Playbook
from assistant.domain.site import Site
from assistant.domain.vocabulary import Lang

Standing = Literal["first", "beside", "other", "none"]
"""Where the draft stands in the answer: it leads, it speaks beside another card, another card answers, or none does."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One utterance and what would answer it; `leading` is the card that leads, empty where none covers it."""

    text: str
    lang: Lang
    standing: Standing
    leading: str
    confidence: float


def hear(adviser: Adviser, draft: Playbook, site: Site) -> Iterator[Heard]:
    """Every signal of the draft, asked as staff of the site would type it."""
    for lang, signals in draft.signals.items():
        for text in signals:
            yield heard(adviser.advise(AdviceRequest(text, site)), draft, text, lang)


def heard(answer: Answer, draft: Playbook, text: str, lang: Lang) -> Heard:
    """What an answer means for the draft."""
    advice = answer.advice
    cards = list(dict.fromkeys(action.id.rpartition("/")[0] for action in advice.actions))
    leading = _leading(cards, answer) if advice.covered else ""
    standing: Standing = "none"
    if leading:
        standing = "first" if leading == draft.id else "beside" if draft.id in cards else "other"
    return Heard(text, lang, standing, leading, advice.confidence)


def _leading(cards: list[str], answer: Answer) -> str:
    """The card whose goal is shown: in a merged answer its actions need not come first."""
    goal = answer.advice.sources[0].document if answer.advice.sources else ""
    return next((card for card in cards if card == goal), cards[0] if cards else goal)
