"""A database of its own for each test, and values to keep in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from assistant.domain.advice import Advice, AdvisedAction, Goal, SituationView, Timing
from assistant.records.database import open_database


@pytest.fixture
def url(tmp_path) -> str:
    return f"sqlite:///{tmp_path / 'records' / 'improv.db'}"


@pytest.fixture
def engine(url):
    opened: Engine = open_database(url)
    yield opened
    opened.dispose()


@pytest.fixture
def advice() -> Callable[..., Advice]:
    """Makes an Advice with the given id, conversation and actions."""

    def make(id_: str, conversation: str = "talk", actions: int = 2, *, covered: bool = True) -> Advice:
        return Advice(
            id=id_,
            conversation=conversation,
            lang="zh",
            situation=SituationView("等房", "hotel", "none", "now", "angry", ("room",)),
            goal=Goal("让客人安心等", ("s1",)),
            actions=tuple(_action(f"card/step-{n}") for n in range(1, actions + 1)),
            options=(),
            avoid=(),
            sources=(),
            confidence=0.25,
            covered=covered,
            notice="",
            engine="playbook",
            timing_ms=Timing(1.0),
        )

    return make


def _action(id_: str) -> AdvisedAction:
    return AdvisedAction(id_, "immediate_response", "道歉", "", "self", "你本人", "", 30, (), "self", "judgement", ())
