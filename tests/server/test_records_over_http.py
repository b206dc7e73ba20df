"""Conversations and ticks: kept, and still there after the server was started anew."""

from __future__ import annotations

import httpx
import pytest

QUESTION = "客人三点来办入住，房间还没打扫好，已经发火了"


@pytest.fixture
def advice(api):
    return api.post("/api/suggest", json={"text": QUESTION}).json()


def test_tick_is_kept_and_can_be_taken_back(api, advice):
    path = f"/api/advice/{advice['id']}/done"
    first, second = (action["id"] for action in advice["actions"][:2])
    assert api.post(path, json={"action": first, "done": True}).json() == {"done": [first]}
    assert api.post(path, json={"action": second, "done": True}).json() == {"done": [first, second]}
    assert api.post(path, json={"action": first, "done": True}).json()["done"].count(first) == 1
    assert api.post(path, json={"action": first, "done": False}).json() == {"done": [second]}
    turns = api.get(f"/api/conversations/{advice['conversation']}").json()["turns"]
    assert turns[0]["done"] == [second]


def test_conversations_do_not_mix(api, advice):
    other = api.post("/api/suggest", json={"text": QUESTION}).json()
    assert other["conversation"] != advice["conversation"]
    assert len(api.get(f"/api/conversations/{other['conversation']}").json()["turns"]) == 1


def test_conversation_and_ticks_survive_a_restart(copied_small_home, small_corpus, start_process):
    own, corpus = copied_small_home(), str(small_corpus)
    with start_process(own, IMPROV_CORPUS=corpus) as url, httpx.Client(base_url=url, timeout=60) as client:
        advice = client.post("/api/suggest", json={"text": QUESTION}).json()
        ticked = advice["actions"][0]["id"]
        client.post(f"/api/advice/{advice['id']}/done", json={"action": ticked, "done": True})
    with start_process(own, IMPROV_CORPUS=corpus) as url, httpx.Client(base_url=url, timeout=60) as client:
        conversation = client.get(f"/api/conversations/{advice['conversation']}").json()
    assert conversation == {
        "id": advice["conversation"],
        "turns": [{"text": QUESTION, "advice": advice, "done": [ticked]}],
    }
