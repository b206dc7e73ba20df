"""The words of a PDF page with their places, and which of them a person sees on the page as it prints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from ctypes import byref, c_int, c_uint, create_string_buffer
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import PdfPage, PdfTextPage, raw

from assistant.knowledge.readers.visibility import is_faint, is_tiny

SCALE = 1.5
"""Pixels a point of the picture that the words are looked for in."""

FINE = 100
"""Places are computed on a page so many times larger, because PDFium gives them as whole pixels."""

LEAST_INK = 20
"""Steps of 255 by which the pixels of a word differ where it prints anything that an eye can see."""

INVISIBLE_MODES = {raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP}
TOKEN = re.compile(
    r"[\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]+"
)
"""A word; where a script has no blanks, a character."""

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Word:
    """One word; the box in points from the lower left corner. `start` is its place in the line's text."""

    text: str
    start: int
    left: float
    bottom: float
    right: float
    top: float
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class WordLine:
    """One line as PDFium gives it. `size` is the height of its first letter in its font, `top` its upper edge."""

    text: str
    words: tuple[Word, ...]
    size: float
    top: float

    def divided(self) -> tuple[WordLine, str]:
        """The line without its hidden words, and the text of those."""
        seen = [word for word in self.words if not word.hidden]
        if len(seen) == len(self.words):
            return self, ""
        hidden = [word for word in self.words if word.hidden]
        return self._of(seen), self._of(hidden).text

    def _of(self, words: Sequence[Word]) -> WordLine:
        text, kept = "", []
        for word in words:
            blank = " " if text and self.text[: word.start][-1:].isspace() else ""
            kept.append(replace(word, start=len(text + blank)))
            text += blank + word.text
        return WordLine(text, tuple(kept), self.size, self.top)


class PageWords:
    """Reads the words of one page after another, and learns which fonts print on this machine."""

    def __init__(self) -> None:
        self._printing: set[tuple[str, bool]] = set()

    def read(self, page: PdfPage, textpage: PdfTextPage) -> list[WordLine]:
        """The lines of a page that hold text."""
        view = _PageView(page, textpage)
        lines = list(_lines(textpage))
        tokens = [token for _, found in lines for token in found]
        inked = {token: view.has_ink(token) for token in tokens}
        doubtful = [token for token in tokens if not inked[token] and any(char.isalnum() for char in token.text)]
        if doubtful:
            # A font that is not embedded may be missing here: then its words print nothing, and are not hidden.
            self._printing |= {view.font(token) for token in tokens if inked[token]}
        hidden = {token for token in doubtful if view.is_hidden(token, self._printing)}
        hidden |= {token for token in tokens if is_tiny(token.height)}
        for before, token in pairwise(tokens):
            if before in hidden and token not in doubtful and not inked[token]:
                hidden.add(token)  # the stop behind a hidden sentence
        return [_line(text, found, hidden) for text, found in lines]


@dataclass(frozen=True, slots=True)
class _Token:
    """A word as found: the index of its first character on the page, the box of its ink, the height of its font."""

    text: str
    start: int
    first: int
    box: tuple[float, float, float, float]
    height: float
    top: float

    @property
    def is_wide(self) -> bool:
        return self.text > "\u2e80"


