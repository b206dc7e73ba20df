"""The words of a PDF page with their places, and which of them a person sees on the page as it prints."""

from __future__ import annotations

import math
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

MOST_PIXELS = 5000
"""Along the longer side of a page."""

FINE = 100
"""Places are computed on a page so many times larger, because PDFium gives them as whole pixels."""

LEAST_INK = 16
"""Steps of 255 by which neighbouring pixels differ where something prints that an eye can see."""

INVISIBLE_MODES = {raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP}
TOKEN = re.compile(
    r"[\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]+"
)
"""A word; where a script has no blanks, a character."""

Pixels = NDArray[np.uint8]
Point = tuple[float, float]


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
        painted = page.render(scale=scale_of(page, SCALE), grayscale=True).to_numpy()
        self._pixels: Pixels = painted.reshape(painted.shape[:2])
        self._edges = _edges(self._pixels)
        self._axes = _axes(page, self._pixels.shape[1], self._pixels.shape[0])

    def has_ink(self, token: _Token) -> bool:
        """Whether anything is drawn within the word's box."""
        return bool(self._edges[self._place(token)].any())

    def is_hidden(self, token: _Token, printing: set[tuple[str, bool]]) -> bool:
        """Whether a word without ink was meant not to be seen."""
        region = self._pixels[self._place(token)]
        if not region.size:
            return True  # beyond the edge of the page
        colour, alpha = self._fill(token)
        behind = f"{int(np.median(region)):02x}" * 3
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

    def _place(self, token: _Token) -> tuple[slice, slice]:
        """The rows and columns of pixels that the word's box covers."""
        left, bottom, right, top = token.box
        (x, y), (across_x, across_y), (up_x, up_y) = self._axes
        columns = [x + h * across_x + v * up_x for h in (left, right) for v in (bottom, top)]
        rows = [y + h * across_y + v * up_y for h in (left, right) for v in (bottom, top)]
        return _span(rows), _span(columns)


def _span(places: Sequence[float]) -> slice:
    return slice(max(math.floor(min(places)), 0), max(math.ceil(max(places)), 0))


def scale_of(page: PdfPage, wanted: float) -> float:
    """Pixels a point to paint a page with: as wanted, but fewer for posters and plans."""
    width, height = page.get_size()
    return min(wanted, MOST_PIXELS / max(1.0, float(width), float(height)))


def _edges(pixels: Pixels) -> NDArray[np.bool_]:
    """Where a pixel differs from its neighbour to the right or below."""
    edges = np.zeros(pixels.shape, np.bool_)
    edges[:, :-1] |= _distance(pixels[:, :-1], pixels[:, 1:]) >= LEAST_INK
    edges[:-1, :] |= _distance(pixels[:-1, :], pixels[1:, :]) >= LEAST_INK
    return edges


def _distance(one: Pixels, other: Pixels) -> Pixels:
    return np.maximum(one, other) - np.minimum(one, other)


def _axes(page: PdfPage, width: int, height: int) -> tuple[Point, Point, Point]:
    """Where the page's origin lies among the pixels, and what one point to the right and one up add to it."""

    def place(x: float, y: float) -> Point:
        across, down = c_int(), c_int()
        raw.FPDF_PageToDevice(page, 0, 0, width * FINE, height * FINE, 0, x, y, byref(across), byref(down))
        return across.value / FINE, down.value / FINE

    origin, right, up = place(0, 0), place(100, 0), place(0, 100)
    return origin, _step(origin, right), _step(origin, up)


def _step(origin: Point, moved: Point) -> Point:
    return (moved[0] - origin[0]) / 100, (moved[1] - origin[1]) / 100


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
