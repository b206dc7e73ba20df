"""Markdown: headings, lists with their markers, tables, and a title from the front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.domain.language import language_of
from assistant.errors import InvalidPlaybook
from assistant.knowledge.blocks import CELL_BREAK
from assistant.knowledge.front_matter import FENCE, split_front_matter
from assistant.knowledge.readers.decoding import decode
from assistant.knowledge.readers.html_reader import add_html
from assistant.knowledge.readers.html_visibility import RawTags
from assistant.knowledge.readers.outline import Outline, Reading
from assistant.knowledge.readers.paragraphs import join_lines
from assistant.knowledge.screening import orders_anyone
from assistant.knowledge.text import has_marker

HARD_BREAK = "\v"
COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
TAG = re.compile(r"<[^>]*>")


def read_markdown(data: bytes, name: str) -> Reading:
    """Raises UnreadableDocument where the bytes are no text."""
    title, body = _front_title(decode(data, name), name)
    walk = _Walk()
    references: dict[str, Any] = {}
    for token in MarkdownIt("commonmark").enable("table").parse(body, references):
        walk.take(token)
    for reference in references.get("references", {}).values():
        if orders_anyone(title_ := str(reference.get("title", ""))):
            walk.outline.remark(title_, "comment")  # written as `[//]: # (…)`, which no page shows
    return walk.outline.reading(title)


def _front_title(text: str, name: str) -> tuple[str, str]:
    if not text.lstrip("\ufeff").startswith(FENCE):
        return "", text
    try:
        front = split_front_matter(text, name)
    except InvalidPlaybook:
        # A rule at the top is no front matter, and an ordinary document need not have one.
        return "", text
    body = "\n".join(front.body)
    return _in_body_language(front.values.get("title"), body), body


def _in_body_language(title: object, body: str) -> str:
    if isinstance(title, Mapping):
        title = title.get(language_of(body)) or next(iter(title.values()), "")
    return str(title) if isinstance(title, str | int | float) else ""


class _Walk:
    """Takes the tokens of one document in order."""

    def __init__(self) -> None:
        self.outline = Outline()
        self._level: int | None = None
        self._marker = ""
        self._cells: list[str] | None = None
        self._raw = RawTags()

    def take(self, token: Token) -> None:
        """Follow one token."""
        if token.type == "heading_open":
            self._level = int(token.tag[1])
        elif token.type == "list_item_open":
            self._marker = f"{token.info}{token.markup} "
        elif token.type == "tr_open":
            self._cells = []
        elif token.type == "tr_close":
            self.outline.add(CELL_BREAK.join(self._cells or ()), "row")
            self._cells = None
        elif token.type == "inline":
            self._take_inline("".join(self._seen(child) for child in token.children or ()))
        elif token.type in {"fence", "code_block"}:
            self._take_code(token.content)
        elif token.type == "html_block":
            self._take_html(token.content)

    def _seen(self, token: Token) -> str:
        """The text of an inline token; nothing within an element that is not seen."""
        if token.type == "html_inline" and not token.content.startswith("<br"):
            self._take_tag(token.content)
            return ""
        text = _text(token)
        if self._raw.hidden and text.strip():
            self.outline.remark(text)
            return ""
        return text

    def _take_tag(self, html: str) -> None:
        comment = COMMENT.fullmatch(html.strip())
        if comment and orders_anyone(comment[1]):
            self.outline.remark(comment[1], "comment")
        self._raw.feed(html)

    def _take_code(self, text: str) -> None:
        if self._raw.hidden:
            self.outline.remark(text)
        else:
            self.outline.add(text)

    def _take_html(self, html: str) -> None:
        # An element may open here, hold Markdown after a blank line, and close in a later block.
        hidden = self._raw.hidden
        self._raw.feed(html)
        if hidden:
            self.outline.remark(COMMENT.sub("", TAG.sub(" ", html)))
        else:
            add_html(self.outline, html)

    def _take_inline(self, text: str) -> None:
        if self._cells is not None:
            self._cells.append(" ".join(text.split()))
        elif self._level is not None:
            self.outline.heading(self._level, text)
            self._level = None
        else:
            self._take_paragraph(text)

    def _take_paragraph(self, text: str) -> None:
        for lines in _groups(text):
            if self._marker and not has_marker(lines[0]):
                lines[0] = self._marker + lines[0]
            self._marker = ""
            self.outline.add(join_lines(lines), "item" if has_marker(lines[0]) else "paragraph")


def _groups(text: str) -> Iterator[list[str]]:
    """Lines that belong together. Many write `1、` or `•` at a line's start, which Markdown takes for running text."""
    for part in text.split(HARD_BREAK):
        group: list[str] = []
        for line in filter(None, (line.strip() for line in part.split("\n"))):
            if group and has_marker(line):
                yield group
                group = []
            group.append(line)
        if group:
            yield group


def _text(token: Token) -> str:
    if token.type == "softbreak":
        return "\n"
    if token.type == "hardbreak" or (token.type == "html_inline" and token.content.startswith("<br")):
        return HARD_BREAK
    return "" if token.type == "html_inline" else token.content
