"""By when a sentence says that something has to be done."""

from __future__ import annotations

import re
from collections.abc import Mapping

AT_ONCE_S = 60

UNITS: Mapping[str, int] = {
    "sec": 1,
    "min": 60,
    "hour": 3600,
    "hr": 3600,
    "day": 86400,
    "秒": 1,
    "分钟": 60,
    "刻钟": 900,
    "小时": 3600,
    "钟头": 3600,
    "天": 86400,
    "日": 86400,
    "工作日": 86400,
}
EN_NUMBERS: Mapping[str, float] = {
    word: value
    for value, words in enumerate(
        ["", "a an one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
    for word in words.split()
} | {"fifteen": 15, "twenty": 20, "thirty": 30, "forty-five": 45, "sixty": 60, "half an": 0.5, "half a": 0.5}
EN_NUMBER = "|".join(re.escape(word) for word in sorted(EN_NUMBERS, key=len, reverse=True))
ZH_DIGITS = "零一二三四五六七八九"

DEADLINE = re.compile(
    rf"""
      \b(?:within|in\s+under|in\s+less\s+than|no\s+later\s+than)\s+(?:the\s+(?:first|next)\s+)?
      (?P<en>\d+(?:\.\d+)?|{EN_NUMBER})[\s-]*
      (?P<en_unit>sec|min|hour|hr|day)(?:ond|ute)?s?\b
    | (?P<zh>\d+(?:\.\d+)?|[一二两三四五六七八九十半]{{1,3}})\s*个?
      (?P<zh_unit>秒|分钟|刻钟|小时|钟头|工作日|天|日)钟?(?:之内|以内|内)
    | (?P<now>\b(?:immediately|at\s+once|right\s+away|straight\s+away|without\s+delay|instantly)\b
      |立即|立刻|马上|第一时间|即刻)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def deadline_in(text: str) -> int | None:
    """Seconds, by the first time that the text names, or None where it names none."""
    match = DEADLINE.search(text)
    if match is None:
        return None
    if match["now"]:
        return AT_ONCE_S
    amount = _english(match["en"]) if match["en"] else _chinese(match["zh"])
    return round(amount * UNITS[(match["en_unit"] or match["zh_unit"]).lower()])


def _english(number: str) -> float:
    return EN_NUMBERS[number.lower()] if number.lower() in EN_NUMBERS else float(number)


def _chinese(number: str) -> float:
    """Numbers up to 99, and `半` for a half."""
    if number == "半":
        return 0.5
    if number[0].isdigit():
        return float(number)
    tens, ten, ones = number.replace("两", "二").rpartition("十")
    value = (ZH_DIGITS.index(tens) if tens in ZH_DIGITS and tens else 1) * 10 if ten else 0
    return float(value + (ZH_DIGITS.index(ones[0]) if ones and ones[0] in ZH_DIGITS else 0))