class _PageView:
    """The page as it prints, and the properties of its characters."""

    def __init__(self, page: PdfPage, textpage: PdfTextPage) -> None:
        self._textpage = textpage
        self._pixels: Pixels = page.render(scale=SCALE).to_numpy()[:, :, :3]
        self._origin, self._across, self._up = _axes(page, self._pixels.shape[1], self._pixels.shape[0])

    def has_ink(self, token: _Token) -> bool:
        """Whether the page differs anywhere within the word's box."""
        region = self._region(token)
        return bool(region.size) and int(np.ptp(region, axis=(0, 1)).max()) >= LEAST_INK

    def is_hidden(self, token: _Token, printing: set[tuple[str, bool]]) -> bool:
        """Whether a word without ink was meant not to be seen."""
        region = self._region(token)
        if not region.size:
            return True  # beyond the edge of the page
        colour, alpha = self._fill(token)
        behind = "".join(f"{int(channel):02x}" for channel in np.median(region, axis=(0, 1))[::-1])
        if alpha == 0 or is_faint(colour, behind) or self._mode(token) in INVISIBLE_MODES:
            return True
        return self.font(token) in printing  # covered, or cut off

    def font(self, token: _Token) -> tuple[str, bool]:
        """The name of the word's font, and whether the word is in a script of wide characters."""
        name = create_string_buffer(200)
        raw.FPDFText_GetFontInfo(self._textpage, token.first, name, 200, byref(c_int()))
        return name.value.decode("utf-8", "replace"), token.is_wide

    def _fill(self, token: _Token) -> tuple[str, int]:
        parts = [c_uint(), c_uint(), c_uint(), c_uint(255)]
        raw.FPDFText_GetFillColor(self._textpage, token.first, *(byref(part) for part in parts))
        return "".join(f"{part.value:02x}" for part in parts[:3]), parts[3].value

    def _mode(self, token: _Token) -> int:
        text = raw.FPDFText_GetTextObject(self._textpage, token.first)
        return int(raw.FPDFTextObj_GetTextRenderMode(text)) if text else -1

    def _region(self, token: _Token) -> Pixels:
        left, bottom, right, top = token.box
        corners = [self._origin + x * self._across + y * self._up for x in (left, right) for y in (bottom, top)]
        low, high = np.min(corners, axis=0), np.max(corners, axis=0)
        first = np.maximum(np.floor(low), 0).astype(int)
        last = np.maximum(np.ceil(high), 0).astype(int)
        return self._pixels[first[1] : last[1], first[0] : last[0]]


def _axes(page: PdfPage, width: int, height: int) -> tuple[NDArray[np.float64], ...]:
    """Where the page's origin lies among the pixels, and what one point to the right and one up add to it."""

    def place(x: float, y: float) -> NDArray[np.float64]:
        across, down = c_int(), c_int()
        raw.FPDF_PageToDevice(page, 0, 0, width * FINE, height * FINE, 0, x, y, byref(across), byref(down))
        return np.array([across.value, down.value], np.float64) / FINE

    origin = place(0, 0)
    return origin, place(1, 0) - origin, place(0, 1) - origin


def _lines(textpage: PdfTextPage) -> Iterator[tuple[str, list[_Token]]]:
    offset = 0
    for whole in textpage.get_text_range().split("\r\n"):
        if text := whole.strip():
            start = offset + whole.index(text[0])
            yield text, list(_tokens(textpage, text, start))
        offset += len(whole) + 2


def _tokens(textpage: PdfTextPage, text: str, offset: int) -> Iterator[_Token]:
    for match in TOKEN.finditer(text):
        first = raw.FPDFText_GetCharIndexFromTextIndex(textpage, offset + match.start())
        last = raw.FPDFText_GetCharIndexFromTextIndex(textpage, offset + match.end() - 1)
        loose = _box(textpage, first, loose=True)
        box = _union(_box(textpage, first), _box(textpage, last))
        height = max(loose[3] - loose[1], loose[2] - loose[0])
        yield _Token(match[0], match.start(), first, box, height, loose[3])


def _line(text: str, tokens: Sequence[_Token], hidden: set[_Token]) -> WordLine:
    words = tuple(Word(token.text, token.start, *token.box, hidden=token in hidden) for token in tokens)
    return WordLine(text, words, tokens[0].height, tokens[0].top)


def _union(one: Sequence[float], other: Sequence[float]) -> tuple[float, float, float, float]:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _box(textpage: PdfTextPage, index: int, *, loose: bool = False) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a character; loose: as high as its font, whatever the letter."""
    if index < 0:
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = textpage.get_charbox(index, loose=loose)
    return left, bottom, right, top
