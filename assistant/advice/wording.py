"""Carries the details of an incident into the wording of a card."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.domain.playbook import Playbook
from assistant.domain.situation import Situation
from assistant.domain.vocabulary import Lang


def fill_slots(text: str, playbook: Playbook, situation: Situation, lang: Lang) -> str:
    """Replace the first mention of each slot's words by the detail that the incident names."""
    for kind, detail in situation.details.items():
        phrase = _phrase(playbook.slots, kind, lang)
        if phrase:
            text = _replace_first(text, phrase, detail)
    return text


def _phrase(slots: Mapping[str, Mapping[Lang, str]], kind: str, lang: Lang) -> str:
    return slots.get(kind, {}).get(lang, "")


def _replace_first(text: str, phrase: str, detail: str) -> str:
    # Word boundaries keep “the room” out of “the roommate”; Chinese has none.
    pattern = rf"\b{re.escape(phrase)}\b" if phrase.isascii() else re.escape(phrase)

    def put(match: re.Match[str]) -> str:
        return detail[0].upper() + detail[1:] if match[0][0].isupper() else detail

    return re.sub(pattern, put, text, count=1, flags=re.I)
