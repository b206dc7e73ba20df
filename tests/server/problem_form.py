"""The one form that every error has."""

from __future__ import annotations

import re

import httpx


def check_problem(answer: httpx.Response, status: int) -> str:
    """The detail of a problem document of the right form."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].split(";")[0] == "application/problem+json"
    body = answer.json()
    assert body.keys() >= {"type", "title", "status", "detail"}
    assert body["status"] == status
    assert re.fullmatch(r"urn:improv:[a-z0-9-]+", body["type"])
    assert body["title"]
    assert len(body["detail"]) > 10
    assert "Traceback" not in body["detail"]
    assert "\n" not in body["detail"]
    return body["detail"]
