"""Takes out of an incident what tells who it was: names, numbers, addresses. Rules; a person reads it over."""

from __future__ import annotations

import re
from dataclasses import dataclass

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆"
    "汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤欧阳司马诸葛上官"
)
HONOURS_ZH = "先生|女士|小姐|太太|老师|经理|师傅|阿姨|叔叔|大爷|大妈|奶奶|爷爷|医生|教授|总|同学"
HONOURS_EN = "Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Madam|Lord|Lady"
NAME = r"[A-Z][\w'’-]+"
RULES: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), "(mail address)", "（邮箱）"),
    (re.compile(r"https?://\S+"), "(web address)", "（网址）"),
    (re.compile(r"\b[A-Z]{1,4}-?\d{3,}[A-Z\d]*\b"), "(code)", "（编号）"),
    (re.compile(r"(?<![\d.,])\+?\d(?:[ -]?\d){5,}(?:[ -]?[xX])?(?![\d.,])"), "(number)", "（号码）"),
    (re.compile(r"\b[Rr](?:oom|m)\.?\s*(?:no\.?\s*)?\d{2,5}[a-z]?\b"), "the room", "某房"),
    (re.compile(r"\d{3,5}\s*号?(?:房间|房|室)"), "the room", "某房"),
    (re.compile(rf"\b(?:{HONOURS_EN})\b\.?\s+{NAME}(?:\s+{NAME})*"), "the guest", "客人"),
    (re.compile(rf"(?:(?<=\bnamed\s)|(?<=\bcalled\s)){NAME}(?:\s+{NAME})*"), "(name)", "（姓名）"),
    (re.compile(rf"(?:[{SURNAMES}][\u4e00-\u9fff]{{0,2}}?)(?={HONOURS_ZH})"), "", "某"),
    (re.compile(r"[小老][王李张刘陈杨黄赵吴周徐孙朱胡郭何郑](?![\u4e00-\u9fff]?[时路])"), "", "同事"),
    (re.compile(rf"(?<=[叫姓])[{SURNAMES}][\u4e00-\u9fff]{{0,2}}(?=[，。、的,.\s]|$)"), "(name)", "某某"),
)
COMMON = re.compile(
    r"I(?:'(?:m|d|ve|ll))?|OK|TV|Wi-?Fi|English|Chinese|Christmas|Easter|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"January|February|March|April|May|June|July|August|September|October|November|December"
)
AMID = re.compile(rf"(?<=[a-z,;]\s){NAME}(?:\s+{NAME})*")
"""A capital in the middle of an English sentence: most likely somebody's or some place's name."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The text without them, and what was taken out, in the order of the rules."""

    text: str
    removed: tuple[str, ...]


def without_names(text: str) -> Cleaned:
    """Names, room and other numbers, addresses and codes give way to a word for what they were."""
    chinese = re.search(r"[\u4e00-\u9fff]", text) is not None
    removed: list[str] = []
    for pattern, english, other in RULES:
        text = _replaced(pattern, text, other if chinese else english, removed)
    if not chinese:
        text = _replaced(AMID, text, "(name)", removed)
    return Cleaned(text, tuple(removed))


def _replaced(pattern: re.Pattern[str], text: str, word: str, removed: list[str]) -> str:
    def swap(found: re.Match[str]) -> str:
        if COMMON.fullmatch(found[0]):
            return found[0]
        removed.append(found[0])
        return word

    return pattern.sub(swap, text)
