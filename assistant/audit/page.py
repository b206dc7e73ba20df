"""The audit as one self-contained page: coverage as picture and table, and every finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.audit.audit import Audit
from assistant.audit.names import BUSINESSES as BUSINESS_NAMES
from assistant.audit.names import DANGERS as DANGER_NAMES
from assistant.domain.vocabulary import Text
from assistant.errors import InvalidInput
from assistant.knowledge.checks.coverage import BUSINESSES, Cell

TEMPLATE = "page.html.jinja"
CELL, LABEL, HEAD, RIGHT, GAP = 26, 204, 84, 36, 2
"""Sizes in the picture's own units: a square, the names left of and above them, room at the right, between two."""
FULL = 6
"""Cards of a business's own from which the colour is full."""
LEVELS = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Square:
    """One cell of the picture; `strength` 0-1 is that of the colour, `shared` whether only cards for any serve."""

    x: int
    y: int
    strength: float
    shared: bool


def write_page(audit: Audit, needs: Mapping[str, Text], path: Path) -> None:
    """Raises InvalidInput where the file cannot be written."""
    try:
        path.write_text(render_page(audit, needs), encoding="utf-8")
    except OSError as error:
        raise InvalidInput(
            f"{path} cannot be written ({error.strerror}); give a file in a folder that exists"
        ) from error


def render_page(audit: Audit, needs: Mapping[str, Text]) -> str:
    """The page; `needs` names the rows that are no dangers."""
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    environment = Environment(
        loader=PackageLoader("assistant.audit", "."),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    rows = audit.coverage.rows
    return environment.get_template(TEMPLATE).render(
        audit=audit,
        levels=LEVELS,
        businesses=[BUSINESS_NAMES[business] for business in BUSINESSES],
        names={row.id: DANGER_NAMES[row.id] if row.kind == "danger" else needs[row.id] for row in rows},
        squares=[_square(y, x, cell) for y, row in enumerate(rows) for x, cell in enumerate(row.cells)],
        cell=CELL,
        label=LABEL,
        head=HEAD,
        width=LABEL + CELL * len(BUSINESSES) + RIGHT,
        height=HEAD + CELL * len(rows),
    )


def _square(row: int, column: int, cell: Cell) -> Square:
    strength = min(len(cell.own) / FULL, 1.0) * 0.8 + 0.2 if cell.own else 0.0
    return Square(LABEL + column * CELL + GAP, HEAD + row * CELL + GAP, strength, bool(cell.shared))
