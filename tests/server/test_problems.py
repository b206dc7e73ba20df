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


@pytest.mark.parametrize("site", ["../sites/demo-hotel", "demo-hotel.yaml", "\x00", "a/b"])
def test_site_names_do_not_reach_into_folders(api, site):
    check_problem(api.post("/api/suggest", json={"text": "queue", "site": site}), 404)


@pytest.mark.parametrize("field", ["site", "role", "conversation", "lang"])
def test_half_a_character_in_a_name_is_422(api, field):
    content = json.dumps({"text": "room not ready", field: "a\ud800"})
    check_problem(api.post("/api/suggest", content=content, headers=JSON), 422)


@pytest.mark.parametrize("role", ["\x00", "nobody", "经理"])
def test_unknown_role_is_answered(api, role):
    assert api.post("/api/suggest", json={"text": "room not ready", "role": role}).status_code == 200


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


def test_tick_of_unknown_advice_or_action_is_404(api):
    advice = api.post("/api/suggest", json={"text": "room not ready"}).json()
    for path, action in (("nope", "a"), (advice["id"], "nope"), (advice["id"], "\x00")):
        detail = check_problem(api.post(f"/api/advice/{path}/done", json={"action": action, "done": True}), 404)
        assert "nope" in detail or "x00" in detail


@pytest.mark.parametrize(
    "body", [{}, {"action": "a"}, {"action": 5, "done": True}, {"action": "a" * 301, "done": True}]
)
def test_tick_of_the_wrong_form_is_422(api, body):
    check_problem(api.post("/api/advice/nope/done", json=body), 422)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/api/suggest", "POST"),
        ("DELETE", "/api/suggest", "POST"),
        ("POST", "/api/health", "GET"),
        ("PUT", "/", "GET"),
        ("POST", "/nope", "GET"),
    ],
)
def test_wrong_method_is_405_and_says_which_is_right(api, method, path, allowed):
    answer = api.request(method, path)
    assert allowed in check_problem(answer, 405)
    assert allowed in answer.headers["allow"]


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?q=a&k=0", "?q=a&k=101", "?q=a&k=x", "?q=" + "a" * 4001])
def test_search_that_cannot_be_answered_is_422(api, query):
    check_problem(api.get(f"/api/search{query}"), 422)


def test_search_in_an_unknown_collection_is_404(api):
    assert "nope" in check_problem(api.get("/api/search?q=a&collection=nope"), 404)
