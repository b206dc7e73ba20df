"""Lines that a program or a page broke, joined into the paragraphs that a person wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from assistant.knowledge.blocks import BlockKind
from assistant.knowledge.readers.outline import Outline
from assistant.knowledge.text import columns, has_marker, is_wide

NARROWEST, WIDEST = 40, 130
"""Columns between which broken lines lie: narrower ones are lists, wider ones were never broken."""

SLACK = 0.85
"""A line is full from this share of the widest on: letters of a printed page differ in width."""

SOFT_HYPHENS = ("\u00ad", "\u0002", "\ufffe")
"""A hyphen that only marks a break: in text, and as PDFium gives it."""

UNFINISHED = (*SOFT_HYPHENS, ",", "，", "、")

ENDS_SENTENCE = re.compile(r"""[.!?:;。！？：；…]["'”’」』)）】]*$""")
HYPHENATED = re.compile(r"[a-z]-$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line as found. `opens`: a blank line or a wide gap stands before it. `level`: it is a heading.

    `width` is measured on the page, in any unit; where nothing is given, columns are counted. `is_row`: it is a row
    of a table.
    """

    text: str
    page: int | None = None
    opens: bool = False
    level: int | None = None
    width: float = 0.0
    is_row: bool = False

    @property
    def extent(self) -> float:
        """How far the line goes."""
        return self.width or columns(self.text)


def add_lines(outline: Outline, lines: Sequence[Line]) -> None:
    """Add the lines to the outline as headings, list items and paragraphs."""
    for group in paragraphs(lines):
        first, text = group[0], join_lines(line.text for line in group)
        if first.level is not None:
            outline.heading(first.level, text, first.page)
        else:
            kind: BlockKind = "row" if first.is_row else "item" if has_marker(text) else "paragraph"
            outline.add(text, kind, first.page)


def paragraphs(lines: Sequence[Line]) -> Iterable[list[Line]]:
    """The lines grouped by paragraph; a heading is a group of its own."""
    widest = max(
        (line for line in lines if line.level is None and not line.is_row),
        key=lambda line: line.extent,
        default=Line(""),
    )
    group: list[Line] = []
    for line in lines:
        if group and not _continues(group[-1], line, widest):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def join_lines(lines: Iterable[str]) -> str:
    """One text: Chinese without a blank between the lines, English with one, hyphens at line ends undone."""
    return reduce(_join, filter(None, lines), "")


def _continues(before: Line, line: Line, widest: Line) -> bool:
    if line.opens or line.is_row or before.is_row:
        return False
    if line.level is not None or before.level is not None or has_marker(line.text):
        return False
    if before.text.endswith(UNFINISHED):
        return True
    if not NARROWEST <= columns(widest.text) <= WIDEST:
        return False
    if not before.width and ENDS_SENTENCE.search(before.text):
        # Plain text shows no gap between paragraphs; to cut between sentences does no harm.
        return False
    word = columns(_first_word(line.text)) / columns(line.text) * line.extent
    return before.extent + word >= SLACK * widest.extent


def _first_word(text: str) -> str:
    return text[:1] if is_wide(text[0]) else text.split(maxsplit=1)[0]


def _join(left: str, right: str) -> str:
    if not left:
        return right
    if left.endswith(SOFT_HYPHENS):
        return left[:-1] + right
    if HYPHENATED.search(left) and right[:1].islower():
        return left[:-1] + right
    blank = "" if is_wide(left[-1]) or is_wide(right[0]) else " "
    return left + blank + right
