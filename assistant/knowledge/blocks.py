"""What a reader gives: the blocks of a file in reading order, each under its headings and on its page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from assistant.domain.document import Remark

BlockKind = Literal["paragraph", "item", "row", "detail"]
"""A `detail` is a fact beside a text, such as whose task it is; it tells nobody to do anything."""

CELL_BREAK = " | "
"""Stands between the cells of a row."""

PAGE = "p. "
"""Stands before the number of a page; other files count slides or rows."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list item, a table row or a detail. `headings` are those open above it, outermost first.

    `unit` and `page` together say where it stands: `p. 3`, `slide 3`, `Complaints!row 3`.
    """

    text: str
    headings: tuple[str, ...] = ()
    page: int | None = None
    kind: BlockKind = "paragraph"
    unit: str = PAGE


@dataclass(frozen=True, slots=True)
class Content:
    """What was read from one file. `version` follows the bytes of the file, not its name."""

    title: str
    version: str
    blocks: tuple[Block, ...]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Neighbouring blocks under the same headings."""

    headings: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """The text of the section; passages stand in it word for word."""
        return text_of(self.blocks)


def text_of(blocks: Iterable[Block]) -> str:
    """The text of blocks, one a line."""
    return "\n".join(block.text for block in blocks)


def sections_of(blocks: Iterable[Block]) -> tuple[Section, ...]:
    """The blocks cut where the headings change."""
    return tuple(Section(headings, tuple(group)) for headings, group in groupby(blocks, lambda block: block.headings))


def place_of(blocks: Iterable[Block]) -> str:
    """The pages, slides or rows that neighbouring blocks of one section stand on, or nothing."""
    placed = [block for block in blocks if block.page is not None]
    numbers = sorted({block.page for block in placed if block.page is not None})
    if not numbers:
        return ""
    first, last = numbers[0], numbers[-1]
    return placed[0].unit + (f"{first}" if first == last else f"{first}–{last}")
