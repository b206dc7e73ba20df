"""Bytes of a text file into text, whatever program wrote it."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from charset_normalizer import from_bytes

from assistant.knowledge.faults import unreadable

BOMS = ((BOM_UTF8, "utf-8"), (BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be"))
GUESSED = ["gb18030", "big5", "shift_jis", "euc_kr", "cp1252", "cp1251", "utf_16_le", "utf_16_be"]
"""What is left to guess when the text is neither UTF-8 nor plain Chinese GB18030."""

BINARY_SHARE = 0.01
COMMON_SHARE = 0.9
REPLACEMENT = "\ufffd"
CONTROL = re.compile("[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f-\u0084\u0086-\u009f\ue000-\uf8ff\ufffd-\uffff]")


def decode(data: bytes, name: str) -> str:
    """Raises UnreadableDocument where the bytes are no text or their encoding cannot be told."""
    text = _decode(data)
    if text is None or len(CONTROL.findall(text)) > BINARY_SHARE * len(text):
        raise unreadable(name, "is binary or in an unknown encoding", "save it as UTF-8 text, PDF or Word and add that")
    return text


def _decode(data: bytes) -> str | None:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _strictly(data[len(bom) :], encoding)
    for attempt in (_unmarked_utf16, _utf8, _damaged_utf8, _chinese, _guessed):
        if (text := attempt(data)) is not None:
            return text
    return None


def _utf8(data: bytes) -> str | None:
    return _strictly(data, "utf-8")


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _damaged_utf8(data: bytes) -> str | None:
    # One byte lost on the way should not cost a whole manual; another encoding would fail nearly everywhere.
    foreign = [char for char in data.decode("utf-8", "replace") if ord(char) > 127]
    lost = foreign.count(REPLACEMENT)
    return data.decode("utf-8", "ignore") if lost <= (1 - COMMON_SHARE) * len(foreign) else None


def _unmarked_utf16(data: bytes) -> str | None:
    # Blanks, digits and line ends have a zero byte in UTF-16; no other encoding of text has any.
    if 0 not in data:
        return None
    decoded = (_strictly(data, encoding) for encoding in ("utf-16-le", "utf-16-be"))
    return next((text for text in decoded if text and _common(text, "gbk") >= COMMON_SHARE), None)


def _chinese(data: bytes) -> str | None:
    # Many byte strings are valid GB18030; Chinese is the one whose characters are nearly all common ones.
    text = _strictly(data, "gb18030")
    foreign = "".join(char for char in text or "" if ord(char) > 127)
    return text if foreign and _common(foreign, "gb2312") >= COMMON_SHARE else None


def _common(text: str, charset: str) -> float:
    known = sum(1 for char in text if "\u001f" < char < "\u007f" or char in "\t\r\n" or _has(charset, char))
    return known / len(text)


def _has(charset: str, char: str) -> bool:
    return len(char.encode(charset, "ignore")) == 2


def _guessed(data: bytes) -> str | None:
    best = from_bytes(data, cp_isolation=GUESSED).best()
    return str(best) if best is not None else None
