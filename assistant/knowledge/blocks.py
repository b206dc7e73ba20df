"""What a reader gives: the blocks of a file in reading order, each under its headings and on its page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

BlockKind = Literal["paragraph", "item", "row"]

CELL_BREAK = " | "
"""Stands between the cells of a row."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list item or a table row. `headings` are those open above it, outermost first."""

    text: str
    headings: tuple[str, ...] = ()
    page: int | None = None
    kind: BlockKind = "paragraph"


@dataclass(frozen=True, slots=True)
class Content:
    """What was read from one file. `version` follows the bytes of the file, not its name."""

    title: str
    version: str
    blocks: tuple[Block, ...]


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
