"""A page in words. Nothing of the staff's own words, the guest or a name goes out."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.room import Page
from assistant.domain.vocabulary import Lang, Text, in_lang

WORDS: dict[str, Text] = {
    "call": {"zh": "请{party}到场", "en": "{party}: please come"},
    "again": {"zh": "再次呼叫（第 {n} 次）：请{party}到场", "en": "Call no. {n}. {party}: please come"},
    "stand_down": {"zh": "已结束，不用再来", "en": "It is over; nobody need come"},
    "help": {"zh": "需要帮手", "en": "Help is needed"},
    "danger": {"zh": "危险", "en": "Danger"},
    "where": {
        "zh": "{site}。打开看地点和步骤，并点“在路上”。",
        "en": "{site}. Open it for where and what, and tap “On my way”.",
    },
    "at": {"zh": "{site}。", "en": "{site}."},
    "open": {"zh": "打开求助房间", "en": "Open the room"},
}


@dataclass(frozen=True, slots=True)
class Message:
    """What a person reads: one line, some more, and where it leads (empty where no public address is set)."""

    title: str
    text: str
    link: str
    link_words: str
    lang: Lang


def message(page: Page, lang: Lang, public_url: str) -> Message:
    """The page in `lang`, leading to its room under `public_url`."""

    def say(key: str, **values: object) -> str:
        return WORDS[key][lang].format(**values)

    party = in_lang(page.party_name, lang)
    if page.kind == "stand_down":
        title = say("stand_down")
    else:
        title = say("again" if page.calls > 1 else "call", party=_capital(party), n=page.calls)
    summary = in_lang(page.summary, lang) or say("help")
    danger = f"{say('danger')} · " if page.hazard != "none" and page.kind == "call" else ""
    site = say("where" if page.kind == "call" else "at", site=in_lang(page.site_name, lang))
    link = f"{public_url.rstrip('/')}{room_path(page)}" if public_url else ""
    return Message(f"{danger}{title}", f"{summary}\n{site}", link, say("open"), lang)


def room_path(page: Page) -> str:
    """The room's page, with the role that was called already chosen."""
    return f"/room/{page.room}#as={page.party}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
