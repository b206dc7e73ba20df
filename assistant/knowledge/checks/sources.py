"""Does whoever instructs in danger say whose guidance that follows?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.domain.vocabulary import Lang
from assistant.knowledge.checks.card import Card
from assistant.knowledge.checks.finding import Finding

SAFETY: dict[str, dict[Lang, re.Pattern[str]]] = {
    "medical": {
        "en": re.compile(
            r"\b(?:CPR|AED|defibrillator|(?:chest )?compressions|recovery position|tourniquet|auto-?injector|adrenaline"
            r"|back blows|abdominal thrusts|rescue breaths|antihistamine)\b"
            r"|\b(?:lay|lie|lying|roll|turn)\b[^.]{0,25}\bon(?:to)? (?:their|his|her|the|one) side\b"
            r"|\b(?:press|pressure)\b[^.]{0,30}\b(?:wound|bleeding)"
            r"|\bcool\b[^.]{0,25}\b(?:burn|scald|running water)|\bdrooping face|\bslurred speech",
            re.I,
        ),
        "zh": re.compile(
            r"心肺复苏|除颤|AED|胸外按压|按压胸|侧卧|侧躺|止血|人工呼吸|肾上腺素|海姆立克|腹部冲击|嘴歪|冲[^。]{0,8}烫伤"
        ),
    },
    "fire": {
        "en": re.compile(r"\bextinguisher|\bevacuat|\bassembly point|\bfire (?:alarm|blanket|doors?)\b", re.I),
        "zh": re.compile(r"灭火器|灭火毯|疏散|撤离|集合点|火警|防火门"),
    },
    "electrical": {
        "en": re.compile(
            r"\b(?:cut|switch off|turn off|isolate|kill)\b[^.]{0,25}\b(?:power|circuit|current|mains|electricity)"
            r"|\bbreakers?\b|\blive wires?",
            re.I,
        ),
        "zh": re.compile(r"断电|切断电源|电闸|漏电|触电|断开[^。，]{0,10}电"),
    },
}
ROW = re.compile(r"^\|\s*([^|]+?)\s*\|", re.M)
TITLE = re.compile(r"《([^》]+)》|\*([^*]+)\*")
ACRONYM = re.compile(r"\b[A-Z]{3,}\b")
CAPITALS = re.compile(r"\b[A-Z][\w’']+(?: [A-Z][\w’']+)+")
HAN_NAME = re.compile(r"[\u3400-\u9fff]{5,}")
STATE = "中华人民共和国"


def names_in(sources: str) -> re.Pattern[str]:
    """What finds an issuer or a title from the tables of SOURCES.md in a text; upper and lower case count."""
    names = sorted({re.escape(name) for row in ROW.findall(sources) for name in _names(row)}, key=len, reverse=True)
    return re.compile(rf"(?<![A-Za-z])(?:{'|'.join(names)})(?![A-Za-z])" if names else r"(?!)")


def unsourced(card: Card, names: re.Pattern[str]) -> Iterator[Finding]:
    """A danger card, or a safety instruction on another card, whose references name no source."""
    if any(names.search(reference) for reference in card.playbook.references):
        return
    mend = "name the guidance it follows under 'references', as corpus/SOURCES.md lists it, or add it there"
    if card.playbook.hazard != "none":
        yield card.warning("sources", f"a danger card without a listed source; {mend}", "references:")
        return
    for id_, kind in _instructions(card):
        yield card.warning("sources", f"{id_}: {kind} advice without a listed source; {mend}", f"### {id_}")


def _instructions(card: Card) -> Iterator[tuple[str, str]]:
    for action in card.playbook.actions:
        for kind, patterns in SAFETY.items():
            if any(patterns[lang].search(text) for lang, text in action.text.items()):
                yield action.id, kind
                break


def _names(row: str) -> Iterator[str]:
    titles: Sequence[str] = [chinese or other for chinese, other in TITLE.findall(row)]
    yield from (title.removeprefix(STATE) for title in titles)
    rest = TITLE.sub(" ", row)
    yield from (word for word in ACRONYM.findall(rest) if word != "CPR")
    for run in CAPITALS.findall(rest):
        words = run.split()
        yield from (" ".join(pair) for pair in pairwise(words))
    yield from HAN_NAME.findall(rest)
    if not titles and " " in row:
        yield row
