"""Word documents: paragraphs and tables in order, headings by style; inserted text in, deleted and hidden text out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import docx
from docx.document import Document
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml.exceptions import XmlchemyError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from assistant.knowledge.blocks import CELL_BREAK
from assistant.knowledge.readers.docx_visibility import Visibility
from assistant.knowledge.readers.heading_guess import guess_levels, is_title
from assistant.knowledge.readers.office_package import BROKEN, broken_package, check_package
from assistant.knowledge.readers.outline import TITLE_LEVEL, Outline, Reading
from assistant.knowledge.text import clean, has_marker

HEADING_STYLE = re.compile(r"(?:heading|标题) ?([1-9])", re.IGNORECASE)
PLACEHOLDER_TITLES = {"word document", "document", "untitled", "文档"}
BOLD_LEVEL = 30
"""A bold line in a document without heading styles: below every numbered heading."""

GLYPHS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
UNREAD = {FALLBACK, qn("w:pPr"), qn("w:rPr"), qn("w:moveFrom")}
"""The fallback repeats a text box for old programs; properties hold tab stops, not tabs."""


def read_docx(data: bytes, name: str) -> Reading:
    """Raises UnreadableDocument for encrypted, old and damaged files and for those that unpack to too much."""
    check_package(data, name, "Word", ".docx")
    try:
        document = docx.Document(BytesIO(data))
        walk = _Walk(document)
        walk.take(document.element.body)
        title = clean(document.core_properties.title or "")
    except (*BROKEN, PythonDocxError, XmlchemyError, OpcError) as error:
        raise broken_package(name, "Word", ".docx") from error
    if title.casefold() in PLACEHOLDER_TITLES:
        title = ""
    return walk.outline.reading(title)


class _Walk:
    """Takes the body's elements in order."""

    def __init__(self, document: Document) -> None:
        self.outline = Outline()
        self._document = document
        self._visibility = Visibility(document)
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
        text = self._text(paragraph._p)
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
                texts = (" ".join(self._cell_lines(cell)) for cell in cells)
                self.outline.add(CELL_BREAK.join(text for text in texts if text), "row")

    def _cell_lines(self, cell: BaseOxmlElement) -> Iterator[str]:
        for paragraph in cell.iter(qn("w:p")):
            if text := self._text(paragraph):
                yield text.replace("\n", " ")

    def _text(self, paragraph: BaseOxmlElement) -> str:
        """What is seen of a paragraph; the rest is remarked on."""
        seen: list[str] = []
        hidden: list[str] = []
        for run, glyphs in _glyphs(paragraph):
            (hidden if run is not None and self._visibility.hides(run) else seen).append(glyphs)
        self.outline.remark("".join(hidden))
        return clean("".join(seen))

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


def _glyphs(
    element: BaseOxmlElement, run: BaseOxmlElement | None = None
) -> Iterator[tuple[BaseOxmlElement | None, str]]:
    """The text under an element in pieces, each with the run that it stands in."""
    for child in element:
        if child.tag == qn("w:t"):
            yield run, child.text or ""
        elif child.tag in GLYPHS:
            yield run, GLYPHS[child.tag]
        elif child.tag not in UNREAD:
            yield from _glyphs(child, child if child.tag == qn("w:r") else run)
