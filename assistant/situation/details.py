"""Details that an incident names: room, table, vehicle, gate, floor, number of people, time, amount.

Rules, because such details are written in a few fixed ways; each pattern says what it takes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from assistant.domain.vocabulary import Lang

EN_NUMBER = r"(?:\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty)"
ZH_NUMBER = r"(?:\d{1,4}|[一二两三四五六七八九十百]{1,4})"

Rule = tuple[re.Pattern[str], Callable[[re.Match[str], Lang], str]]


def _by_lang(en: str, zh: str) -> Callable[[re.Match[str], Lang], str]:
    """Word the first group in the language of the answer."""
    return lambda match, lang: (zh if lang == "zh" else en).format(match[1].upper().strip())


RULES: Mapping[str, tuple[Rule, ...]] = {
    "room": (
        (re.compile(r"\b(?:room|rm|suite)\.?\s*(?:no\.?\s*|number\s*)?(\d{2,5}[a-z]?)\b", re.I), _by_lang("room {}", "{}房")),
        (re.compile(r"(\d{3,5}[a-zA-Z]?)\s*(?:号)?(?:房间|房|室)"), _by_lang("room {}", "{}房")),
    ),
    "table": (
        (re.compile(rf"\btable\s*(?:no\.?\s*)?(\d{{1,3}}|{EN_NUMBER})\b", re.I), _by_lang("table {}", "{}号桌")),
        (re.compile(rf"({ZH_NUMBER})\s*号?\s*(?:桌|台)"), _by_lang("table {}", "{}号桌")),
    ),
    "vehicle": (
        (re.compile(r"\b(?:flight\s*)?([A-Z]{2}\s?\d{3,4})\b"), _by_lang("flight {}", "{}航班")),
        (re.compile(r"(?<![A-Za-z0-9])([A-Z0-9]{2}\d{3,4})\s*(?:次?航班)"), _by_lang("flight {}", "{}航班")),
        (re.compile(r"(?<![A-Za-z0-9])([GDCZTK]\d{1,4})\s*(?:次|车|列车)?(?![0-9])"), _by_lang("train {}", "{}次列车")),
    ),
    "gate": (
        (re.compile(r"\bgate\s*([A-Z]?\d{1,3}[A-Z]?)\b", re.I), _by_lang("gate {}", "{}登机口")),
        (re.compile(r"([A-Z]?\d{1,3}[A-Z]?)\s*号?\s*(?:登机口|检票口)"), _by_lang("gate {}", "{}登机口")),
    ),
    "floor": (
        (re.compile(r"\b(\d{1,2}(?:st|nd|rd|th)|ground|first|second|third|fourth|fifth|sixth)\s+floor\b", re.I),
         lambda match, lang: f"the {match[1].lower()} floor" if lang == "en" else match[0]),
        (re.compile(r"([一二三四五六七八九十]{1,3}|\d{1,2})\s*(?:楼|层)(?!上|下|梯)"),
         lambda match, lang: f"{match[1]}楼" if lang == "zh" else match[0]),
    ),
    "count": (
        (re.compile(rf"\b(?:party of\s+({EN_NUMBER})|({EN_NUMBER})\s+(?:people|guests|passengers|customers|persons|diners|of them))\b", re.I),
         lambda match, lang: f"{match[1] or match[2]} people" if lang == "en" else f"{match[1] or match[2]}个人"),
        (re.compile(rf"({ZH_NUMBER})\s*(?:多)?\s*(?:个|位|名)(?:人|客人|顾客|旅客|乘客|游客)"),
         lambda match, lang: f"{match[1]}个人" if lang == "zh" else f"{match[1]} people"),
    ),
    "amount": (
        (re.compile(r"((?:[¥$€£]\s?)\d[\d,]*(?:\.\d+)?|\b\d[\d,]*(?:\.\d+)?\s?(?:yuan|rmb|dollars|euros|pounds)\b)", re.I),
         lambda match, _lang: match[1]),
        (re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(?:元|块钱|块)"), lambda match, lang: f"{match[1]}元" if lang == "zh" else f"{match[1]} yuan"),
    ),
    "time": (
        (re.compile(r"\b((?:[01]?\d|2[0-3])[:.][0-5]\d\s?(?:am|pm)?|(?:1[0-2]|[1-9])\s?(?:am|pm))\b", re.I), lambda match, _lang: match[1]),
        (re.compile(r"((?:上午|下午|晚上|中午|早上|凌晨)?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*点(?:半|\d{1,2}分?)?)"),
         lambda match, _lang: match[1].strip()),
    ),
}


def read_details(text: str, lang: Lang) -> dict[str, str]:
    """The first detail of each kind, worded for `lang`: `{"room": "room 1208"}`."""
    found: dict[str, str] = {}
    for kind, rules in RULES.items():
        matches = [(match.start(), word(match, lang)) for pattern, word in rules if (match := pattern.search(text))]
        if matches:
            found[kind] = min(matches)[1]
    return found
