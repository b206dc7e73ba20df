"""Do both languages give the same times and measures? A burn cooled for 10 minutes is not one cooled for 20."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from assistant.knowledge.checks.card import Card
from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.checks.said import texts_of

ENGLISH_DIGITS = "zero one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
ENGLISH_NUMBERS = {word: float(value) for value, word in enumerate(ENGLISH_DIGITS)} | {
    "fifteen": 15.0,
    "twenty": 20.0,
    "thirty": 30.0,
    "forty": 40.0,
    "fifty": 50.0,
    "sixty": 60.0,
}
CHINESE_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
# “Times” and “个” are left out: they count what the other language may leave uncounted.
ENGLISH = re.compile(
    rf"(?<![\w.])(\d+(?:\.\d+)?|{'|'.join(ENGLISH_NUMBERS)})[ -](second|minute|hour|day|metre|meter|cm|kg)s?\b", re.I
)
CHINESE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?|[零一二两三四五六七八九十]+)\s?个?(秒|分钟|小时|钟头|天|米|厘米|公斤)")
UNITS = {
    "second": "seconds",
    "minute": "minutes",
    "hour": "hours",
    "day": "days",
    "metre": "metres",
    "meter": "metres",
    "cm": "centimetres",
    "kg": "kilograms",
    "秒": "seconds",
    "分钟": "minutes",
    "小时": "hours",
    "钟头": "hours",
    "天": "days",
    "米": "metres",
    "厘米": "centimetres",
    "公斤": "kilograms",
}
Quantities = Mapping[str, frozenset[float]]
"""Numbers by unit."""


def differing_quantities(card: Card) -> Iterator[Finding]:
    """Texts whose languages give different numbers in the same unit."""
    for said in texts_of(card):
        if not said.complete:
            continue
        english, chinese = _english(said.text["en"]), _chinese(said.text["zh"])
        for unit in sorted(english.keys() & chinese.keys()):
            if english[unit] != chinese[unit]:
                text = f"{said.name}: {_named(english[unit])} {unit} in en, but {_named(chinese[unit])} in zh"
                yield card.warning("quantities", f"{text}; make them agree", *said.marks("zh"))


def _english(text: str) -> Quantities:
    return _grouped((_english_number(number.casefold()), unit) for number, unit in ENGLISH.findall(text))


def _chinese(text: str) -> Quantities:
    return _grouped((_chinese_number(number), unit) for number, unit in CHINESE.findall(text))


def _english_number(text: str) -> float:
    return ENGLISH_NUMBERS[text] if text in ENGLISH_NUMBERS else float(text)


def _chinese_number(text: str) -> float:
    """Up to 99, as “二十五” writes it."""
    if text[0].isdigit():
        return float(text)
    tens, ten, ones = text.rpartition("十")
    units = CHINESE_DIGITS.get(ones[-1:], 0)
    return float((CHINESE_DIGITS.get(tens[-1:], 1) * 10 if ten else 0) + units)


def _grouped(found: Iterator[tuple[float, str]]) -> Quantities:
    groups: dict[str, set[float]] = defaultdict(set)
    for number, unit in found:
        groups[UNITS[unit.casefold()]].add(number)
    return {unit: frozenset(numbers) for unit, numbers in groups.items()}


def _named(numbers: frozenset[float]) -> str:
    return " and ".join(f"{number:g}" for number in sorted(numbers))
