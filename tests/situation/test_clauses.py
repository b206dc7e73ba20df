"""A long incident is cut into the parts that may each be a problem of its own."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.situation.clauses import MOST, clauses

WORD = re.compile(r"[a-z0-9]+|[\u4e00-\u9fff]")
JOINERS = {"also", "plus", "meanwhile"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "The room is still not clean. Also the lift has stopped between two floors.",
            ["The room is still not clean.", "the lift has stopped between two floors."],
        ),
        ("客人说房间没打扫，另外他的行李也不见了", ["客人说房间没打扫", "他的行李也不见了"]),
        (
            "客人在大堂大声吵着要退全部房费，隔壁团队的导游又说少了两间房没法分",
            ["客人在大堂大声吵着要退全部房费", "隔壁团队的导游又说少了两间房没法分"],
        ),
        ("guest wants a late checkout", []),
        ("客人要发票，快点", []),
        ("", []),
    ],
)
def test_problems_are_taken_apart_and_short_statements_stay_whole(text, parts):
    assert clauses(text) == parts


def test_a_word_that_holds_a_joining_word_is_not_cut():
    assert clauses("the surplus plusher toys fell on alsoran") == []


def test_a_scrap_stays_with_the_part_beside_it():
    parts = clauses("He is angry. Now. The guest in 1208 says that his watch was stolen from the safe.")
    assert len(parts) <= 2
    assert all("Now" not in part or len(part) > 5 for part in parts)


@given(st.lists(st.sampled_from(["the guest is shouting at us", "系统坏了大家都在排队", "no", "快"]), max_size=12))
def test_no_more_than_four_parts_and_no_word_lost(said):
    text = ". ".join(said)
    parts = clauses(text)
    assert len(parts) <= MOST
    if parts:
        assert WORD.findall(" ".join(parts)) == WORD.findall(text)


@given(st.text())
def test_any_text_can_be_cut_and_parts_are_its_own_words(text):
    parts = clauses(text)
    assert len(parts) != 1
    assert all(part.strip() for part in parts)
    said = set(WORD.findall(text.casefold()))
    assert {word for part in parts for word in WORD.findall(part.casefold())} - JOINERS <= said
