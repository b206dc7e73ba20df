"""The lines of a PDF with the size and place of their letters, without what repeats on most pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.knowledge.blocks import CELL_BREAK
from assistant.knowledge.readers.paragraphs import join_lines
from assistant.knowledge.readers.pdf_tables import Grid, aligned_rows
from assistant.knowledge.readers.pdf_words import Word, WordLine

EDGE = 2
"""How many lines from the top and from the bottom of a page may be its header and footer."""

FEWEST_PAGES = 3
REPEATED_SHARE = 0.5
NUMBER = re.compile(r"\d{1,9}")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """`size` is the height of its letters, `top` their upper edge, `width` from first to last; all in points.

    `is_row`: the text is a row of a table, its cells between breaks.
    """

    text: str
    page: int
    size: float
    top: float
    width: float
    is_row: bool = False


def printed_lines(lines: Sequence[WordLine], tables: Sequence[Grid], page: int) -> list[PrintedLine]:
    """The lines of one page in PDFium's order; a table drawn with lines stands, row by row, where its first word is."""
    free: list[tuple[int, WordLine]] = []
    cells: list[defaultdict[tuple[int, int], list[WordLine]]] = [defaultdict(list) for _ in tables]
    first: dict[int, int] = {}
    for place, line in enumerate(lines):
        for table, part in _parts(line, tables):
            if table is None:
                free.append((place, part))
            else:
                cells[table][_cell(tables[table], part.words[0])].append(part)
                first.setdefault(table, place)
    found = [(place, _printed(line, columns, page)) for (place, line), columns in _with_columns(free)]
    for table, place in first.items():
        found += [(place, row) for row in _rows(cells[table], page)]
    return [line for _, line in sorted(found, key=lambda pair: pair[0])]


def _parts(line: WordLine, tables: Sequence[Grid]) -> Iterator[tuple[int | None, WordLine]]:
    """The line cut where its words change from one cell of a table to another, with the number of the table."""

    def place(word: Word) -> tuple[int, tuple[int, int]] | None:
        found = ((number, table.cell(word)) for number, table in enumerate(tables))
        return next(((number, cell) for number, cell in found if cell is not None), None)

    for where, group in groupby(line.words, place):
        words = list(group)
        start, last = words[0].start, words[-1]
        text = line.text[start : last.start + len(last.text)]
        moved = tuple(replace(word, start=word.start - start) for word in words)
        yield (where[0] if where else None), WordLine(text, moved, line.size, line.top)


def _cell(table: Grid, word: Word) -> tuple[int, int]:
    return table.cell(word) or (0, 0)


def _with_columns(free: Sequence[tuple[int, WordLine]]) -> Iterator[tuple[tuple[int, WordLine], list[str] | None]]:
    return zip(free, aligned_rows([line for _, line in free]), strict=True)


def _printed(line: WordLine, columns: Sequence[str] | None, page: int) -> PrintedLine:
    width = max(word.right for word in line.words) - min(word.left for word in line.words)
    text = CELL_BREAK.join(columns) if columns else line.text
    return PrintedLine(text, page, line.size, line.top, max(width, 0.0), is_row=columns is not None)


def _rows(cells: Mapping[tuple[int, int], Sequence[WordLine]], page: int) -> Iterator[PrintedLine]:
    for _, row in groupby(sorted(cells), lambda cell: cell[0]):
        parts = [cells[cell] for cell in row]
        texts = [join_lines(line.text for line in lines) for lines in parts]
        yield _printed(parts[0][0], texts, page)


def without_repeats(pages: Sequence[Sequence[PrintedLine]]) -> list[PrintedLine]:
    """All lines but the headers and footers: those that, page numbers aside, stand at the edge of most pages."""
    repeated = _repeated(pages) if len(pages) >= FEWEST_PAGES else frozenset()
    return [line for page in pages for line in page if not (line in _edges(page) and _shape(line) in repeated)]


def _repeated(pages: Sequence[Sequence[PrintedLine]]) -> frozenset[str]:
    """The shapes of lines that are the same on most pages, or differ only by the number of the page."""
    alike: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for page in pages:
        for line in _edges(page):
            alike[_shape(line)].update({line.text, *_counted_from_page(line)})
    enough = REPEATED_SHARE * len(pages)
    return frozenset(shape for shape, seen in alike.items() if seen.most_common(1)[0][1] > enough)


def _shape(line: PrintedLine) -> str:
    return NUMBER.sub("#", line.text)


def _counted_from_page(line: PrintedLine) -> Iterator[str]:
    """One key for each number of the line: its place and its distance from the page's own number."""
    for place, number in enumerate(NUMBER.findall(line.text)):
        yield f"{place}:{int(number) - line.page}"


def _edges(page: Sequence[PrintedLine]) -> list[PrintedLine]:
    return [*page[:EDGE], *page[max(EDGE, len(page) - EDGE) :]]
