"""Attempts as statements of xAPI 1.0.3, for any learning record store."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from assistant.domain.drill import Scenario
from assistant.domain.training import Attempt

VERSION = "1.0.3"
COMPLETED = "http://adlnet.gov/expapi/verbs/completed"
SIMULATION = "http://adlnet.gov/expapi/activities/simulation"
PASS_MARK = 0.45
"""From the level "gets through" on; a guest who left or came to harm is never a pass."""
TAGS = {"zh": "zh-CN", "en": "en"}


def statement(attempt: Attempt, scenario: Scenario | None, home: str) -> dict[str, Any]:
    """One statement. `home`, without a slash at its end, is the IRI under which drills and people are known.

    The id follows from the attempt: sent twice, a record store keeps it once.
    """
    return {
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{home}/drills/{attempt.id}")),
        "version": VERSION,
        "timestamp": attempt.at.isoformat(timespec="milliseconds"),
        "actor": {"objectType": "Agent", "account": {"homePage": home, "name": attempt.trainee}},
        "verb": {"id": COMPLETED, "display": {"en": "completed", "zh-CN": "完成了"}},
        "object": _activity(attempt, scenario, home),
        "result": _result(attempt, home),
        "context": {
            "registration": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{home}/drills/{_first(attempt)}")),
            "language": TAGS[attempt.lang],
            "platform": "Improv",
            "revision": attempt.version,
            "extensions": {
                f"{home}/xapi/difficulty": attempt.difficulty,
                f"{home}/xapi/hints": attempt.hints,
                f"{home}/xapi/retry": attempt.is_retry,
            },
        },
    }


def _first(attempt: Attempt) -> str:
    """A retry belongs to the registration of what it retries."""
    return attempt.parent or attempt.id


def _activity(attempt: Attempt, scenario: Scenario | None, home: str) -> dict[str, Any]:
    definition: dict[str, Any] = {"type": SIMULATION}
    if scenario is not None:
        definition["name"] = {TAGS[lang]: text for lang, text in scenario.title.items()}
        definition["description"] = {TAGS[lang]: text for lang, text in scenario.briefing.items()}
    return {
        "objectType": "Activity",
        "id": f"{home}/drills/scenarios/{quote(attempt.scenario, safe='')}",
        "definition": definition,
    }


def _result(attempt: Attempt, home: str) -> dict[str, Any]:
    result: dict[str, Any] = {"completion": True, "duration": _duration(attempt.at - attempt.started_at)}
    extensions: dict[str, Any] = {f"{home}/xapi/outcome": attempt.outcome}
    if "overall" in attempt.scores:
        overall = attempt.scores["overall"]
        scaled = round(min(max(overall / 100, -1.0), 1.0), 4)
        result["score"] = {"scaled": scaled, "raw": overall, "min": 0, "max": 100}
        result["success"] = scaled >= PASS_MARK and attempt.outcome not in {"left", "harm"}
        extensions[f"{home}/xapi/factors"] = _factors(attempt.scores)
        extensions[f"{home}/xapi/spread"] = {name: round(width, 1) for name, width in attempt.spread.items()}
    return {**result, "extensions": extensions}


def _factors(scores: Mapping[str, float]) -> dict[str, float]:
    return {name: value for name, value in scores.items() if name != "overall"}


def _duration(span: timedelta) -> str:
    """ISO 8601, to a hundredth of a second."""
    return f"PT{max(span.total_seconds(), 0.0):.2f}S"
