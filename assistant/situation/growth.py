"""A conversation's state: the Situation of its incident, which grows with every note that staff add to it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from itertools import pairwise

from assistant.domain.site import Site
from assistant.domain.situation import Situation
from assistant.domain.vocabulary import Lang, in_lang
from assistant.index.segmentation import terms

MOST_NOTES = 6
EVERYDAY = frozenset(
    terms("the a an he she they his her to of and or not no want wants take one 他 她 不 要 客人 我们")
)


def grown(
    before: Situation, note: Situation, kind: str, needs: Mapping[str, Sequence[str]], refused: Sequence[str]
) -> Situation:
    """The same incident, knowing more: what was refused, what is needed besides, details, mood, urgency."""
    return dataclasses.replace(
        before,
        lang=note.lang,
        notes=(*before.notes, note.text)[-MOST_NOTES:],
        refused=tuple(dict.fromkeys((*before.refused, *refused))),
        wanted=tuple(dict.fromkeys((*before.wanted, *needs.get(kind, ())))),
        details={**before.details, **note.details},
        guest_state=note.guest_state if kind == "worse" else before.guest_state,
        urgency="now" if kind == "worse" else before.urgency,
    )


def refused_in(note: str, lang: Lang, site: Site, offered: Mapping[str, str]) -> list[str]:
    """Ids of what the note refuses: resources of the site and options offered that it names.

    `offered` are options by id, in the order shown; where the note names nothing, it means the first of them.
    """
    words = _words(note)
    named = [f"resource:{r.id}" for r in site.resources if _alike(words, in_lang(r.name, lang))]
    named += [id_ for id_, text in offered.items() if _alike(words, text)]
    return named or list(offered)[:1]


def _alike(words: frozenset[str], text: str) -> bool:
    return bool(words & _words(text))


def _words(text: str) -> frozenset[str]:
    """Telling terms; for Chinese also neighbouring signs, as “餐券” stands within “早餐券”."""
    found = set(terms(text)) - EVERYDAY
    chinese = [sign for sign in text if "\u4e00" <= sign <= "\u9fff"]
    joined = {first + second for first, second in pairwise(chinese)}
    return frozenset({word for word in found if len(word) > 1} | {pair for pair in joined if pair not in {"客人"}})
