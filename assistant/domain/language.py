"""Which of the two languages a text is written in."""

from __future__ import annotations

import re

from assistant.domain.vocabulary import Lang

CHINESE_SHARE = 0.3
"""Chinese staff mix in English names (VIP, Wi-Fi, brand names); English staff hardly ever mix in Chinese."""

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’-][A-Za-z\u00c0-\u024f]+)*")


def language_of(text: str) -> Lang:
    """`zh` where Chinese characters are at least 0.3 of Chinese characters and Latin words together, else `en`.

    A text without either (a number, a row of dots) is `en`.
    """
    han = len(HAN.findall(text))
    words = len(LATIN_WORD.findall(text))
    return "zh" if han and han >= CHINESE_SHARE * (han + words) else "en"
