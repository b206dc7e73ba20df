"""Text in pictures, by tesseract where this machine has it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable

import pytesseract
from PIL.Image import Image

SCAN_DPI = 200
"""Dots an inch that office scanners take; a picture blown up beyond its own is read worse, not better."""

SECONDS_A_PAGE = 90
WANTED = ("chi_sim", "eng")
HAN_BLANK = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]+(?=[\u3000-\u9fff\uff00-\uffef])")
"""Tesseract sets a blank between any two Chinese characters."""

Ocr = Callable[[Image], str]
"""The text of a picture, line by line, paragraphs a blank line apart; empty where there is none."""


def installed_ocr() -> Ocr | None:
    """What reads pictures here, or None where tesseract or its language data is missing."""
    if shutil.which("tesseract") is None:
        return None
    known = set(pytesseract.get_languages())
    languages = [language for language in WANTED if language in known]
    if not languages:
        return None

    def read(picture: Image) -> str:
        try:
            text = pytesseract.image_to_string(picture, "+".join(languages), timeout=SECONDS_A_PAGE)
        except (pytesseract.TesseractError, RuntimeError):  # a picture of no form, or of too much: no words in time
            return ""
        return HAN_BLANK.sub("", str(text)).strip()

    return read
