"""The lines of a PDF with the size and place of their letters, without what repeats on most pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pypdfium2 import PdfTextPage, raw

EDGE = 2
"""How many lines from the top and from the bottom of a page may be its header and footer."""

FEWEST_PAGES = 3
REPEATED_SHARE = 0.5
DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """`size` is the height of its letters, `top` their upper edge, `width` from first to last; all in points."""

    text: str
    page: int
    size: float
    top: float
    width: float


def printed_lines(textpage: PdfTextPage, page: int) -> list[PrintedLine]:
    """The lines of one page that hold text, in PDFium's order."""
    lines, offset = [], 0
    for whole in textpage.get_text_range().split("\r\n"):
        if text := whole.strip():
            start = offset + whole.index(text[0])
            left, bottom, _, top = _box(textpage, start)
            right = _box(textpage, start + len(text) - 1)[2]
            lines.append(PrintedLine(text, page, top - bottom, top, max(right - left, 0.0)))
        offset += len(whole) + 2
    return lines


def without_repeats(pages: Sequence[Sequence[PrintedLine]]) -> list[PrintedLine]:
    """All lines but the headers and footers: those that, page numbers aside, stand at the edge of most pages."""
    if len(pages) < FEWEST_PAGES:
        return [line for page in pages for line in page]
    seen = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    repeated = {key for key, times in seen.items() if times > REPEATED_SHARE * len(pages)}
    return [line for page in pages for line in _kept(page, repeated)]


def _kept(page: Sequence[PrintedLine], repeated: Iterable[str]) -> Iterator[PrintedLine]:
    for place, line in enumerate(page):
        if not (min(place, len(page) - 1 - place) < EDGE and _key(line) in repeated):
            yield line


def _edges(page: Sequence[PrintedLine]) -> list[PrintedLine]:
    return [*page[:EDGE], *page[max(EDGE, len(page) - EDGE) :]]


def _key(line: PrintedLine) -> str:
    return DIGITS.sub("#", line.text)


def _box(textpage: PdfTextPage, offset: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a character; as high as its font, whatever the letter."""
    index = raw.FPDFText_GetCharIndexFromTextIndex(textpage, offset)
    if index < 0:
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = textpage.get_charbox(index, loose=True)
    return left, bottom, right, top
