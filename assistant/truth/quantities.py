"""Numbers as they are written in Chinese and English, with the unit where one follows: `(300.0, "s")`."""

from __future__ import annotations

import re
from collections.abc import Iterator

Quantity = tuple[float, str]
"""A value and its unit: `s` seconds, `clock` minutes since midnight, `money`, `%`, a Chinese measure word, or none."""

SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
EN_WORDS = {word: float(n) for n, word in enumerate(SMALL.split(), 1)}
EN_WORDS |= {word: 10.0 * n for n, word in enumerate(TENS.split(), 2)}
EN_WORDS |= {"hundred": 100.0, "thousand": 1000.0, "dozen": 12.0}
EN_NUMBER = rf"\d[\d,]*(?:\.\d+)?|(?:a |an )?(?:{'|'.join(EN_WORDS)})(?:[- ](?:{'|'.join(EN_WORDS)}))*"
EN_UNITS = (
    ("s", 1.0, r"seconds?|secs?"),
    ("s", 60.0, r"minutes?|mins?"),
    ("s", 3600.0, r"hours?|hrs?"),
    ("s", 86400.0, r"days?|nights?"),
    ("s", 604800.0, r"weeks?"),
    ("money", 1.0, r"yuan|rmb|cny|dollars?|pounds?|euros?|usd"),
    ("%", 1.0, r"%|per ?cent|percent"),
)
ZH_DIGITS = {sign: float(n) for n, sign in enumerate("零一二三四五六七八九")} | {"两": 2.0, "〇": 0.0, "俩": 2.0}
ZH_PLACES = {"十": 10.0, "百": 100.0, "千": 1000.0, "万": 10000.0}
ZH_NUMBER = r"\d[\d,]*(?:\.\d+)?|[零〇一二两三四五六七八九十百千万]+"
ZH_UNITS = (
    ("s", 1.0, r"秒钟?"),
    ("s", 900.0, r"刻钟"),
    ("s", 60.0, r"分钟|分(?!之|开|别|清|给|成|流|店|机|工|类)"),
    ("s", 3600.0, r"个?(?:小时|钟头|钟)"),
    ("s", 86400.0, r"天|晚|夜|日内"),
    ("s", 604800.0, r"个?(?:星期|礼拜)|周"),
    ("money", 1.0, r"元|块钱?(?!儿)|人民币"),
    ("%", 1.0, r"%|％"),
)
ZH_COUNTED = (
    "个|位|人|名|张|间|份|次|件|杯|瓶|遍|趟|条|步|句|桌|台|楼|层|号|房|成|倍|折|米|公里|岁|路|单|通|袋|箱"
    "|把|辆|项|家|场|排|碗|盘|锅|样|批|组|双|只|笔|颗|片|根|支|本|封|座|种|班|节|道|门|声|口|顿|盒|副|套|趟"
)
ANY_COUNTED = {"个", "位", "人", "名", "号", "只", "件", ""}
"""Measure words that may stand for one another; the others count different things."""
ZH_NO_NUMBER = (
    "一(?:下|会|点|些|起|样|定|直|切|边|般|旦|致|律|共|并|同|时|面|味|再|手|方|时间|个|位|句"
    "|次|件|道|路|眼|步|遍|家|旁|侧|带|线|场|口|声|种|块儿|张|把|份|条|趟)"
)
"""“One” that counts nothing: left out unless a unit of time or money follows."""
THESE = r"\b(?:those|these|of|the|you|us|other)\s$"
CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3])[:：]([0-5]\d)\s?(am|pm)?|\b(1[0-2]|[1-9])\s?(am|pm)\b", re.I)
ZH_CLOCK = re.compile(rf"({ZH_NUMBER})点(半|钟|({ZH_NUMBER})分?)?(?!儿|心|单|菜|餐|头|了?个?头|击|评|名|数)")
HALF = re.compile(r"(?:half an|half a|半个?)\s?(hour|day|小时|钟头|天)", re.I)
PER_HUNDRED = re.compile(rf"百分之({ZH_NUMBER})")
MONEY = re.compile(r"[¥￥$€£]\s?(\d[\d,]*(?:\.\d+)?)")
HALVES = {"hour": 1800.0, "小时": 1800.0, "钟头": 1800.0, "day": 43200.0, "天": 43200.0}


