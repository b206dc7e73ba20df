"""Headings in text that has no styles: guessed from their numbers, and rather too few than wrong ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.knowledge.text import columns

LONGEST = 60
"""Columns: ten English words or thirty Chinese characters."""

HAN_NUMBER = r"[一二三四五六七八九十百\d]{1,4}"
UNIT = r"(?:分钟|小时|秒|天|日|周|月|年|人|名|位|元|号|楼|层|次|个|点|时|间|件|份|步)"
FAMILIES: tuple[re.Pattern[str], ...] = (
    re.compile(rf"第{HAN_NUMBER}[章篇编]"),
    re.compile(rf"第{HAN_NUMBER}节"),
    re.compile(r"[一二三四五六七八九十]{1,3}[、.．]"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(rf"\d{{1,2}}(?:[.．、](?!\d)\s*|\s+)(?=[A-Z\u4e00-\u9fff])(?!{UNIT})"),
    re.compile(rf"\d{{1,2}}\.\d{{1,2}}\.?(?!\d|\.\d)\s*(?=[A-Z\u4e00-\u9fff])(?!{UNIT})"),
    re.compile(rf"\d{{1,2}}(?:\.\d{{1,2}}){{2,3}}\.?(?!\d)\s*(?=[A-Z\u4e00-\u9fff])(?!{UNIT})"),
    re.compile(r"【[^【】]+】$"),
)
"""In the order in which they enclose each other; a heading's level is its place here, from 10 on."""

FIRST_LEVEL = 10
CLOSING = re.compile(r"[。！？；，、：,;:.!?…]\W*$")


def guess_levels(lines: Sequence[str]) -> list[int | None]:
    """For each line its level where it looks like a heading, else None.

    Neighbouring lines of one numbering with nothing between are the items of a list, not headings.
    """
    families = [_family(line) for line in lines]
    return [
        None if family is None or family in _neighbours(families, place) else FIRST_LEVEL + family
        for place, family in enumerate(families)
    ]


def is_title(line: str) -> bool:
    """Whether a line that stands alone at the top reads as a title: short, and not closed like a sentence."""
    return 0 < columns(line) <= LONGEST and not CLOSING.search(line)


def _family(line: str) -> int | None:
    if columns(line) > LONGEST or CLOSING.search(line):
        return None
    return next((number for number, family in enumerate(FAMILIES) if family.match(line)), None)


def _neighbours(families: Sequence[int | None], place: int) -> tuple[int | None, ...]:
    return (*families[max(place - 1, 0) : place], *families[place + 1 : place + 2])
