"""What the endpoint may do: answer in any way, or not at all. The playbook's words stand whatever it is."""

from __future__ import annotations

import dataclasses
import time

import pytest
from scripted_llm import EN, ZH, echo

from assistant.refinement.breaker import Breaker
from assistant.refinement.budget import Budget, Limits, Usage


def polite(case):
    return echo(case, lambda text: text.replace("Look up", "Please look up").replace("抬头", "请抬头"))


@pytest.mark.parametrize("text", [EN, ZH])
def test_new_words_take_the_place_of_the_old_ones_under_the_same_ids(refined, script, text):
    script.say = polite
    advice, done = refined(text)
    assert done.outcome == "refined"
    assert done.advice.engine == "llm:scripted"
    assert [action.id for action in done.advice.actions] == [action.id for action in advice.actions]
    assert any("lease look up" in action.text or "请抬头" in action.text for action in done.advice.actions)
    assert done.usage == Usage(700, 300)


def test_only_what_is_needed_is_sent_and_nothing_private(refined, script):
    script.say = polite
    _, done = refined(EN)
    said = str(script.seen[0]["messages"])
    assert "Hale" not in said
    assert "1208" not in said
    assert "[ROOM_1]" in said
    assert any("1208" in action.text for action in done.advice.actions), "the details are back on the card"


def test_an_endpoint_without_structured_output_is_asked_more_simply_from_then_on(refined, script):
    script.say, script.forms = polite, ("none",)
    assert refined(EN)[1].outcome == "refined"
    assert [body.get("response_format", {}).get("type") for body in script.seen] == ["json_schema", "json_object", None]
    assert refined(EN)[1].outcome == "refined"
    assert len(script.seen) == 4


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "I am sorry, as a language model I cannot.",
        "{}",
        "[1, 2, 3]",
        '{"actions": "none"}',
        "{" * 5000,
        "\x00" * 99,
        '{"actions": [{"from": ["a99"], "text": "Do it."}, {"from": [], "text": "Do it."}, 7, null]}',
    ],
)
def test_garbage_changes_nothing(refined, script, answer):
    script.say = lambda _case: answer
    _, done = refined(EN)
    assert (done.outcome, done.advice) == ("garbage", None)


def test_broken_and_fenced_json_is_mended(refined, script):
    script.say = lambda case: f"Sure! Here you are:\n```json\n{polite(case)[:-1]},\n```"
    assert refined(EN)[1].outcome == "refined"


def test_what_came_before_the_line_was_cut_is_used(refined, script):
    script.say, script.cut_after = polite, 600
    advice, done = refined(EN)
    assert done.outcome == "refined"
    assert len(done.advice.actions) == len(advice.actions)


@pytest.mark.parametrize(("status", "outcome"), [(401, "refused"), (404, "refused"), (400, "failed")])
def test_a_refusal_is_named(refined, script, status, outcome):
    script.status = status
    assert refined(EN)[1].outcome == outcome


def test_a_server_error_is_tried_once_more(refined, script):
    script.status = 500
    assert refined(EN)[1].outcome == "failed"
    assert len(script.seen) == 2


def test_a_slow_endpoint_is_given_up(improv, built, script, url, run, opened):
    script.say, script.pause_s = polite, 30.0
    slow = dataclasses.replace(built, endpoint=opened(url, timeout_s=0.3))
    done = run(slow.refine(improv.suggest(EN, record=False), EN))
    assert done.outcome == "timeout"
    assert done.seconds < 2


def test_a_dead_endpoint_costs_nothing_once_it_is_known(improv, built, run, opened):
    dead = opened("http://127.0.0.1:9/v1", failures=2)
    refiner = dataclasses.replace(built, endpoint=dead)
    advice = improv.suggest(EN, record=False)
    assert [run(refiner.refine(advice, EN)).outcome for _ in range(2)] == ["unreachable"] * 2
    started = time.perf_counter()
    assert run(refiner.refine(advice, EN)).outcome == "open"
    assert time.perf_counter() - started < 0.005


def test_the_breaker_lets_one_request_try_after_its_rest():
    now = 0.0
    breaker = Breaker(2, 30, clock=lambda: now)
    for _ in range(2):
        assert breaker.admit()
        breaker.failed()
    assert not breaker.admit()
    now = 31.0
    assert breaker.admit()
    assert not breaker.admit(), "the others wait for how the first one fares"
    breaker.succeeded()
    assert breaker.admit()


def test_what_the_day_allows_is_not_exceeded(improv, refiner, script, run):
    advice = improv.suggest(EN, record=False)

    def outcome(limits, spent=Usage()):  # noqa: B008 (a constant)
        budget = Budget(limits, lambda: spent)
        return run(dataclasses.replace(refiner, budget=budget).refine(advice, EN)).outcome

    script.say = polite
    assert outcome(Limits(9000, 100_000)) == "refined"
    assert outcome(Limits(9000, 100_000), Usage(99_000, 500)) == "over_budget"
    assert outcome(Limits(500, 100_000)) == "over_budget"
    assert (
        outcome(Limits(9000, 10**9, cost_per_day=1.0, price_in=3.0, price_out=15.0), Usage(0, 70_000)) == "over_budget"
    )
    assert len(script.seen) == 1
