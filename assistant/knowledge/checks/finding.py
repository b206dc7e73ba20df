"""What a check says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Check = Literal[
    "schema",
    "languages",
    "quantities",
    "signals",
    "length",
    "readability",
    "review_date",
    "sources",
    "coverage",
    "agreement",
    "duplicate",
    "reach",
    "confusable",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault; `message` is `file:line: fault; mend`. `playbook` is its id, or empty where it is about none.

    An error fails the check, a warning should be looked at, a note may well be left as it is.
    """

    level: Literal["error", "warning", "note"]
    check: Check
    message: str
    playbook: str = ""
