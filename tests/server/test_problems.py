"""Every error is one problem document (RFC 9457) with a sentence that helps."""

from __future__ import annotations

import json

import pytest
from problem_form import check_problem

SUGGEST = ("/api/suggest", "/api/suggest/stream")
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize("path", SUGGEST)
@pytest.mark.parametrize("text", ["", "   \n\t ", "\x00\x01\x02", "房" * 4001, "x" * 40_000])
def test_text_that_cannot_be_used_is_422(api, path, text):
    check_problem(api.post(path, json={"text": text}), 422)


@pytest.mark.parametrize("path", SUGGEST)
@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": None},
        {"text": 5},
        {"text": ["a"]},
        {"text": "a", "lang": "fr"},
        {"text": "a", "site": 7},
        {"text": "a", "role": "r" * 101},
        {"text": "a", "conversation": "../etc/passwd"},
        {"text": "a", "conversation": "c" * 65},
        [],
        "text",
        None,
    ],
)
def test_body_of_the_wrong_form_is_422(api, path, body):
    check_problem(api.post(path, json=body), 422)


def test_error_of_form_names_the_field(api):
    assert "lang" in check_problem(api.post("/api/suggest", json={"text": "a", "lang": "fr"}), 422)
    assert "4001" in check_problem(api.post("/api/suggest", json={"text": "房" * 4001}), 422)


@pytest.mark.parametrize("content", ["{not json", "", "{'text': 'a'}", '{"text": "a"', "[" * 30_000])
def test_body_that_is_not_json_is_a_caller_error(api, content):
    answer = api.post("/api/suggest", content=content, headers=JSON)
    check_problem(answer, answer.status_code)
    assert answer.status_code in {400, 422}


def test_body_that_is_not_utf8_is_a_caller_error(api):
    answer = api.post("/api/suggest", content=b'{"text": "\xff\xfe"}', headers=JSON)
    check_problem(answer, answer.status_code)
    assert answer.status_code in {400, 422}


def test_unknown_site_is_404_and_says_which_are_known(api):
    detail = check_problem(api.post("/api/suggest", json={"text": "queue", "site": "atlantis"}), 404)
    assert "atlantis" in detail
    assert "demo-hotel" in detail


@pytest.mark.parametrize("site", ["../sites/demo-hotel", "demo-hotel.yaml", "\ud800", "\x00", "a/b"])
def test_odd_site_names_are_404_not_failures(api, site):
    answer = api.post("/api/suggest", content=json.dumps({"text": "queue", "site": site}), headers=JSON)
    check_problem(answer, 404)


@pytest.mark.parametrize("role", ["\ud800", "\x00", "nobody"])
def test_unknown_role_is_answered_without_any_power(api, role):
    answer = api.post("/api/suggest", content=json.dumps({"text": "room not ready", "role": role}), headers=JSON)
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/api/conversations/nope",
        "/api/conversations/%00",
        "/api/conversations/%ED%A0%80",
        "/api/documents/nope",
        "/api/documents/../../etc/passwd",
        "/api/documents/%2e%2e%2fsites%2fdemo-hotel.yaml",
        "/api/nope",
        "/nope",
        "/%00",
        "/..%2f..%2fpyproject.toml",
        "/" + "a" * 5000,
        "/docs",
        "/redoc",
    ],
)
def test_what_is_not_there_is_404(api, path):
    check_problem(api.get(path), 404)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/advice/nope/done", {"action": "a", "done": True}),
        ("/api/advice/nope/done", {"action": "\ud800", "done": True}),
    ],
)
def test_tick_of_unknown_advice_is_404(api, path, body):
    check_problem(api.post(path, content=json.dumps(body), headers=JSON), 404)


def test_tick_of_an_action_that_the_advice_lacks_is_404(api):
    advice = api.post("/api/suggest", json={"text": "room not ready"}).json()
    for action in ("nope", "\ud800\x00"):
        body = json.dumps({"action": action, "done": True})
        check_problem(api.post(f"/api/advice/{advice['id']}/done", content=body, headers=JSON), 404)


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/api/suggest"), ("DELETE", "/api/suggest"), ("POST", "/api/health"), ("PUT", "/"), ("POST", "/nope")],
)
def test_wrong_method_is_405_and_says_which_are_allowed(api, method, path):
    answer = api.request(method, path)
    check_problem(answer, 405)
    assert answer.headers["allow"]


@pytest.mark.parametrize(
    "query", ["", "?q=", "?q=%20", "?q=a&k=0", "?q=a&k=101", "?q=a&k=x", "?q=" + "a" * 4001]
)
def test_search_that_cannot_be_answered_is_422(api, query):
    check_problem(api.get(f"/api/search{query}"), 422)


def test_search_in_an_unknown_collection_is_404(api):
    assert "nope" in check_problem(api.get("/api/search?q=a&collection=nope"), 404)
