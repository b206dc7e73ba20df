"""Runs in the forms that promptfoo and RAGAS read."""

from __future__ import annotations

import json

import pytest
import yaml
from report_runs import MARKUP, NAMES, failing, hostile, make_run

from evals.report.exports import to_promptfoo, to_ragas
from evals.scorers import MEASURES

TEST_FIELDS = {"description", "vars", "providerOutput", "assert", "metadata"}
"""Of promptfoo's test case; it refuses fields that it does not know."""


@pytest.fixture(scope="module")
def run():
    return make_run(6)


def test_promptfoo_gets_prompts_providers_and_a_test_for_each_case(run):
    config = yaml.safe_load(to_promptfoo(run))
    assert set(config) == {"description", "prompts", "providers", "tests"}
    assert config["prompts"] == ["{{incident}}"]
    assert config["providers"] == [{"id": "echo", "label": "product"}]
    assert [test["description"] for test in config["tests"]] == [one.case.id for one in run.cases]
    assert all(set(test) == TEST_FIELDS for test in config["tests"])
    assert [test["vars"] for test in config["tests"]] == [{"incident": one.case.text} for one in run.cases]


def test_promptfoo_gets_the_advice_as_output(run):
    first = yaml.safe_load(to_promptfoo(run))["tests"][1]
    assert first["providerOutput"].splitlines() == [
        "She has a bed",
        "1. Tell her now “We are full tonight”",
        "Options for the guest:",
        "1. A car",
        "Avoid:",
        "1. Don't hide",
    ]


def test_promptfoo_asserts_what_was_scored_and_nothing_else(run):
    for test, one in zip(yaml.safe_load(to_promptfoo(run))["tests"], run.cases, strict=True):
        scored = {m.name for m in MEASURES if m.target is not None and m.name in one.scores}
        assert {check["metric"] for check in test["assert"]} == scored | {"answered"}
        assert test["metadata"]["scores"] == {name: score.value for name, score in one.scores.items()}
        for check in test["assert"]:
            assert check["type"] == "javascript"
            assert check["metric"] == "answered" or f"scores.{check['metric']}" in check["value"]


def test_promptfoo_asserts_the_direction_of_each_measure(run):
    checks = {check["metric"]: check for check in yaml.safe_load(to_promptfoo(run))["tests"][0]["assert"]}
    assert checks["hit_at_1"]["threshold"] == 0.9
    assert checks["violations"]["value"] == "context.test.metadata.scores.violations <= 0.0"


def test_a_case_without_an_answer_fails_in_promptfoo_and_asks_nobody(run):
    test = yaml.safe_load(to_promptfoo(failing(run, 1)))["tests"][0]
    assert test["providerOutput"] == "(no answer: no reply within 30 s)"
    assert test["assert"] == [{"type": "javascript", "metric": "answered", "value": "false"}]


def test_promptfoo_fills_in_and_loads_nothing_that_an_incident_says(run):
    first, *rest = hostile(run).cases
    loading = first.model_copy(
        update={"case": first.case.model_copy(update={"text": "file:///etc/passwd {{env.HOME}} {%"})}
    )
    texts = to_promptfoo(run.model_copy(update={"cases": (loading, *rest)}))
    test = yaml.safe_load(texts)["tests"][0]
    assert test["vars"]["incident"] == " file:///etc/passwd { {env.HOME}} { %"
    assert "{{7*7}}" not in test["providerOutput"]
    assert "{ {7*7}}" in test["providerOutput"]


def test_ragas_gets_a_sample_for_each_case(run):
    samples = [json.loads(line) for line in to_ragas(run, NAMES).splitlines()]
    assert len(samples) == len(run.cases)
    assert samples[1] == {
        "user_input": "guest 0 has no room",
        "response": "She has a bed\n1. Tell her now “We are full tonight”\nOptions for the guest:\n1. A car\nAvoid:\n1. Don't hide",
        "retrieved_contexts": ["Tell her now", "A car"],
        "reference": "- tell it as it is\n- find a room elsewhere",
        "retrieved_context_ids": ["hotel.overbooked", "hotel.room-not-ready"],
        "reference_context_ids": ["hotel.overbooked"],
    }
    assert samples[0]["reference"] == "- 如实说明\n- 安排到合作酒店"


def test_ragas_keeps_cases_without_an_answer_and_texts_with_markup(run):
    samples = [json.loads(line) for line in to_ragas(hostile(run), NAMES).splitlines()]
    assert samples[0]["user_input"] == samples[1]["user_input"] == MARKUP
    assert (samples[1]["response"], samples[1]["retrieved_contexts"]) == ("", [])


def test_the_same_run_gives_the_same_bytes(run):
    assert to_promptfoo(run) == to_promptfoo(make_run(6))
    assert to_ragas(run, NAMES) == to_ragas(make_run(6), NAMES)
