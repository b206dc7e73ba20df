"""The pages, the widget's files and the description of the interface, as a browser or a script gets them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import assistant

WEB = Path(assistant.__file__).parent / "web"
FILES = sorted(path.relative_to(WEB).as_posix() for path in WEB.rglob("*") if path.is_file())
JS_TYPES = {"text/javascript", "application/javascript"}
ELSEWHERE = re.compile(
    r"""(?:src|href|action)\s*=\s*["']?\s*(?:https?:)?//|@import|url\(\s*["']?(?:https?:)?//""", re.I
)
REQUEST = re.compile(r"""(?:\bimport\b[^;\n]*?|\bfetch\(\s*|\bnew (?:EventSource|WebSocket)\(\s*)["'`](?:https?:)?//""")


@pytest.mark.parametrize("path", [f"/{name}" for name in FILES if name.endswith(".js")])
def test_scripts_are_served_as_modules_can_be_loaded(api, path):
    answer = api.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] in JS_TYPES


def test_start_page_holds_the_widget(api):
    answer = api.get("/")
    assert answer.headers["content-type"].startswith("text/html")
    assert "<improv-chat" in answer.text
    assert re.search(r'<script type="module" src="/widget\.js"></script>', answer.text)


def test_start_page_needs_nothing_that_its_own_policy_forbids(api):
    page = api.get("/").text
    assert not re.search(r"<script(?![^>]*\bsrc=)", page), "an inline script"
    assert not re.search(r"<style|\bstyle=|\bon[a-z]+=", page), "an inline style or handler"
    for target in re.findall(r'(?:src|href)="(/[^"#?]+)"', page):
        assert api.get(target).status_code == 200, target


@pytest.mark.parametrize("name", FILES)
def test_no_file_of_the_pages_loads_anything_from_elsewhere(name):
    text = re.sub(r"/\*.*?\*/", "", (WEB / name).read_text(encoding="utf-8"), flags=re.S)
    assert not ELSEWHERE.search(text)
    assert not REQUEST.search(text)


def test_description_of_the_interface_has_an_example_and_every_route(api):
    description = api.get("/openapi.json").json()
    assert {
        "/api/health",
        "/api/suggest",
        "/api/suggest/stream",
        "/api/search",
        "/api/situations",
        "/api/documents/{name}",
        "/api/conversations/{conversation}",
        "/api/advice/{advice}/done",
    } <= description["paths"].keys()
    examples = description["components"]["schemas"]["SuggestRequest"]["examples"]
    assert {"zh", "en"} <= {api.post("/api/suggest", json=example).json()["lang"] for example in examples}


def test_every_route_is_described_in_words(api):
    for path, methods in api.get("/openapi.json").json()["paths"].items():
        for method, operation in methods.items():
            assert operation.get("description"), f"{method} {path} has no words"
