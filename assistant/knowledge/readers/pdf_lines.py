"""The lines of a PDF with the size and place of their letters, without what repeats on most pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pypdfium2 import PdfTextPage, raw

EDGE = 2
"""How many lines from the top and from the bottom of a page may be its header and footer."""

FEWEST_PAGES = 3
REPEATED_SHARE = 0.5
NUMBER = re.compile(r"\d{1,9}")


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
    repeated = _repeated(pages) if len(pages) >= FEWEST_PAGES else frozenset()
    return [line for page in pages for line in page if not (line in _edges(page) and _shape(line) in repeated)]


def _repeated(pages: Sequence[Sequence[PrintedLine]]) -> frozenset[str]:
    """The shapes of lines that are the same on most pages, or differ only by the number of the page."""
    alike: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for page in pages:
        for line in _edges(page):
            alike[_shape(line)].update({line.text, *_counted_from_page(line)})
    enough = REPEATED_SHARE * len(pages)
    return frozenset(shape for shape, seen in alike.items() if seen.most_common(1)[0][1] > enough)


def _shape(line: PrintedLine) -> str:
    return NUMBER.sub("#", line.text)


def _counted_from_page(line: PrintedLine) -> Iterator[str]:
    """One key for each number of the line: its place and its distance from the page's own number."""
    for place, number in enumerate(NUMBER.findall(line.text)):
        yield f"{place}:{int(number) - line.page}"


def _edges(page: Sequence[PrintedLine]) -> list[PrintedLine]:
    return [*page[:EDGE], *page[max(EDGE, len(page) - EDGE) :]]


def _box(textpage: PdfTextPage, offset: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a character; as high as its font, whatever the letter."""
    index = raw.FPDFText_GetCharIndexFromTextIndex(textpage, offset)
    if index < 0:
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = textpage.get_charbox(index, loose=True)
    return left, bottom, right, top
