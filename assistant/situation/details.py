"""Details that an incident names: room, table, vehicle, gate, floor, number of people, time, amount.

Rules, because such details are written in a few fixed ways. Each pattern has one group, the detail
itself, and says how to word it in each language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.domain.vocabulary import Lang

EN_WORDS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty"
EN_NUMBER = rf"\d{{1,4}}|{EN_WORDS}"
ZH_NUMBER = r"\d{1,4}|[一二两三四五六七八九十百]{1,4}"
EN_GUESTS = "people|guests|passengers|customers|persons|diners|of them"
ZH_GUESTS = "人|客人|顾客|旅客|乘客|游客"
EN_ORDINALS = r"\d{1,2}(?:st|nd|rd|th)|ground|first|second|third|fourth|fifth|sixth"
CLOCK = r"(?:[01]?\d|2[0-3])[:.][0-5]\d\s?(?:am|pm)?|(?:1[0-2]|[1-9])\s?(?:am|pm)"
HALF_OF_DAY = "上午|下午|晚上|中午|早上|凌晨"
ZH_HOUR = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
ZH_CLOCK = rf"(?:(?:{HALF_OF_DAY})|(?!一点))(?:{ZH_HOUR})点(?:半|\d{{1,2}}分?)?"  # “一点” alone is “a little”
FLIGHT = r"(?!rm|no)(?:(?-i:[A-Z]{2})\s|[a-z]{2})\d{3,4}"
"""With a space only in capitals: “in 412” is no flight."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`pattern` finds a detail of `kind`; `en` and `zh` word it."""

    kind: str
    pattern: re.Pattern[str]
    en: str = "{}"
    zh: str = "{}"
    upper: bool = False


def _rule(kind: str, pattern: str, en: str = "{}", zh: str = "{}", *, upper: bool = False) -> Rule:
    return Rule(kind, re.compile(pattern, re.I), en, zh, upper)


RULES = (
    _rule("room", r"\b(?:room|rm|suite)\.?\s*(?:no\.?\s*|number\s*)?(\d{2,5}[a-z]?)\b", "room {}", "{}房", upper=True),
    _rule("room", r"(\d{3,5}[a-z]?)\s*号?(?:房间|房|室)", "room {}", "{}房", upper=True),
    _rule("table", rf"\btable\s*(?:no\.?\s*)?({EN_NUMBER})\b", "table {}", "{}号桌"),
    _rule("table", rf"({ZH_NUMBER})\s*号?\s*(?:桌|台)", "table {}", "{}号桌"),
    _rule("vehicle", rf"(?<![a-z0-9])({FLIGHT})(?![0-9])", "flight {}", "{}航班", upper=True),
    _rule("vehicle", r"(?<![a-z0-9])([gdcztk]\d{1,4})(?![0-9])(?:次|车|列车)?", "train {}", "{}次列车", upper=True),
    _rule("gate", r"\bgate\s*([a-z]?\d{1,3}[a-z]?)\b", "gate {}", "{}登机口", upper=True),
    _rule("gate", r"([a-z]?\d{1,3}[a-z]?)\s*号?\s*(?:登机口|检票口)", "gate {}", "{}登机口", upper=True),
    _rule("floor", rf"\b({EN_ORDINALS})\s+floor\b", "the {} floor"),
    _rule("floor", r"([一二三四五六七八九十]{1,3}|\d{1,2})\s*(?:楼|层)(?![上下梯])", "floor {}", "{}楼"),
    _rule("count", rf"\bparty of\s+({EN_NUMBER})\b", "{} people", "{}个人"),
    _rule("count", rf"\b({EN_NUMBER})\s+(?:{EN_GUESTS})\b", "{} people", "{}个人"),
    _rule("count", rf"({ZH_NUMBER})\s*多?\s*(?:个|位|名)(?:{ZH_GUESTS})", "{} people", "{}个人"),
    _rule("amount", r"([¥$€£]\s?\d[\d,]*(?:\.\d+)?)"),
    _rule("amount", r"(\d[\d,]*(?:\.\d+)?)\s?(?:yuan|rmb|元|块钱|块)", "{} yuan", "{}元"),
    _rule("time", rf"\b({CLOCK})\b"),
    _rule("time", rf"({ZH_CLOCK})"),
)


def read_details(text: str, lang: Lang) -> dict[str, str]:
    """The first detail of each kind, worded for `lang`: `{"room": "room 1208"}`.

    What cannot be said in `lang` as it stands (“二十” in English) is left out: better the card's own
    words than half a translation.
    """
    first: dict[str, tuple[int, str]] = {}
    for kind, place, wording in _found(text, lang):
        if kind not in first or place < first[kind][0]:
            first[kind] = (place, wording)
    return {kind: wording for kind, (_, wording) in first.items()}


def _found(text: str, lang: Lang) -> Iterator[tuple[str, int, str]]:
    for rule in RULES:
        if match := rule.pattern.search(text):
            detail = match[1].strip()
            if lang == "en" and not detail.isascii() and detail[0] not in "£€¥":
                continue
            if lang == "zh" and re.search(rf"\b(?:{EN_WORDS}|{EN_ORDINALS})\b", detail, re.I):
                continue
            template = rule.zh if lang == "zh" else rule.en
            yield rule.kind, match.start(), template.format(detail.upper() if rule.upper else detail)