def quantities(text: str) -> set[Quantity]:
    """Every quantity in the text, whichever language it is written in."""
    found: set[Quantity] = set()
    for pattern, read in (
        (HALF, lambda m: (HALVES[m[1].casefold()], "s")),
        (MONEY, lambda m: (_plain(m[1]), "money")),
        (PER_HUNDRED, lambda m: (_chinese(m[1]), "%")),
        (CLOCK, _clock),
        (ZH_CLOCK, _chinese_clock),
    ):
        found |= {read(match) for match in pattern.finditer(text)}
        text = pattern.sub(" ", text)
    return found | set(_english_quantities(text)) | set(_chinese_quantities(text))


def _english_quantities(text: str) -> Iterator[Quantity]:
    units = "|".join(f"(?P<u{n}>{words})" for n, (_, _, words) in enumerate(EN_UNITS))
    for match in re.finditer(rf"(?<![A-Za-z0-9_.,])({EN_NUMBER})(?:[ -]?(?:{units})(?![a-z]))?", text, re.I):
        value = _english(match[1])
        unit = next((n for n in range(len(EN_UNITS)) if match[f"u{n}"]), None)
        if unit is None and (match[1].casefold() in {"one", "a one"} or re.search(THESE, text[: match.start()], re.I)):
            continue  # mostly a pronoun
        yield (value, "") if unit is None else (value * EN_UNITS[unit][1], EN_UNITS[unit][0])


def _chinese_quantities(text: str) -> Iterator[Quantity]:
    units = "|".join(f"(?P<u{n}>{words})" for n, (_, _, words) in enumerate(ZH_UNITS))
    for match in re.finditer(rf"({ZH_NUMBER})\s?(?:(?:{units})|(?P<counted>{ZH_COUNTED}))?", text):
        unit = next((n for n in range(len(ZH_UNITS)) if match[f"u{n}"]), None)
        if unit is not None:
            yield _chinese(match[1]) * ZH_UNITS[unit][1], ZH_UNITS[unit][0]
        elif match[1][0].isdigit():
            continue  # read with the English ones, as digits have no language
        elif (
            match["counted"]
            and not re.match(ZH_NO_NUMBER, text[match.start() :])
            and text[match.start() - 1 :][:1] != "第"
        ):
            yield _chinese(match[1]), "" if match["counted"] in ANY_COUNTED else match["counted"]


def _english(words: str) -> float:
    if words[0].isdigit():
        return _plain(words)
    total = 0.0
    for word in re.findall(r"[a-z]+", words.casefold()):
        if word in {"hundred", "thousand", "dozen"}:
            total = max(total, 1.0) * EN_WORDS[word]
        else:
            total += EN_WORDS.get(word, 0.0)
    return total


def _chinese(number: str) -> float:
    if number[0].isdigit():
        return _plain(number)
    total, digit = 0.0, 0.0
    for sign in number:
        if sign in ZH_PLACES:
            total += (digit or (0.0 if total else 1.0)) * ZH_PLACES[sign]
            digit = 0.0
        else:
            digit = ZH_DIGITS[sign]
    return total + digit


def _plain(digits: str) -> float:
    return float(digits.rstrip(",").replace(",", ""))


def _clock(match: re.Match[str]) -> Quantity:
    hour, minute = (int(match[1]), int(match[2])) if match[1] else (int(match[4]), 0)
    half = (match[3] or match[5] or "").casefold()
    # Morning or afternoon is seldom told on both sides: the clock has twelve hours.
    return float((hour % 12 if half or hour <= 12 else hour - 12) * 60 + minute), "clock"


def _chinese_clock(match: re.Match[str]) -> Quantity:
    hour = int(_chinese(match[1]))
    minute = 30 if match[2] == "半" else int(_chinese(match[3])) if match[3] else 0
    return float((hour % 12 if hour <= 12 else hour - 12) * 60 + minute), "clock"
