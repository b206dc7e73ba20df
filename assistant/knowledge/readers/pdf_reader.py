"""PDF: paragraphs joined from printed lines, headings by the size of their letters, pages as locators."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from statistics import median
from threading import Lock

import pypdfium2
from pypdfium2 import raw

from assistant.knowledge.readers.faults import MAX_CHARACTERS, too_long, unreadable
from assistant.knowledge.readers.heading_guess import FIRST_LEVEL, guess_levels, is_title
from assistant.knowledge.readers.outline import Outline, Reading
from assistant.knowledge.readers.paragraphs import Line, add_lines, join_lines
from assistant.knowledge.readers.pdf_lines import PrintedLine, printed_lines, without_repeats
from assistant.knowledge.text import clean

HEADING_SIZE = 1.15
"""A heading's letters are this much larger than the text's."""

WRAPPED = 0.6
"""A heading goes on in the next line only where its first line fills this share of the widest."""

WIDE_GAP = 0.35
"""A paragraph opens where the gap above exceeds the usual one by this share of a line's height."""

NO_TITLE = re.compile(r"^\(?(?:anonymous|untitled|无标题)\)?$|^(?:Microsoft|WPS|PowerPoint)\b", re.IGNORECASE)

# PDFium keeps global state and may be in use by one thread only.
_pdfium = Lock()


def read_pdf(data: bytes, name: str) -> Reading:
    """Raises UnreadableDocument for encrypted and damaged files and for scans without text."""
    with _pdfium:
        title, pages = _extract(data, name)
    lines = _structured(without_repeats(pages))
    if not lines:
        raise unreadable(name, "has no text layer", "run OCR first and add the result")
    outline = Outline()
    add_lines(outline, lines)
    return Reading(title or outline.title, outline.blocks())


def _extract(data: bytes, name: str) -> tuple[str, list[list[PrintedLine]]]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
            raise unreadable(name, "is protected with a password", "save it without one and add it again") from error
        raise unreadable(name, "is damaged or no PDF", "open it, export it as PDF anew and add that") from error
    try:
        return _title(document), _pages(document, name)
    finally:
        document.close()


def _title(document: pypdfium2.PdfDocument) -> str:
    try:
        title = clean(document.get_metadata_value("Title")).replace("\n", " ")
    except UnicodeDecodeError:
        return ""
    return "" if NO_TITLE.search(title) else title


def _pages(document: pypdfium2.PdfDocument, name: str) -> list[list[PrintedLine]]:
    pages: list[list[PrintedLine]] = []
    characters = 0
    for index in range(len(document)):
        try:
            with closing(document[index]) as page, closing(page.get_textpage()) as textpage:
                pages.append(printed_lines(textpage, index + 1))
        except pypdfium2.PdfiumError as error:
            raise unreadable(name, f"is damaged on page {index + 1}", "export it as PDF anew and add that") from error
        characters += sum(len(line.text) for line in pages[-1])
        if characters > MAX_CHARACTERS:
            raise too_long(name)
    return pages


def _structured(printed: Sequence[PrintedLine]) -> list[Line]:
    levels = _levels(printed)
    usual = median([gap for gap in map(_gap, printed, printed[1:]) if gap is not None] or [0.0])
    wide = WRAPPED * max((line.width for line in printed), default=0.0)
    lines: list[Line] = []
    for place, (line, level) in enumerate(zip(printed, levels, strict=True)):
        gap = _gap(printed[place - 1], line) if place else None
        opens = gap is not None and gap > usual + WIDE_GAP * line.size
        if level is not None and lines and lines[-1].level == level and lines[-1].width > wide and not opens:
            # A heading too long for one line.
            lines[-1] = replace(lines[-1], text=join_lines((lines[-1].text, line.text)))
        else:
            lines.append(Line(line.text, line.page, opens, level, line.width))
    return lines


def _gap(above: PrintedLine, line: PrintedLine) -> float | None:
    """The white between two lines of one column, else None."""
    if above.page != line.page or line.top >= above.top:
        return None
    return above.top - above.size - line.top


def _levels(lines: Sequence[PrintedLine]) -> list[int | None]:
    """Larger letters make a heading, the largest the highest; where they are all alike, numbers do."""
    weight: Counter[int] = Counter()
    for line in lines:
        weight[round(line.size)] += len(line.text)
    usual = weight.most_common(1)[0][0] if weight else 0
    large = [is_title(line.text) and line.size >= HEADING_SIZE * usual > 0 for line in lines]
    sizes = sorted({round(line.size) for line, is_large in zip(lines, large, strict=True) if is_large}, reverse=True)
    ranks = {size: min(rank, FIRST_LEVEL - 1) for rank, size in enumerate(sizes, 1)}
    guessed = guess_levels([line.text for line in lines])
    return [
        ranks[round(line.size)] if is_large else guess
        for line, is_large, guess in zip(lines, large, guessed, strict=True)
    ]
