"""Gaps in the records: newest first, the same words once, marked and taken back."""

from __future__ import annotations

import pytest

from assistant.errors import UnknownName
from assistant.records.conversations import ConversationStore
from assistant.records.gaps import GapStore


@pytest.fixture
def gaps(engine, advice):
    conversations = ConversationStore(engine)
    for number, text in enumerate(("old", "twice", "twice", "new")):
        conversations.add("demo-hotel", text, advice(f"a{number}", covered=False), "hotel.overbooked")
    return GapStore(engine)


def found(gaps, **given):
    return [(gap.text, gap.times) for gap in gaps.newest(**{"handled": False, "limit": 10, **given})]


def test_the_newest_come_first_and_the_same_words_once(gaps):
    assert found(gaps) == [("new", 1), ("twice", 2), ("old", 1)]
    assert found(gaps, limit=1) == [("new", 1)]
    (first, *_) = gaps.newest(handled=False, limit=1)
    assert (first.site, first.nearest, first.lang) == ("demo-hotel", "hotel.overbooked", "zh")
    assert first.noted_at.utcoffset() is not None


def test_marking_one_marks_all_of_the_same_words_and_can_be_taken_back(gaps):
    twice = gaps.newest(handled=False, limit=2)[1]
    assert gaps.mark(twice.id, handled=True).handled
    assert found(gaps) == [("new", 1), ("old", 1)]
    assert found(gaps, handled=True) == [("twice", 2)]
    assert not gaps.mark(twice.id, handled=False).handled
    assert found(gaps)[1] == ("twice", 2)


def test_an_unknown_gap_is_named(gaps):
    with pytest.raises(UnknownName, match="999"):
        gaps.mark(999, handled=True)
