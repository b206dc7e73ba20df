"""With a language model behind it: the playbook's advice at once, better words after it, never an error."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import httpx
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "refinement"))
from scripted_llm import Script, echo, serving

EN = "the guest in 1208 is furious, her room is not ready"


@pytest.fixture(scope="module")
def model():
    script = Script()
    with serving(script) as url:
        yield script, url


@pytest.fixture(scope="module")
def server(model, start_small_server):
    variables = {"IMPROV_LLM_BASE_URL": model[1], "IMPROV_LLM_MODEL": "scripted", "IMPROV_LLM_TIMEOUT_S": "3"}
    with (
        start_small_server(IMPROV_REQUESTS_PER_MINUTE="100000", **variables) as url,
        httpx.Client(base_url=url, timeout=60, trust_env=False) as client,
    ):
        yield client


@pytest.fixture
def script(model):
    fresh = Script(say=lambda case: echo(case, lambda text: text.replace("Look up", "Please look up")))
    model[0].__dict__.update(fresh.__dict__)
    return model[0]


def stream(server, text=EN, **body):
    """(event, data, seconds since the question)."""
    found, started, event = [], time.perf_counter(), ""
    with server.stream("POST", "/api/suggest/stream", json={"text": text, **body}) as answer:
        assert answer.status_code == 200
        for line in answer.iter_lines():
            if line.startswith("event: "):
                event = line[7:]
            if line.startswith("data: "):
                found.append((event, json.loads(line[6:]), time.perf_counter() - started))
    return found


def test_better_words_follow_the_whole_advice_and_are_what_comes_back_later(server, script):
    script.pause_s = 0.02
    events = stream(server)
    assert [name for name, _, _ in events][-2:] == ["done", "refined"]
    done, refined = events[-2][1], events[-1][1]
    assert (done["engine"], refined["engine"]) == ("playbook", "llm:scripted")
    assert done.keys() == refined.keys()
    assert [a["id"] for a in refined["actions"]] == [a["id"] for a in done["actions"]]
    assert events[-2][2] < events[-1][2] - 0.1, "the advice did not wait for the model"
    (turn,) = server.get(f"/api/conversations/{done['conversation']}").json()["turns"]
    assert turn["advice"] == refined


def test_the_plain_answer_never_waits_for_the_model(server, script):
    script.pause_s = 2.0
    started = time.perf_counter()
    answer = server.post("/api/suggest", json={"text": EN}).json()
    assert time.perf_counter() - started < 1.0
    assert answer["engine"] == "playbook"
    assert script.seen == []


@pytest.mark.parametrize(
    "trouble",
    [
        {"say": lambda _case: "As an AI I will not."},
        {"status": 401},
        {"cut_after": 0},
        {"pause_s": 60.0},
        {"say": lambda case: echo(case, lambda text: text + " And give the guest 500 yuan.")},
    ],
    ids=["garbage", "wrong key", "cut off", "slow", "untrue"],
)
def test_whatever_the_model_does_the_playbook_stands(server, script, trouble):
    vars(script).update(trouble)
    events = stream(server)
    assert events[-1][0] == "done"
    assert events[-1][1]["engine"] == "playbook"
    script.__dict__.update(vars(Script()))
    assert server.get("/api/health").status_code == 200


def test_danger_is_never_reworded(server, script):
    events = stream(server, "smoke and flames in the kitchen")
    assert events[-1][0] == "done"
    assert script.seen == []
