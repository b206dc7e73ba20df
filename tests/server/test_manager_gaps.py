"""Gaps over HTTP: newest first, with the nearest card, marked when somebody saw to them."""

from __future__ import annotations

from problem_form import check_problem


def ask(api, text):
    assert api.post("/api/suggest", json={"text": text}).json()["covered"] is False


def texts(api, **query):
    return [gap["text"] for gap in api.get("/api/gaps", params=query).json()["gaps"]]


def test_gaps_are_listed_marked_and_opened_again(manager):
    first, second = "the quarterly tax spreadsheet macro is circular", "打印机里的碳粉盒型号是多少来着"
    ask(manager, first)
    ask(manager, second)
    ask(manager, second)
    newest, *others = manager.get("/api/gaps").json()["gaps"]
    assert (newest["text"], newest["times"], newest["lang"]) == (second, 2, "zh")
    assert newest["nearest"]
    assert newest["nearest_title"].keys() == {"zh", "en"}
    assert newest["noted_at"].endswith("Z")
    assert others[0]["text"] == first
    marked = manager.post(f"/api/gaps/{newest['id']}", json={"handled": True}).json()
    assert marked["handled"] is True
    assert second not in texts(manager)
    assert texts(manager, handled=True)[0] == second
    manager.post(f"/api/gaps/{newest['id']}", json={"handled": False})
    assert texts(manager)[0] == second


def test_longer_lists_say_that_there_is_more(manager):
    for text in ("what is the capital of Peru", "how many moons does Jupiter have"):
        ask(manager, text)
    answer = manager.get("/api/gaps", params={"limit": 1}).json()
    assert len(answer["gaps"]) == 1
    assert answer["more"] is True


def test_what_is_not_there_cannot_be_marked(manager):
    check_problem(manager.post("/api/gaps/999999", json={"handled": True}), 404)
    check_problem(manager.post("/api/gaps/x", json={"handled": True}), 422)
