"""What every command prints the same way."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterable
from datetime import date
from typing import Any, NoReturn

import click

from assistant.domain.document import Remark

BAD_INPUT = 2
NO = 1

REMARKS = {
    "hidden": "hidden text left out",
    "order": "order to the assistant left out",
    "unread": "not read",
    "recognised": "to be checked",
}


def fail(message: str, status: int = BAD_INPUT) -> NoReturn:
    """One plain sentence on standard error, and the end."""
    click.echo(f"improv: {message}", err=True)
    sys.exit(status)


def print_json(value: object) -> None:
    """Dataclasses and dates included."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: Any) -> object:  # noqa: ANN401 (whatever JSON does not know)
    return value.isoformat() if isinstance(value, date) else dataclasses.asdict(value)


def print_remarks(remarks: Iterable[Remark]) -> None:
    """What was noticed while a document was read, one line each."""
    for remark in remarks:
        where = f" ({remark.locator})" if remark.locator else ""
        click.echo(f"           {REMARKS[remark.kind]}{where}: {remark.text}")
