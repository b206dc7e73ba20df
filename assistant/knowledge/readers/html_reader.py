"""HTML: what a visitor reads, without navigation, scripts and hidden parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from itertools import groupby

from bs4 import BeautifulSoup, Tag
from bs4.dammit import EncodingDetector
from bs4.element import Comment, NavigableString, PreformattedString

from assistant.knowledge.blocks import CELL_BREAK
from assistant.knowledge.readers.decoding import decode
from assistant.knowledge.readers.html_visibility import Visibility
from assistant.knowledge.readers.outline import Outline, Reading
from assistant.knowledge.readers.paragraphs import join_lines
from assistant.knowledge.screening import orders_anyone
from assistant.knowledge.text import clean

UNREAD = ["script", "style", "template", "noscript", "nav", "svg", "math", "iframe", "object", "select", "head"]
FRAMES = ["header", "footer"]
CONTENT = ["article", "main", "section"]
"""Within these a header or footer belongs to the text; elsewhere it belongs to the site."""

HEADING = re.compile(r"h([1-6])$")
BLOCK = re.compile(
    r"""address|article|aside|blockquote|body|caption|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure
    |footer|form|h[1-6]|header|hr|html|legend|li|main|ol|option|p|pre|section|summary|table|tbody|td|tfoot|th|thead
    |tr|ul|\[document\]""",
    re.VERBOSE,
)
LINE_BREAK = "\v"
XML_DECLARATION = re.compile(r"<\?xml[^>]*>")
LAYOUT = ["table", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol"]
"""A table that holds these arranges a page; it is not a table of data."""


def read_html(data: bytes, name: str) -> Reading:
    """Raises UnreadableDocument where the bytes are no text."""
    return read_page(_decode(data, name))


def read_page(html: str) -> Reading:
    """The same for a page whose encoding is known."""
    soup = _parse(html)
    title = _title(soup)
    outline = Outline()
    _add_visible(outline, soup)
    return Reading(title, outline.blocks(), tuple(outline.remarks))


def add_html(outline: Outline, html: str) -> None:
    """Add a fragment, as it stands within Markdown, to an outline."""
    _add_visible(outline, _parse(html))


def _parse(html: str) -> BeautifulSoup:
    # A declared document type and no XML declaration: the library then has no doubt, and nothing to warn of.
    return BeautifulSoup("<!DOCTYPE html>" + XML_DECLARATION.sub("", clean(html)), "lxml")


def _decode(data: bytes, name: str) -> str:
    declared = EncodingDetector.find_declared_encoding(data, is_html=True, search_entire_document=False)
    # GB2312 pages are written with the characters of its successor.
    encoding = "gb18030" if declared in {"gb2312", "gbk"} else declared
    try:
        return data.decode(encoding) if encoding else decode(data, name)
    except (LookupError, ValueError):
        # The page declares what does not exist or what it is not written in.
        return decode(data, name)


def _title(soup: BeautifulSoup) -> str:
    for tag in (soup.title, soup.find("h1")):
        if isinstance(tag, Tag) and (text := clean(tag.get_text(" "))):
            return text.replace("\n", " ")
    return ""


def _add_visible(outline: Outline, soup: BeautifulSoup) -> None:
    visibility = Visibility(soup)
    _drop_hidden(outline, soup, visibility)
    _drop_unread(soup)
    for _, group in groupby(_strings(soup), lambda pair: id(pair[0])):
        pairs = list(group)
        _add_block(outline, pairs[0][0], "".join(text for _, text in pairs))


def _drop_hidden(outline: Outline, soup: BeautifulSoup, visibility: Visibility) -> None:
    """Take out what a visitor does not see, and remark on it; of comments only on those that order something."""
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        if orders_anyone(str(comment)):
            outline.remark(str(comment), "comment")
    for tag in soup.find_all(visibility.hides_all):
        if not tag.decomposed and tag.name not in UNREAD:
            outline.remark(_words(tag))
            tag.decompose()
    for text in list(soup.find_all(string=True)):
        parent = text.parent
        if parent is None or isinstance(text, PreformattedString) or parent.name in UNREAD or not text.strip():
            continue
        if visibility.hides_text(parent):
            outline.remark(str(text))
            text.extract()


def _words(tag: Tag) -> str:
    for unread in tag.find_all(UNREAD):
        unread.decompose()
    return tag.get_text(" ")


def _drop_unread(soup: BeautifulSoup) -> None:
    unread = [*soup.find_all(UNREAD), *(tag for tag in soup.find_all(FRAMES) if tag.find_parent(CONTENT) is None)]
    for tag in unread:
        if not tag.decomposed:
            tag.decompose()


def _strings(soup: BeautifulSoup) -> Iterator[tuple[Tag, str]]:
    """Every text that is read, with the element that makes its block."""
    tables = (table for table in soup.find_all("table") if table.find(LAYOUT) is None)
    rows = {id(row) for table in tables for row in table.find_all("tr")}
    for node in soup.descendants:
        if isinstance(node, Tag) and node.name == "br":
            yield _block_of(node, rows), LINE_BREAK
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            # Comments, declarations and the like are preformatted strings.
            yield _block_of(node, rows), str(node)


def _block_of(node: Tag | NavigableString, rows: Set[int]) -> Tag:
    row = next((parent for parent in node.parents if id(parent) in rows), None) if rows else None
    return row or next(parent for parent in node.parents if BLOCK.fullmatch(parent.name))


def _add_block(outline: Outline, block: Tag, text: str) -> None:
    if heading := HEADING.match(block.name):
        outline.heading(int(heading[1]), text)
    elif block.name == "tr":
        cells = (clean(cell.get_text(" ")).replace("\n", " ") for cell in block.find_all(["td", "th"]))
        outline.add(CELL_BREAK.join(cell for cell in cells if cell), "row")
    else:
        whole = text if block.name == "pre" else _unwrapped(text)
        outline.add(whole, "item" if block.name == "li" else "paragraph")


def _unwrapped(text: str) -> str:
    """Line ends of the source are blanks, and nothing at all within Chinese; only `<br>` ends a line."""
    broken = ([line.strip() for line in part.split("\n") if line.strip()] for part in text.split(LINE_BREAK))
    return "\n".join(join_lines(lines) for lines in broken if lines)
