"""Advice over HTTP: at once, and as a stream of events that adds up to the same."""

from __future__ import annotations

import json

import pytest

ZH = "客人三点来办入住，房间还没打扫好，已经发火了"
EN = "check in time but room 1208 is still dirty and the guest is shouting at me"
ORDER = ["situation", "goal", "action", "option", "avoid", "done"]


def events(api, body):
    """(name, data) of every event of one stream."""
    with api.stream("POST", "/api/suggest/stream", json=body) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        blocks = "".join(answer.iter_text()).replace("\r\n", "\n").split("\n\n")
    found = []
    for block in blocks:
        fields = [line.split(": ", 1) for line in block.splitlines() if ": " in line and not line.startswith(":")]
        named = dict(fields)
        if "data" in named:
            found.append((named["event"], json.loads(named["data"])))
    return found


def shape(value):
    """The value with leaves replaced by their types, so that two answers can be compared."""
    if isinstance(value, dict):
        return {key: shape(part) for key, part in value.items()}
    if isinstance(value, list):
        return [shape(part) for part in value]
    return type(value).__name__


def lasting(advice):
    """What two answers to the same question have in common."""
    return {key: part for key, part in advice.items() if key not in {"id", "conversation", "timing_ms"}}


@pytest.mark.parametrize("text", [ZH, EN])
def test_stream_tells_the_same_advice_as_the_plain_answer(api, text):
    plain = api.post("/api/suggest", json={"text": text}).json()
    streamed = events(api, {"text": text})
    done = streamed[-1][1]
    assert shape(done) == shape(plain)
    assert lasting(done) == lasting(plain)
    parts = {name: [data for event, data in streamed if event == name] for name in ORDER}
    assert parts["goal"] == [done["goal"]]
    assert parts["action"] == done["actions"]
    assert parts["option"] == done["options"]
    assert parts["avoid"] == done["avoid"]
    assert done["situation"].items() <= parts["situation"][0].items()


def test_stream_sends_its_events_in_the_promised_order(api):
    names = [name for name, _ in events(api, {"text": EN})]
    assert [name for name, before in zip(names, [None, *names], strict=False) if name != before] == ORDER
    assert names.count("situation") == names.count("goal") == names.count("done") == 1


@pytest.mark.parametrize(("text", "lang"), [(ZH, "zh"), (EN, "en")])
def test_answer_comes_in_the_language_of_the_incident(api, text, lang):
    assert api.post("/api/suggest", json={"text": text}).json()["lang"] == lang


def test_language_can_be_asked_for(api):
    advice = api.post("/api/suggest", json={"text": EN, "lang": "zh"}).json()
    assert advice["lang"] == "zh"
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in action["text"]) for action in advice["actions"])


def test_site_decides_whose_resources_are_offered(api):
    body = {"text": "everyone is stuck here, the trains have stopped and people are getting angry"}
    hotel, station = (
        {
            resource["id"]
            for action in api.post("/api/suggest", json=body | {"site": site}).json()["actions"]
            for resource in action["resources"]
        }
        for site in ("demo-hotel", "demo-station")
    )
    assert station
    assert not hotel & station


def test_danger_is_named_before_anything_else(api):
    streamed = events(api, {"text": "a guest in the lobby has collapsed and is not breathing"})
    assert streamed[0][0] == "situation"
    assert streamed[0][1]["hazard"] == "medical"
    assert next(data for name, data in streamed if name == "action")["id"].startswith("emergency.")


def test_conversation_goes_on_under_its_id(api):
    first = api.post("/api/suggest", json={"text": EN}).json()
    second = api.post("/api/suggest", json={"text": "she refused it", "conversation": first["conversation"]}).json()
    assert second["conversation"] == first["conversation"]
    assert second["id"] != first["id"]
    turns = api.get(f"/api/conversations/{first['conversation']}").json()["turns"]
    assert [turn["advice"]["id"] for turn in turns] == [first["id"], second["id"]]
    assert [turn["text"] for turn in turns] == [EN, "she refused it"]
    assert turns[0]["advice"] == first


def test_longest_allowed_text_is_answered(api):
    assert api.post("/api/suggest", json={"text": "房" * 4000}).status_code == 200


@pytest.mark.parametrize(
    "text",
    ["room not ready \ud800 and guest angry", "room not ready \x00 and guest angry", "房间没好\udfff\x07\x1b[31m"],
)
def test_broken_characters_in_a_text_are_answered_and_can_be_read_back(api, text):
    advice = api.post("/api/suggest", content=json.dumps({"text": text}), headers={"Content-Type": "application/json"})
    assert advice.status_code == 200
    turns = api.get(f"/api/conversations/{advice.json()['conversation']}").json()["turns"]
    assert "room not ready" in turns[0]["text"] or "房间没好" in turns[0]["text"]
    assert not set("\x00\x07\x1b") & set(turns[0]["text"])
