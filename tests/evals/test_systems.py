"""Systems under test, each really asked."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from assistant.errors import SetupError, UnknownName
from evals.agreement import MatcherUntrusted
from evals.case import read_cases
from evals.errors import SystemFailed
from evals.judge import admitted
from evals.systems.model import open_model
from evals.systems.open import KNOWN, open_system
from evals.systems.product import WITHOUT

READY = "the booked room is not ready and the guest has been waiting in the lobby for two hours"


def case(text=READY, **changed):
    plain = next(one for one in read_cases() if one.lang == "en" and one.split == "dev" and one.covered)
    return plain.model_copy(update={"text": text, "site": ""} | changed)


@pytest.fixture
def at_home(home, monkeypatch):
    monkeypatch.setenv("IMPROV_HOME", str(home))


@pytest.fixture
def at_small_home(small_home, small_corpus, monkeypatch):
    """Enough for what is not about ranking, and opened within seconds."""
    monkeypatch.setenv("IMPROV_HOME", str(small_home))
    monkeypatch.setenv("IMPROV_CORPUS", str(small_corpus))


def answered(name, given):
    system = open_system(name)
    try:
        return system.answer(given)
    finally:
        system.close()


def test_the_product_answers_as_it_would_for_staff(at_home, improv):
    answer = answered("product", case())
    shown = improv.suggest(READY, record=False)
    assert [action.text for action in answer.actions] == [action.text for action in shown.actions]
    assert answer.playbooks[0] == "hotel.room-not-ready"
    assert len(answer.playbooks) >= 5
    assert {line.id.split("/")[0] for line in answer.avoid} == {"hotel.room-not-ready"}


def test_leaving_a_part_out_changes_what_that_part_does(at_home):
    danger = case("smoke is coming from under the door of the linen room and people are coughing")
    two = case("the room is not ready and they are furious. Also another guest says his bill was charged twice")
    assert answered("product-no-alarm", danger).hazard == "none"
    assert answered("product", danger).hazard == "fire"
    assert len({line.id.split("/")[0] for line in answered("product-no-merging", two).actions}) == 1
    whole = answered("product", case()).playbooks
    assert any(answered(f"product-no-{part}", case()).playbooks != whole for part in ("words", "vectors", "signals"))
    assert set(WITHOUT) <= set(KNOWN)


@pytest.mark.parametrize("name", ["langchain-chroma", "langchain-chroma-signals", "bm25"])
def test_plain_systems_answer_with_chunks_of_the_same_playbooks(at_small_home, name):
    answer = answered(name, case())
    assert 1 <= len(answer.actions) <= 8
    assert answer.playbooks[0] == "hotel.room-not-ready"
    assert answer.hazard is answer.covered is None
    assert all(line.text == source.quote for line, source in zip(answer.actions, answer.sources, strict=True))


def test_a_server_is_asked_over_http(server_url):
    answer = answered(server_url, case())
    assert answer.playbooks[0] == "hotel.room-not-ready"
    assert answer.seconds > 0


def test_a_server_that_is_gone_is_a_failure_and_no_answer():
    with pytest.raises(SystemFailed, match="check that the server runs"):
        answered("http://127.0.0.1:9", case())


class _Model(BaseHTTPRequestHandler):
    """The chat endpoint of an OpenAI-compatible server; keeps what it was asked."""

    asked: ClassVar[list] = []

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(asked)
        told = {"role": "assistant", "content": "1. Say sorry.\n2) Ring housekeeping.\n\n- Offer tea."}
        body = {"id": "x", "object": "chat.completion", "created": 0, "model": asked["model"]}
        body |= {"choices": [{"index": 0, "finish_reason": "stop", "message": told}]}
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def model(monkeypatch):
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Model)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("IMPROV_LLM_BASE_URL", f"http://127.0.0.1:{server.server_port}/v1")
    monkeypatch.setenv("IMPROV_LLM_MODEL", "some-model")
    _Model.asked.clear()
    yield _Model.asked
    server.shutdown()
    server.server_close()


def test_a_chat_model_is_asked_bare_and_with_context(at_small_home, model):
    assert [line.text for line in answered("chat", case()).actions] == [
        "Say sorry.",
        "Ring housekeeping.",
        "Offer tea.",
    ]
    assert model[0]["messages"][-1]["content"] == READY
    assert model[0]["temperature"] == 0
    answer = answered("chat-with-context", case())
    assert answer.playbooks[0] == "hotel.room-not-ready"
    assert model[1]["messages"][-1]["content"].endswith(READY)
    assert len(model[1]["messages"][-1]["content"]) > 500


def test_a_run_says_which_model_was_asked_and_with_what_context(at_small_home, model):
    system = open_system("chat-with-context")
    try:
        assert system.versions.keys() == {"model", "context", "encoder"}
        assert (system.versions["model"], system.versions["context"]) == ("some-model", "product")
    finally:
        system.close()


def test_a_chat_model_that_is_named_nowhere_or_gone(monkeypatch):
    with pytest.raises(SetupError, match="IMPROV_LLM_BASE_URL"):
        open_system("chat")
    monkeypatch.setenv("IMPROV_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("IMPROV_LLM_MODEL", "m")
    with pytest.raises(SystemFailed):
        open_system("chat").answer(case())


def test_an_unknown_system_is_refused():
    with pytest.raises(UnknownName):
        open_system("oracle")


def test_a_judge_that_disagrees_with_people_is_not_heard(model):
    """The scripted model says “1. Say sorry…” to everything, which is no yes: κ is 0."""
    with pytest.raises(MatcherUntrusted, match=r"κ = 0\.00"):
        admitted(open_model())
    assert "Criterion:" in model[0]["messages"][0]["content"] or "标准：" in model[0]["messages"][0]["content"]


def test_the_refined_product_asks_for_a_model_and_names_its_prompts(at_small_home, monkeypatch):
    with pytest.raises(SetupError, match="IMPROV_LLM_BASE_URL"):
        open_system("product-refined")
    monkeypatch.setenv("IMPROV_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("IMPROV_LLM_MODEL", "gone")
    system = open_system("product-refined")
    assert {"encoder", "model", "prompt.en", "prompt.zh"} == system.versions.keys()
    assert system.answer(case()).actions, "the playbook stands where the model does not answer"
    system.close()
