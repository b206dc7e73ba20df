"""Attempts as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from assistant.domain.drill import MOVES, Scenario
from assistant.domain.training import Attempt
from assistant.domain.vocabulary import FACTORS, Lang, in_lang

COLUMNS = (
    "id",
    "trainee",
    "scenario",
    "title",
    "lang",
    "difficulty",
    "started_at",
    "ended_at",
    "outcome",
    "turns",
    "hints",
    "retry_of",
    "from_turn",
    "overall",
    "overall_plus_minus",
    *FACTORS,
    *MOVES,
)
"""The moves' columns say how often each was made; a harming one is the worse the more often."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
MARK = "\ufeff"
"""By it, spreadsheets know UTF-8."""


def table(attempts: Iterable[Attempt], scenarios: Mapping[str, Scenario], lang: Lang) -> str:
    """CSV with a heading; titles in `lang`."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for attempt in attempts:
        scenario = scenarios.get(attempt.scenario)
        writer.writerow([_safe(value) for value in _row(attempt, in_lang(scenario.title, lang) if scenario else "")])
    return MARK + out.getvalue()


def _row(attempt: Attempt, title: str) -> list[object]:
    made = [move for turn in attempt.turns for move in turn.moves]
    spread = attempt.spread.get("overall")
    return [
        attempt.id,
        attempt.trainee,
        attempt.scenario,
        title,
        attempt.lang,
        attempt.difficulty,
        attempt.started_at.isoformat(timespec="seconds"),
        attempt.ended_at.isoformat(timespec="seconds") if attempt.ended_at else "",
        attempt.outcome,
        len(attempt.turns),
        attempt.hints,
        attempt.parent,
        attempt.from_turn if attempt.is_retry else "",
        attempt.scores.get("overall", ""),
        "" if spread is None else round(spread, 1),
        *(attempt.scores.get(factor, "") for factor in FACTORS),
        *(made.count(move) for move in MOVES),
    ]


def _safe(value: object) -> object:
    """A name that begins like a formula is shown, not computed."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
