"""Options that several commands share."""

from __future__ import annotations

from datetime import datetime

import click

from assistant.domain.document import Validity

as_json = click.option("--json", "json_", is_flag=True, help="Print JSON alone.")
in_collection = click.option("--collection", default="main", show_default=True, help="Which collection.")
of_collection = click.option(
    "--collection", default=None, help="Of this collection; default main, or the one it is in."
)
DAY = click.DateTime(["%Y-%m-%d"])
valid_from = click.option("--valid-from", type=DAY, metavar="YYYY-MM-DD", help="First day on which it applies.")
valid_until = click.option("--valid-until", type=DAY, metavar="YYYY-MM-DD", help="Last day on which it applies.")


def validity_of(first: datetime | None, last: datetime | None) -> Validity | None:
    """The days given on the command line, or None where none is."""
    if first is None and last is None:
        return None
    return Validity(first.date() if first else None, last.date() if last else None)
