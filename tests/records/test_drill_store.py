"""Drills in the records: kept turn by turn, a turn counted once, an end that stays."""

from __future__ import annotations

import pytest

from assistant.errors import Conflict, UnknownName
from assistant.records.drills import DrillStore, KeptDrill, KeptTurn

DRILL = KeptDrill("d1", "hotel.x", "v", "zh", 2, 2**40, "您好")
TURN = KeptTurn("对不起", {"quality": 3.0}, {"anger": 40.0}, ("行，那接下来呢？",))


@pytest.fixture
def store(engine):
    opened = DrillStore(engine)
    opened.begin(DRILL)
    return opened


def test_what_was_played_is_there_again(engine, store):
    store.add_turn("d1", 1, TURN, "")
    kept = DrillStore(engine).get("d1")
    assert kept.turns == (TURN,)
    assert (kept.seed, kept.lang, kept.outcome) == (2**40, "zh", "")


def test_a_turn_that_came_twice_counts_once(store):
    store.add_turn("d1", 1, TURN, "")
    with pytest.raises(Conflict, match="turn 1"):
        store.add_turn("d1", 1, TURN, "")


def test_what_has_ended_stays_ended(store):
    store.add_turn("d1", 1, TURN, "left")
    assert store.get("d1").ended_at is not None
    with pytest.raises(Conflict, match="has ended"):
        store.add_turn("d1", 2, TURN, "")


def test_a_debrief_and_hints_are_kept_and_an_unknown_drill_is_named(store):
    assert [store.count_hint("d1"), store.count_hint("d1")] == [1, 2]
    store.keep_debrief("d1", {"overall": 61}, "下次先问")
    kept = store.get("d1")
    assert (kept.debrief, kept.reflection, kept.outcome, kept.hints) == ({"overall": 61}, "下次先问", "open", 2)
    with pytest.raises(UnknownName, match="'nothing'"):
        store.get("nothing")
