"""A refiner on the real product, with a scripted endpoint behind a real socket."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable, Iterator

import pytest
from scripted_llm import Script, serving

from assistant.refinement.endpoint import open_endpoint
from assistant.refinement.setup import build_refiner
from assistant.truth.verifier import Verifier


@pytest.fixture(scope="session")
def run() -> Iterator[Callable]:
    with asyncio.Runner() as runner:
        yield runner.run


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def url(script: Script) -> Iterator[str]:
    with serving(script) as address:
        yield address


@pytest.fixture(scope="session")
def built(improv):
    """The parts that are slow to make, once."""
    settings = improv.settings.model_copy(update={"llm_base_url": "http://127.0.0.1:9/v1", "llm_model": "scripted"})
    locked = frozenset(p.document for p in improv.playbooks() if p.hazard != "none")
    return build_refiner(
        settings,
        improv.corpus,
        Verifier(improv.facts, improv.meaning()),
        improv.envelope.crossed,
        improv.refinements,
        lambda: locked,
    )


@pytest.fixture
def opened(run) -> Iterator[Callable]:
    """Opens endpoints, and closes them afterwards."""
    endpoints = []

    def open_(url, **options):
        endpoints.append(open_endpoint(url, "scripted", "key", **{"timeout_s": 5.0, **options}))
        return endpoints[-1]

    yield open_
    for endpoint in endpoints:
        run(endpoint.close())


@pytest.fixture
def refiner(built, url, opened):
    return dataclasses.replace(built, endpoint=opened(url))


@pytest.fixture
def refined(improv, refiner, run):
    """`refined(text, lang=…)`: the playbook's advice and what became of it."""

    def refine(text: str, notes: tuple[str, ...] = (), **asked):
        advice = improv.suggest(text, record=False, **asked)
        return advice, run(refiner.refine(advice, text, notes))

    return refine
