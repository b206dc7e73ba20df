"""Tables on a PDF page: by the lines drawn around their cells, or by the white between their columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pypdfium2 import PdfPage, raw

from assistant.knowledge.readers.pdf_words import Word, WordLine
from assistant.knowledge.text import MARKER

THIN = 3.0
"""Points: a path no thicker than this is a line."""

SHORTEST = 6.0
NEAR = 3.0
"""Points within which lines meet, or are one and the same."""

COLUMN_GAP = 1.4
"""White between two words, in heights of the line, from which on they stand in different columns."""

FEWEST_ROWS = 2
MOST_RULES = 4000
"""A drawing of more lines than this is no table."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table drawn with lines: the places of its vertical lines, and of its horizontal ones from the bottom up."""

    across: tuple[float, ...]
    up: tuple[float, ...]

    def cell(self, word: Word) -> tuple[int, int] | None:
        """Row from the top and column of the cell that the word's middle lies in, or None outside."""
        x, y = (word.left + word.right) / 2, (word.bottom + word.top) / 2
        column, row = bisect_right(self.across, x) - 1, bisect_right(self.up, y) - 1
        if not (0 <= column < len(self.across) - 1 and 0 <= row < len(self.up) - 1):
            return None
        return len(self.up) - 2 - row, column


def grids(page: PdfPage) -> list[Grid]:
    """The tables of a page that are drawn with lines or boxes around at least two cells."""
    rules = list(_rules(page))
    if len(rules) > MOST_RULES:
        return []
    found = []
    for group in _touching(rules):
        across = _distinct(rule[0] for rule in group if _is_upright(rule))
        up = _distinct(rule[1] for rule in group if not _is_upright(rule))
        if len(across) > 2 and len(up) > 1:  # one column is a frame around a text
            found.append(Grid(across, up))
    return found


def columns_of(line: WordLine) -> list[str]:
    """The texts of a line between wide gaps; one where there are none. A list's marker stays with its text."""
    starts = [0]
    for before, word in zip(line.words, line.words[1:], strict=False):
        marker = MARKER.fullmatch(line.text[: word.start])
        if word.left - before.right > COLUMN_GAP * line.size > 0 and not marker:
            starts.append(word.start)
    ends = [*starts[1:], len(line.text)]
    return [line.text[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def aligned_rows(lines: Sequence[WordLine]) -> list[list[str] | None]:
    """For each line the texts of its columns where it and a neighbour have the same number of them, else None."""
    found = [columns_of(line) for line in lines]
    counts = [len(columns) if len(columns) > 1 else 0 for columns in found]
    padded = [0, *counts, 0]
    return [
        columns if count and count in {padded[place], padded[place + 2]} else None
        for place, (columns, count) in enumerate(zip(found, counts, strict=True))
    ]


def _rules(page: PdfPage) -> Iterator[Box]:
    for path in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = path.get_bounds()
        if max(right - left, top - bottom) < SHORTEST:
            continue
        if min(right - left, top - bottom) <= THIN:
            yield _middle(left, bottom, right, top)
        else:  # a box: its four sides
            yield (left, bottom, right, bottom)
            yield (left, top, right, top)
            yield (left, bottom, left, top)
            yield (right, bottom, right, top)


def _middle(left: float, bottom: float, right: float, top: float) -> Box:
    if right - left < top - bottom:
        return (left + right) / 2, bottom, (left + right) / 2, top
    return left, (bottom + top) / 2, right, (bottom + top) / 2


def _is_upright(rule: Box) -> bool:
    return rule[0] == rule[2]


def _touching(rules: Sequence[Box]) -> list[list[Box]]:
    """The lines grouped so that those that meet stand together."""
    groups: list[tuple[Box, list[Box]]] = []
    for rule in sorted(rules, key=lambda rule: -rule[3]):
        near = [group for group in groups if _meet(group[0], rule)]
        box, members = rule, [rule]
        for group in near:
            box = (
                min(box[0], group[0][0]),
                min(box[1], group[0][1]),
                max(box[2], group[0][2]),
                max(box[3], group[0][3]),
            )
            members += group[1]
            groups.remove(group)
        groups.append((box, members))
    return [members for _, members in groups]


def _meet(one: Box, other: Box) -> bool:
    return (
        one[0] - NEAR <= other[2]
        and other[0] - NEAR <= one[2]
        and one[1] - NEAR <= other[3]
        and other[1] - NEAR <= one[3]
    )


def _distinct(places: Iterator[float]) -> tuple[float, ...]:
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > NEAR:
            kept.append(place)
    return tuple(kept)
