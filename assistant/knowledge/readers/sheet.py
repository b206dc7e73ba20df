"""Rows of a spreadsheet into blocks: one procedure a row where its columns say so, else a table that stays readable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.knowledge.blocks import CELL_BREAK
from assistant.knowledge.procedures import names_a_part
from assistant.knowledge.readers.outline import Outline
from assistant.knowledge.text import clean, columns, has_marker

SHEET_LEVEL, TABLE_LEVEL, ROW_LEVEL, COLUMN_LEVEL = 2, 3, 4, 5

WIDEST_HEADER = 40
WIDEST_TITLE = 120
"""Columns of text; a longer cell is no heading."""

NARROWEST_TEXT = 40
"""A column holds text, and not values, where a cell is wider than this or has several lines."""

DISTINCT = 0.8
"""Share of the cells of a column that differ from each other where it names the rows."""

NAMING = re.compile(
    r"标题|名称|主题|题目|场景|情形|情况|事件|问题|事项|类型|\bSOP\b"
    r"|\b(?:title|name|topic|subject|scenario|situation|incident|issue|event|case|problem|procedure)\b",
    re.IGNORECASE,
)
VALUE = re.compile(r"[\W\d_]*|[A-Za-z]{1,5}[-_ ./]?\d[\w./-]*")
"""A number, a date, a code: names nothing."""

SENTENCE_END = re.compile(r"[。！？.!?；;]$")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row as it stands in the file: its number, and the text of every cell, empty ones too."""

    number: int
    cells: tuple[str, ...]

    @property
    def filled(self) -> list[str]:
        """The cells that hold something."""
        return [cell for cell in self.cells if cell]

    def cell(self, column: int) -> str:
        """The text of a cell, empty behind the row's end."""
        return self.cells[column] if column < len(self.cells) else ""


def add_sheet(outline: Outline, found: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Add the rows of one sheet, numbered as the file counts them, to the outline."""
    rows = [SheetRow(number, tuple(clean(cell) for cell in cells)) for number, cells in found]
    rows = [row for row in rows if row.filled]
    first = next((place for place, row in enumerate(rows) if len(row.filled) > 1), len(rows))
    for row in rows[:first]:
        _add_single(outline, row, is_title=row is rows[0] and 0 < first < len(rows))
    _add_table(outline, rows[first:])


def _add_table(outline: Outline, rows: Sequence[SheetRow]) -> None:
    if not _has_header(rows):
        _add_rows(outline, rows)
        return
    header, body = rows[0], rows[1:]
    name = _naming_column(header, body)
    if name is not None:
        texts = [column for column in range(len(header.cells)) if column != name and _is_part(header, body, column)]
        for row in body:
            _add_procedure(outline, header, row, name, texts)
        return
    outline.heading(ROW_LEVEL, _joined(header), header.number)
    _add_rows(outline, body)


def _add_rows(outline: Outline, rows: Sequence[SheetRow]) -> None:
    for row in rows:
        if len(row.filled) == 1:
            _add_single(outline, row, is_title=False)
        else:
            outline.add(_joined(row), "row", row.number)


def _add_single(outline: Outline, row: SheetRow, *, is_title: bool) -> None:
    (text,) = row.filled
    if is_title and columns(text) <= WIDEST_TITLE and "\n" not in text:
        outline.heading(TABLE_LEVEL, text, row.number)
        outline.title = outline.title or text
    else:
        _add_lines(outline, text, row.number)


def _add_procedure(outline: Outline, header: SheetRow, row: SheetRow, name: int, texts: Sequence[int]) -> None:
    """The row under its name: short values as one line of details, then each text under its column's header."""
    outline.heading(ROW_LEVEL, row.cell(name) or f"{header.cell(name)} {row.number}", row.number)
    short = [column for column in range(len(row.cells)) if column != name and column not in texts]
    values = [f"{header.cell(column)}: {_one_line(row.cell(column))}" for column in short if row.cell(column)]
    outline.add(CELL_BREAK.join(values), "detail", row.number)
    for column in texts:
        if not row.cell(column):
            continue
        outline.close(COLUMN_LEVEL)
        is_part = names_a_part(header.cell(column))
        if is_part:
            outline.heading(COLUMN_LEVEL, header.cell(column), row.number)
        elif header.cell(column):
            outline.add(f"{header.cell(column)}:", "detail", row.number)
        _add_lines(outline, row.cell(column), row.number, is_list=is_part)


def _add_lines(outline: Outline, text: str, number: int, *, is_list: bool = False) -> None:
    lines = text.split("\n")
    for line in lines:
        outline.add(line, "item" if is_list or len(lines) > 1 or has_marker(line) else "paragraph", number)


def _has_header(rows: Sequence[SheetRow]) -> bool:
    """Whether the first row names the columns: short words, all different, and rows beneath."""
    if len(rows) < 2:
        return False
    names = rows[0].filled
    worded = all(columns(name) <= WIDEST_HEADER and not SENTENCE_END.search(name) for name in names)
    return worded and len(set(names)) == len(names) and not any(re.fullmatch(r"[\W\d_]+", name) for name in names)


def _naming_column(header: SheetRow, body: Sequence[SheetRow]) -> int | None:
    """The column whose cells name the procedures in their rows; None where the rows hold none.

    It has a header that says so, or stands before the first column of text.
    """
    texts = [column for column in range(len(header.cells)) if _holds_text(body, column)]
    able = [column for column in range(len(header.cells)) if column not in texts and _can_name(body, column)]
    named = [column for column in able if NAMING.search(header.cell(column))]
    if texts and not able and len(texts) > 1 and _can_name(body, texts[0]):
        return texts[0]
    return next(iter(named or [column for column in able if column < texts[0]]), None) if texts else None


def _is_part(header: SheetRow, body: Sequence[SheetRow], column: int) -> bool:
    """Whether the column's cells stand under its header as a part of the procedure, not among the details."""
    values = [row.cell(column) for row in body if row.cell(column)]
    worded = not all(VALUE.fullmatch(value) for value in values)
    return _holds_text(body, column) or (worded and names_a_part(header.cell(column)))


def _can_name(body: Sequence[SheetRow], column: int) -> bool:
    cells = [row.cell(column) for row in body]
    names = [cell for cell in cells if cell and "\n" not in cell and columns(cell) <= WIDEST_TITLE]
    worded = [name for name in names if not VALUE.fullmatch(name)]
    return len(worded) >= DISTINCT * len(cells) and len(set(worded)) >= DISTINCT * len(worded)


def _holds_text(body: Sequence[SheetRow], column: int) -> bool:
    return any("\n" in row.cell(column) or columns(row.cell(column)) > NARROWEST_TEXT for row in body)


def _joined(row: SheetRow) -> str:
    return CELL_BREAK.join(_one_line(cell) for cell in row.filled)


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))
