"""Blocks as they are met, under the headings that are open at that point."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.document import Remark, RemarkKind
from assistant.knowledge.blocks import PAGE, Block, BlockKind
from assistant.knowledge.text import clean


@dataclass(frozen=True, slots=True)
class Reading:
    """What one format's reader found. `title` is empty where the file names none."""

    title: str
    blocks: tuple[Block, ...]
    remarks: tuple[Remark, ...] = ()


TITLE_LEVEL = 1
"""Headings of this level or above may name the document."""


class Outline:
    """Collects headings and texts in reading order. A lower level encloses a higher one; gaps do not matter.

    `unit` stands before the page numbers that follow.
    """

    def __init__(self, unit: str = PAGE) -> None:
        self.title = ""
        self.unit = unit
        self.remarks: list[Remark] = []
        self._open: list[tuple[int, str]] = []
        self._blocks: list[Block] = []
        self._bare: Block | None = None

    def heading(self, level: int, text: str, page: int | None = None) -> None:
        """Open a heading; it closes those of its own level and below."""
        text = clean(text).replace("\n", " ")
        if not text:
            return
        self.close(level)
        if level <= TITLE_LEVEL:
            self.title = self.title or text
        self._bare = Block(text, self._path(), page, unit=self.unit)
        self._open.append((level, text))

    def close(self, level: int) -> None:
        """Close the headings of this level and below."""
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
            self._keep_bare()

    def add(self, text: str, kind: BlockKind = "paragraph", page: int | None = None) -> None:
        """Add a text under the open headings; blank ones are passed over."""
        if text := clean(text):
            self._bare = None
            self._blocks.append(Block(text, self._path(), page, kind, self.unit))

    def remark(self, text: str, locator: str = "", kind: RemarkKind = "hidden") -> None:
        """Note what was left out; without a locator it stands under the innermost open heading."""
        if text := " ".join(clean(text).split()):
            self.remarks.append(Remark(kind, locator or (self._open[-1][1] if self._open else ""), text))

    def reading(self, title: str = "") -> Reading:
        """What was read, under the title given, or the first heading that may serve as one."""
        return Reading(title or self.title, self.blocks(), tuple(self.remarks))

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
