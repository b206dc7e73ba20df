"""What stands before the routes: size and rate limits, origins, headers."""

from __future__ import annotations

import httpx
import pytest
from problem_form import check_problem

LIMIT = 64 * 1024
JSON = {"Content-Type": "application/json"}
ALLOWED, STRANGER = "http://allowed.example", "http://evil.example"


def body_of(size: int) -> bytes:
    start = b'{"text": "room not ready", "note": "'
    return start + b"a" * (size - len(start) - 2) + b'"}'


@pytest.mark.parametrize("path", ["/api/suggest", "/api/suggest/stream", "/api/advice/a/done", "/nope"])
def test_body_over_the_limit_is_413(api, path):
    check_problem(api.post(path, content=body_of(LIMIT + 1), headers=JSON), 413)


def test_body_over_the_limit_is_413_where_its_size_is_not_announced(api):
    chunks = (body_of(4 * LIMIT)[start : start + 5000] for start in range(0, 4 * LIMIT, 5000))
    answer = api.post("/api/suggest", content=chunks, headers=JSON)
    assert "content-length" not in answer.request.headers
    check_problem(answer, 413)


def test_body_at_the_limit_is_taken_announced_or_not(api):
    body = body_of(LIMIT)
    assert api.post("/api/suggest", content=body, headers=JSON).status_code == 200
    assert api.post("/api/suggest", content=(body[i : i + 999] for i in range(0, LIMIT, 999)), headers=JSON).is_success


def test_page_of_an_allowed_origin_may_ask(api):
    asked = {
        "Origin": ALLOWED,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    preflight = api.options("/api/suggest/stream", headers=asked)
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == ALLOWED
    answer = api.post("/api/suggest", json={"text": "room not ready"}, headers={"Origin": ALLOWED})
    assert answer.headers["access-control-allow-origin"] == ALLOWED


def test_page_of_an_allowed_origin_can_read_errors_too(api):
    for content in (b'{"text": ""}', body_of(LIMIT + 1)):
        answer = api.post("/api/suggest", content=content, headers=JSON | {"Origin": ALLOWED})
        assert answer.is_client_error
        assert answer.headers["access-control-allow-origin"] == ALLOWED


@pytest.mark.parametrize("origin", [STRANGER, "null", "http://allowed.example.evil.example", "https://allowed.example"])
def test_page_of_another_origin_may_not_ask(api, origin):
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    preflight = api.options("/api/suggest", headers=asked)
    assert preflight.status_code == 400
    assert "access-control-allow-origin" not in preflight.headers
    assert "access-control-allow-origin" not in api.get("/api/health", headers={"Origin": origin}).headers


@pytest.mark.parametrize(
    "path", ["/", "/widget.js", "/page.css", "/api/health", "/nope", "/api/nope", "/openapi.json", "/chat/element.js"]
)
def test_every_answer_carries_the_security_headers(api, path):
    headers = api.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_widget_files_may_be_embedded_elsewhere_but_not_the_pages(api):
    assert api.get("/widget.js").headers["cross-origin-resource-policy"] == "cross-origin"
    assert "cross-origin-resource-policy" not in api.get("/").headers


def test_too_many_questions_are_429_with_the_seconds_to_wait_and_the_rest_still_answers(start_small_server):
    variables = {"IMPROV_REQUESTS_PER_MINUTE": "3", "IMPROV_ALLOWED_ORIGINS": ALLOWED}
    with start_small_server(**variables) as url, httpx.Client(base_url=url, timeout=60) as client:
        answers = [client.post("/api/suggest", json={"text": "queue"}, headers={"Origin": ALLOWED}) for _ in range(5)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
        wait = int(answers[-1].headers["retry-after"])
        assert 1 <= wait <= 60
        assert str(wait) in check_problem(answers[-1], 429)
        assert answers[-1].headers["access-control-allow-origin"] == ALLOWED
        assert client.get("/api/health").json()["status"] == "ok"
        assert client.get("/").status_code == 200
        # Behind a proxy on the same machine each device has an allowance of its own.
        assert client.post("/api/suggest", json={"text": "a"}, headers={"X-Forwarded-For": "10.0.0.9"}).is_success
