"""Word documents: paragraphs and tables in order, headings by style, inserted text in, deleted text out."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from assistant.errors import UnreadableDocument
from assistant.knowledge.blocks import CELL_BREAK
from assistant.knowledge.readers.faults import MAX_BYTES, unreadable
from assistant.knowledge.readers.heading_guess import guess_levels, is_title
from assistant.knowledge.readers.outline import TITLE_LEVEL, Outline, Reading
from assistant.knowledge.text import clean, has_marker

OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
MAX_UNPACKED = 10 * MAX_BYTES

BROKEN = (BadZipFile, SyntaxError, zlib.error, LookupError, ValueError, AttributeError, TypeError, NotImplementedError)
"""What python-docx lets through when a package, its relations or its XML are damaged; broken XML is a SyntaxError."""

HEADING_STYLE = re.compile(r"(?:heading|标题) ?([1-9])", re.IGNORECASE)
PLACEHOLDER_TITLES = {"word document", "document", "untitled", "文档"}
BOLD_LEVEL = 30
"""A bold line in a document without heading styles: below every numbered heading."""

GLYPHS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_docx(data: bytes, name: str) -> Reading:
    """Raises UnreadableDocument for encrypted, old and damaged files and for those that unpack to too much."""
    _check_package(data, name)
    try:
        document = docx.Document(BytesIO(data))
        walk = _Walk(document)
        walk.take(document.element.body)
        title = clean(document.core_properties.title or "")
    except BROKEN as error:
        raise _broken(name) from error
    if title.casefold() in PLACEHOLDER_TITLES:
        title = ""
    return Reading(title or walk.outline.title, walk.outline.blocks())


def _check_package(data: bytes, name: str) -> None:
    if data.startswith(OLE_MAGIC):
        if ENCRYPTED_STREAM in data:
            raise unreadable(name, "is protected with a password", "save it in Word without one and add it again")
        raise unreadable(name, "is an old .doc file under a .docx name", "save it in Word as .docx and add it again")
    try:
        with ZipFile(BytesIO(data)) as package:
            entries = package.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise _broken(name) from error
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise unreadable(name, f"unpacks to more than {MAX_UNPACKED >> 20} MB", "remove its pictures or divide it")
    if any(entry.flag_bits & 1 for entry in entries):
        raise unreadable(name, "is protected with a password", "save it in Word without one and add it again")


def _broken(name: str) -> UnreadableDocument:
    return unreadable(name, "is damaged or no Word document", "open it in Word, save it as .docx and add it again")


class _Walk:
    """Takes the body's elements in order."""

    def __init__(self, document: Document) -> None:
        self.outline = Outline()
        self._document = document
        # Where nobody used heading styles, numbered and bold lines stand in for them.
        self._styled = any(self._level(paragraph) is not None for paragraph in document.paragraphs)

    def take(self, parent: BaseOxmlElement) -> None:
        """Follow the paragraphs and tables under `parent`, and those within content controls."""
        for element in parent:
            if element.tag == qn("w:p"):
                self._take_paragraph(Paragraph(element, self._document))
            elif element.tag == qn("w:tbl"):
                self._take_table(element)
            elif element.tag == qn("w:sdt"):
                for content in element.iterchildren(qn("w:sdtContent")):
                    self.take(content)

    def _take_paragraph(self, paragraph: Paragraph) -> None:
        text = clean(_text(paragraph._p))
        style = _style_name(paragraph)
        if not text or style.startswith("toc "):
            return
        level = self._level(paragraph) if self._styled else _guessed_level(paragraph, text)
        if level is not None:
            self.outline.heading(level, text)
        else:
            self.outline.add(text, "item" if _is_item(paragraph, style, text) else "paragraph")

    def _take_table(self, table: BaseOxmlElement) -> None:
        for row in table.iter(qn("w:tr")):
            cells = list(row.iterchildren(qn("w:tc")))
            if len(cells) == 1:
                # A frame drawn around text, not a table.
                self.take(cells[0])
            elif row.getparent() is table:
                texts = (" ".join(_cell_lines(cell)) for cell in cells)
                self.outline.add(CELL_BREAK.join(text for text in texts if text), "row")

    def _level(self, paragraph: Paragraph) -> int | None:
        style = paragraph.style
        while style is not None:
            if style.name == "Title":
                return TITLE_LEVEL - 1
            if match := HEADING_STYLE.match(style.name or ""):
                return int(match[1])
            style = style.base_style
        return None


def _style_name(paragraph: Paragraph) -> str:
    return str(paragraph.style.name or "").casefold() if paragraph.style is not None else ""


def _guessed_level(paragraph: Paragraph, text: str) -> int | None:
    runs = [run for run in paragraph.runs if run.text.strip()]
    if is_title(text) and runs and all(run.bold for run in runs) and not has_marker(text):
        return BOLD_LEVEL
    return guess_levels([text])[0]


def _is_item(paragraph: Paragraph, style: str, text: str) -> bool:
    properties = paragraph._p.pPr
    numbered = properties is not None and properties.numPr is not None
    return numbered or style.startswith("list") or has_marker(text)


def _cell_lines(cell: BaseOxmlElement) -> Iterator[str]:
    for paragraph in cell.iter(qn("w:p")):
        if text := clean(_text(paragraph)):
            yield text.replace("\n", " ")


def _text(paragraph: BaseOxmlElement) -> str:
    return "".join(_glyphs(paragraph))


def _glyphs(element: BaseOxmlElement) -> Iterator[str]:
    for child in element:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in GLYPHS:
            yield GLYPHS[child.tag]
        elif child.tag != FALLBACK and child.tag != qn("w:pPr"):
            # The fallback repeats a text box for old programs; properties hold tab stops, not tabs.
            yield from _glyphs(child)
