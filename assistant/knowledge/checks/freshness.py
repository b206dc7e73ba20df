"""When was the card last reviewed?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.knowledge.checks.card import Card
from assistant.knowledge.checks.finding import Finding

OLDEST_DAYS = 365
"""The guidance behind the danger cards comes out once a year: corpus/SOURCES.md."""
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def stale(card: Card, today: date, oldest_days: int = OLDEST_DAYS) -> Iterator[Finding]:
    """A review that lies more than `oldest_days` before `today`, in the future, or cannot be read from `version`."""
    version = card.playbook.version
    reviewed = _date_in(version)
    if reviewed is None:
        text = f"version {version!r} holds no date; write the day of the last review, as in {today.isoformat()!r}"
    elif reviewed > today:
        text = f"version {version!r} lies in the future; write the day of the last review"
    elif (days := (today - reviewed).days) > oldest_days:
        text = f"last reviewed {days} days ago, the bound is {oldest_days}; read it again and renew the date"
    else:
        return
    yield card.warning("review_date", text, "version:")


def _date_in(version: str) -> date | None:
    for found in DATE.findall(version):
        try:
            return date.fromisoformat(found)
        except ValueError:  # the 31st of February
            continue
    return None
