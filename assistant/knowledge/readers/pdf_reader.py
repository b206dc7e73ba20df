"""PDF: paragraphs joined from printed lines, headings by the size of their letters, pages as locators."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from statistics import median
from threading import Lock

import pypdfium2
from PIL.Image import Image
from pypdfium2 import raw

from assistant.domain.document import Remark
from assistant.knowledge.blocks import Block, place_of
from assistant.knowledge.faults import MAX_CHARACTERS, too_long, unreadable
from assistant.knowledge.readers.heading_guess import FIRST_LEVEL, guess_levels, is_title
from assistant.knowledge.readers.ocr import SCAN_DPI, installed_ocr
from assistant.knowledge.readers.outline import Outline, Reading
from assistant.knowledge.readers.paragraphs import Line, add_lines, join_lines
from assistant.knowledge.readers.pdf_lines import PrintedLine, printed_lines, without_repeats
from assistant.knowledge.readers.pdf_tables import grids
from assistant.knowledge.readers.pdf_words import PageWords, WordLine, scale_of
from assistant.knowledge.readers.text_reader import lines_of
from assistant.knowledge.text import clean

HEADING_SIZE = 1.15
"""A heading's letters are this much larger than the text's."""

WRAPPED = 0.6
"""A heading goes on in the next line only where its first line fills this share of the widest."""

WIDE_GAP = 0.35
"""A paragraph opens where the gap above exceeds the usual one by this share of a line's height."""

NO_TITLE = re.compile(r"^\(?(?:anonymous|untitled|无标题)\)?$|^(?:Microsoft|WPS|PowerPoint)\b", re.IGNORECASE)

SCANNED_SHARE = 0.5
"""A page without text is a scan where pictures cover this share of it."""

# PDFium keeps global state and may be in use by one thread only.
_pdfium = Lock()


@dataclass(slots=True)
class _Extract:
    """What a file holds, page by page. `scans` are the pages without text that show a picture."""

    title: str = ""
    pages: list[list[PrintedLine]] = field(default_factory=list)
    hidden: list[Remark] = field(default_factory=list)
    scans: list[int] = field(default_factory=list)


def read_pdf(data: bytes, name: str) -> Reading:
    """Scanned pages are read by OCR where it is installed, else remarked on.

    Raises UnreadableDocument for encrypted and damaged files and for scans that cannot be read.
    """
    with _pdfium:
        extract = _extract(data, name)
    lines = _structured(without_repeats(extract.pages))
    scanned = [_recognised(data, page) for page in extract.scans]
    lines = sorted([*lines, *(line for found, _ in scanned for line in found)], key=lambda line: line.page or 0)
    if not lines:
        if extract.hidden:
            raise unreadable(name, "holds only hidden text", "add a file with text for people in it")
        raise unreadable(name, "has no text layer", "run OCR first and add the result, or install tesseract here")
    outline = Outline()
    add_lines(outline, lines)
    outline.remarks += [*extract.hidden, *(remark for _, remark in scanned)]
    return outline.reading(extract.title)


def _recognised(data: bytes, page: int) -> tuple[list[Line], Remark]:
    """The lines of a scanned page, and what to tell about it."""
    place = place_of([Block("", page=page)])
    if (ocr := installed_ocr()) is None:
        told = "a scanned page; install tesseract with its Chinese and English data, or run OCR first"
        return [], Remark("unread", place, told)
    with _pdfium:
        picture = _picture(data, page)
    text = ocr(picture)
    if not text:
        return [], Remark("unread", place, "a scanned page in which OCR found no words")
    lines = [replace(line, page=page) for line in lines_of(text)]
    return lines, Remark("recognised", place, "a scanned page, read by OCR; compare it with the page")


def _picture(data: bytes, page: int) -> Image:
    with closing(pypdfium2.PdfDocument(data)) as document, closing(document[page - 1]) as opened:
        picture: Image = opened.render(scale=scale_of(opened, SCAN_DPI / 72), grayscale=True).to_pil()
        return picture


def _extract(data: bytes, name: str) -> _Extract:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
            raise unreadable(name, "is protected with a password", "save it without one and add it again") from error
        raise unreadable(name, "is damaged or no PDF", "open it, export it as PDF anew and add that") from error
    with closing(document):
        extract = _Extract(_title(document))
        _take_pages(extract, document, name)
        return extract


def _title(document: pypdfium2.PdfDocument) -> str:
    try:
        title = clean(document.get_metadata_value("Title")).replace("\n", " ")
    except UnicodeDecodeError:
        return ""
    return "" if NO_TITLE.search(title) else title


def _take_pages(extract: _Extract, document: pypdfium2.PdfDocument, name: str) -> None:
    reader = PageWords()
    characters = 0
    for number in range(1, len(document) + 1):
        try:
            with closing(document[number - 1]) as page, closing(page.get_textpage()) as textpage:
                _take_page(extract, reader.read(page, textpage), page, number)
        except (pypdfium2.PdfiumError, ValueError, MemoryError) as error:
            # ValueError, MemoryError: a page of no size, or of miles.
            raise unreadable(name, f"is damaged on page {number}", "export it as PDF anew and add that") from error
        characters += sum(len(line.text) for line in extract.pages[-1])
        if characters > MAX_CHARACTERS:
            raise too_long(name)


def _take_page(extract: _Extract, found: Sequence[WordLine], page: pypdfium2.PdfPage, number: int) -> None:
    divided = [line.divided() for line in found]
    seen = [line for line, _ in divided if line.words]
    if hidden := join_lines(text for _, text in divided if text):
        extract.hidden.append(Remark("hidden", place_of([Block("", page=number)]), hidden))
    extract.pages.append(printed_lines(seen, grids(page), number))
    if not seen and _is_picture(page):
        extract.scans.append(number)


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether pictures cover most of the page."""
    width, height = page.get_size()
    boxes = [image.get_bounds() for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)]
    covered = sum((right - left) * (top - bottom) for left, bottom, right, top in boxes)
    return bool(covered >= SCANNED_SHARE * width * height)


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
            lines.append(Line(line.text, line.page, opens, level, line.width, line.is_row))
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
    large = [not line.is_row and is_title(line.text) and line.size >= HEADING_SIZE * usual > 0 for line in lines]
    sizes = sorted({round(line.size) for line, is_large in zip(lines, large, strict=True) if is_large}, reverse=True)
    ranks = {size: min(rank, FIRST_LEVEL - 1) for rank, size in enumerate(sizes, 1)}
    guessed = guess_levels([line.text for line in lines])
    return [
        ranks[round(line.size)] if is_large else None if line.is_row else guess
        for line, is_large, guess in zip(lines, large, guessed, strict=True)
    ]
