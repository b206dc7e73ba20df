"""Excel workbooks: the values that a person sees, row by row; hidden sheets, rows and columns stay out."""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import CellCoordinatesException, IllegalCharacterError, InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from assistant.knowledge.blocks import CELL_BREAK
from assistant.knowledge.faults import unreadable
from assistant.knowledge.readers.office_package import BROKEN, broken_package, check_package
from assistant.knowledge.readers.outline import Outline, Reading
from assistant.knowledge.readers.sheet import SHEET_LEVEL, add_sheet
from assistant.knowledge.readers.visibility import is_faint, is_tiny, rgb_of

MAX_UNPACKED = 150 * 1024 * 1024
"""A cell takes some fifty times its characters in memory."""

MOST_CELLS = 2_000_000
WHITE = "ffffff"
HIDING_FORMAT = ";;;"
"""Shows nothing, whatever the value."""


def read_xlsx(data: bytes, name: str) -> Reading:
    """Raises UnreadableDocument for encrypted, old and damaged files and for those that unpack to too much."""
    outline = Outline()
    try:
        book = _open(data, name)
        for sheet in book.worksheets:
            if len(sheet._cells) > MOST_CELLS:
                raise unreadable(name, f"has more than {MOST_CELLS:,} cells in sheet {sheet.title!r}", "divide it")
            _add(outline, sheet, several=len(book.worksheets) > 1)
        title = str(book.properties.title or "")
    except (*BROKEN, InvalidFileException, CellCoordinatesException, IllegalCharacterError) as error:
        raise broken_package(name, "Excel", ".xlsx") from error
    return outline.reading(title)


def xlsx_rows(data: bytes, name: str) -> list[tuple[int, list[str]]]:
    """What a person sees in the first sheet that is shown, by row. Raises UnreadableDocument as `read_xlsx` does."""
    try:
        sheet = next(sheet for sheet in _open(data, name).worksheets if sheet.sheet_state == "visible")
        look, unread = _Look(sheet), Outline()
        return [(number, [_seen(unread, look, cell) for cell in cells]) for number, cells in _rows(sheet)]
    except (*BROKEN, InvalidFileException, CellCoordinatesException, IllegalCharacterError, StopIteration) as error:
        raise broken_package(name, "Excel", ".xlsx") from error


def _open(data: bytes, name: str) -> openpyxl.Workbook:
    check_package(data, name, "Excel", ".xlsx", MAX_UNPACKED)
    with warnings.catch_warnings():
        # Extensions and styles that the library does not know say nothing about the text.
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(BytesIO(data), data_only=True)


def _add(outline: Outline, sheet: Worksheet, *, several: bool) -> None:
    outline.close(1)
    outline.unit = f"{sheet.title}!row "
    rows = _rows(sheet)
    if sheet.sheet_state != "visible":
        for number, cells in rows:
            outline.remark(CELL_BREAK.join(filter(None, map(_value, cells))), f"{outline.unit}{number} (hidden sheet)")
        return
    if several:
        outline.heading(SHEET_LEVEL, sheet.title)
    look = _Look(sheet)
    add_sheet(outline, [(number, [_seen(outline, look, cell) for cell in cells]) for number, cells in rows])


def _rows(sheet: Worksheet) -> Iterator[tuple[int, list[Cell | MergedCell | None]]]:
    """The rows that hold something. A cell astray in the last row of all must not make a million rows of it."""
    found: defaultdict[int, dict[int, Cell | MergedCell]] = defaultdict(dict)
    for (row, column), cell in sheet._cells.items():
        found[row][column] = cell
    for row in sorted(found):
        yield row, [found[row].get(column) for column in range(1, max(found[row]) + 1)]


def _seen(outline: Outline, look: _Look, cell: Cell | MergedCell | None) -> str:
    """The text of a cell; where nobody sees it, nothing, and a remark."""
    if cell is None:
        return ""
    text = look.merged.get((cell.row, cell.column)) or _value(cell)
    if text and look.hides(cell):
        outline.remark(text, f"{outline.unit}{cell.row}")
        return ""
    return text


class _Look:
    """What a sheet shows. `merged` gives cells merged downwards the text of the first, by row and column."""

    def __init__(self, sheet: Worksheet) -> None:
        self._rows = {number for number, row in sheet.row_dimensions.items() if row.hidden}
        # One entry may stand for several neighbouring columns.
        self._columns = {
            column
            for letter, found in sheet.column_dimensions.items()
            if found.hidden
            for column in range(found.min or column_index_from_string(letter), (found.max or found.min or 0) + 1)
        }
        self.merged = {
            (row, area.min_col): _value(sheet.cell(area.min_row, area.min_col))
            for area in sheet.merged_cells.ranges
            for row in range(area.min_row + 1, area.max_row + 1)
        }

    def hides(self, cell: Cell | MergedCell) -> bool:
        """Whether nobody sees the cell's text."""
        if cell.row in self._rows or cell.column in self._columns or cell.number_format == HIDING_FORMAT:
            return True
        colour, behind = _argb(cell.font.color), _behind(cell)
        return is_tiny(cell.font.sz) or (colour is not None and behind is not None and is_faint(colour, behind))


def _behind(cell: Cell | MergedCell) -> str | None:
    """The colour behind a cell's text; None where it cannot be told."""
    if not cell.fill.fill_type:
        return WHITE
    return _argb(cell.fill.fgColor) if cell.fill.fill_type == "solid" else None


def _argb(colour: object) -> str | None:
    """`rrggbb` of a colour, or None for one that is a matter of the theme."""
    kind, rgb = getattr(colour, "type", None), getattr(colour, "rgb", None)
    if kind == "theme" and getattr(colour, "theme", None) == 0 and not getattr(colour, "tint", 0):
        return WHITE  # the background of every theme that prints
    return rgb_of(rgb[-6:]) if kind == "rgb" and isinstance(rgb, str) else None


def _value(cell: Cell | MergedCell | None) -> str:
    value = cell.value if cell is not None else None
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date | time):
        return value.isoformat() if not isinstance(value, datetime) else value.isoformat(" ", "minutes")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
