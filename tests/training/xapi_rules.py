"""The rules of xAPI 1.0.3, part two, for the statements of an agent about an activity: what a record store refuses."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
DURATION = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?\Z")
STATEMENT = {"id", "actor", "verb", "object", "result", "context", "timestamp", "stored", "authority", "version"}
CONTEXT = {
    "registration",
    "instructor",
    "team",
    "contextActivities",
    "revision",
    "platform",
    "language",
    "statement",
    "extensions",
}


def check_statement(given: dict) -> None:
    assert {"actor", "verb", "object"} <= given.keys() <= STATEMENT
    no_nulls(given)
    assert str(UUID(given["id"])) == given["id"].lower()
    assert re.fullmatch(r"1\.0(\.\d+)?", given["version"])
    assert datetime.fromisoformat(given["timestamp"]).tzinfo is not None
    actor(given["actor"])
    assert given["verb"].keys() <= {"id", "display"}
    iri(given["verb"]["id"])
    language_map(given["verb"]["display"])
    activity(given["object"])
    result(given["result"])
    context(given["context"])


def actor(given: dict) -> None:
    assert given["objectType"] == "Agent"
    identifiers = given.keys() & {"mbox", "mbox_sha1sum", "openid", "account"}
    assert len(identifiers) == 1
    assert given.keys() <= {"objectType", "name"} | identifiers
    assert given["account"].keys() == {"homePage", "name"}
    iri(given["account"]["homePage"])
    assert isinstance(given["account"]["name"], str)
    assert given["account"]["name"]


def activity(given: dict) -> None:
    assert given["objectType"] == "Activity"
    assert given.keys() <= {"objectType", "id", "definition"}
    iri(given["id"])
    told = given["definition"]
    assert told.keys() <= {"name", "description", "type", "moreInfo", "extensions"}
    iri(told["type"])
    for words in (told.get("name"), told.get("description")):
        if words is not None:
            language_map(words)


def result(given: dict) -> None:
    assert given.keys() <= {"score", "success", "completion", "response", "duration", "extensions"}
    assert DURATION.match(given["duration"])
    extensions(given["extensions"])
    assert all(isinstance(given[key], bool) for key in ("success", "completion") if key in given)
    if "score" in given:
        score = given["score"]
        assert score.keys() <= {"scaled", "raw", "min", "max"}
        assert -1 <= score["scaled"] <= 1
        assert score["min"] < score["max"]
        assert score["min"] <= score["raw"] <= score["max"]


def context(given: dict) -> None:
    assert given.keys() <= CONTEXT
    UUID(given["registration"])
    assert TAG.match(given["language"])
    extensions(given["extensions"])


def extensions(given: dict) -> None:
    for key in given:
        iri(key)


def language_map(given: dict) -> None:
    assert given
    assert all(TAG.match(tag) and isinstance(words, str) for tag, words in given.items())


def iri(given: str) -> None:
    parts = urlsplit(given)
    assert parts.scheme, given
    assert parts.netloc, given
    assert not re.search(r'[\s<>"{}|\\^`]', given), given


def no_nulls(given: object) -> None:
    """Only extensions may hold null."""
    values = given.values() if isinstance(given, dict) else given if isinstance(given, list) else ()
    for value in values:
        assert value is not None
        no_nulls(value)
