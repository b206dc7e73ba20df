"""Personal data with a form of its own: telephone, card, identity paper, number plate, e-mail, room."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from phonenumbers import Leniency, PhoneNumberMatcher

Kind = Literal["NAME", "PHONE", "CARD", "ID", "PLATE", "EMAIL", "ROOM"]
REGIONS = ("CN", "GB", "US")
"""Whose way of writing without a country code is understood; with the code any country's is."""
EDGE = r"(?<![0-9A-Za-z])"
END = r"(?![0-9A-Za-z])"
PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"
UNIT = (
    r"(?!\s*(?:%|％|percent|[-–]?\s?(?:minutes?|mins?|hours?|hrs?|h\b|days?|nights?|weeks?|months?|years?|seconds?|secs?|people|guests|"
    r"persons|passengers|customers|pieces|items|bags|rooms|floors?|km|kg|ml|cm|m\b|yuan|rmb|euros?|dollars?|pounds?|am\b|pm\b)"
    r"|元|块|人|位|名|个|分|小时|天|晚|周|月|年|秒|点|楼|层|号桌|桌|台|次|件|袋|米|公里|公斤|岁|路|度|折|份|杯|张|间|套))"
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of personal data in a text, from `start` to `end`."""

    start: int
    end: int
    kind: Kind


PAPERS_EN = (
    r"passport|identity card|id card|id|licen[cs]e|social security|ssn|membership|member|booking|order|account"
    r"|policy|confirmation|reference|ref"
)
PAPERS_ZH = "身份证|护照|证件|驾照|驾驶证|会员|订单|单号|账号|卡号|病历|社保|医保"
CODE = rf"(?P<what>(?=[A-Za-z]*\d)[A-Za-z0-9-]{{5,24}}){END}"
PLACES = r"room|rm|suite|apartment|apt|flat|unit|bed|ward"
PLATES = r"number plates?|licen[cs]e plates?|plates?|registration|reg"
PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("EMAIL", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("ID", re.compile(rf"{EDGE}\d{{6}}(?:19|20)\d{{2}}(?:0[1-9]|1[0-2])\d{{2}}\d{{3}}[\dXx]{END}")),
    ("ID", re.compile(rf"\b(?:{PAPERS_EN})\b\s*(?:no\.?|number|#|is|:|：)*\s*{CODE}", re.I)),
    ("ID", re.compile(rf"(?:{PAPERS_ZH})(?:卡|证)?(?:号码?|编号)?\s*(?:是|为|：|:)?\s*{CODE}", re.I)),
    ("ID", re.compile(rf"{EDGE}(?:[EGDPSegdps]\d{{8}}|[A-Z]{{1,2}}\d{{7}}){END}")),
    ("PHONE", re.compile(rf"{EDGE}(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{{4}}){{2}}{END}")),
    ("CARD", re.compile(rf"{EDGE}\d(?:[ -]?\d){{11,18}}{END}")),
    ("PLATE", re.compile(rf"[{PROVINCE}][A-Z][·• ]?[A-Z0-9]{{5,6}}{END}", re.I)),
    ("PLATE", re.compile(rf"{EDGE}[A-Z]{{2}}\d{{2}}\s?[A-Z]{{3}}{END}")),
    (
        "PLATE",
        re.compile(
            rf"\b(?:{PLATES})\b\s*(?:no\.?|number|is|:)*\s*"
            rf"(?P<what>(?=[A-Za-z -]*\d)[A-Za-z0-9]{{2,4}}[ -]?[A-Za-z0-9]{{2,5}}){END}",
            re.I,
        ),
    ),
    ("ROOM", re.compile(rf"\b(?:{PLACES})\.?\s*(?:no\.?\s*|number\s*|#)?(?P<what>\d{{1,5}}[A-Za-z]?)\b", re.I)),
    ("ROOM", re.compile(r"(?P<what>\d{1,5}[A-Za-z]?)\s*(?:号?(?:房间|房|室|病房|床)|号楼|单元|栋)")),
    # A bare number of a room's length: whether it is one cannot be told, so that it stays here.
    (
        "ROOM",
        re.compile(rf"(?<![\d¥￥$€£.,:：/-])(?<![A-Za-z])(?P<what>[1-9]\d{{2,4}}[A-Za-z]?)(?![\d:：/]|[.,]\d){UNIT}"),
    ),
)


def numbers_in(text: str) -> Iterator[Span]:
    """Every span by its form; they may overlap, the first kinds are the surest."""
    for region in REGIONS:
        for match in PhoneNumberMatcher(text, region, leniency=Leniency.VALID):
            yield Span(match.start, match.end, "PHONE")
    for kind, pattern in PATTERNS:
        for found in pattern.finditer(text):
            group = "what" if "what" in pattern.groupindex else 0
            yield Span(found.start(group), found.end(group), kind)
