"""Blocks as they are met, under the headings that are open at that point."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.knowledge.blocks import Block, BlockKind
from assistant.knowledge.text import clean


@dataclass(frozen=True, slots=True)
class Reading:
    """What one format's reader found. `title` is empty where the file names none."""

    title: str
    blocks: tuple[Block, ...]


TITLE_LEVEL = 1
"""Headings of this level or above may name the document."""


class Outline:
    """Collects headings and texts in reading order. A lower level encloses a higher one; gaps do not matter."""

    def __init__(self) -> None:
        self.title = ""
        self._open: list[tuple[int, str]] = []
        self._blocks: list[Block] = []
        self._bare: Block | None = None

    def heading(self, level: int, text: str, page: int | None = None) -> None:
        """Open a heading; it closes those of its own level and below."""
        text = clean(text).replace("\n", " ")
        if not text:
            return
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
            self._keep_bare()
        if level <= TITLE_LEVEL:
            self.title = self.title or text
        self._bare = Block(text, self._path(), page)
        self._open.append((level, text))

    def add(self, text: str, kind: BlockKind = "paragraph", page: int | None = None) -> None:
        """Add a text under the open headings; blank ones are passed over."""
        if text := clean(text):
            self._bare = None
            self._blocks.append(Block(text, self._path(), page, kind))

    def blocks(self) -> tuple[Block, ...]:
        """Everything met so far."""
        self._keep_bare()
        return tuple(self._blocks)

    def _keep_bare(self) -> None:
        # A heading with nothing beneath would be lost: it is in no block's path.
        if self._bare is not None:
            self._blocks.append(self._bare)
            self._bare = None

    def _path(self) -> tuple[str, ...]:
        return tuple(text for _, text in self._open)
