"""Skills: recent tries count more, few tries tell nothing, and what is said to rise did rise."""

from __future__ import annotations

from datetime import timedelta

import pytest
from attempts import START, attempt, scenario
from hypothesis import given
from hypothesis import strategies as some

from assistant.training.occasions import tries_of, wanted
from assistant.training.skills import Try, guess, skill


def tries(*values):
    return [Try(START + timedelta(days=day), value) for day, value in enumerate(values)]


def test_two_tries_are_too_few_to_tell():
    found = skill(tries(1.0, 1.0))
    assert (found.level, found.low, found.trend, found.tells) == (None, None, "unknown", False)


def test_recent_tries_count_more():
    better, worse = skill(tries(0, 0, 0, 0, 1, 1, 1, 1)), skill(tries(1, 1, 1, 1, 0, 0, 0, 0))
    assert worse.level < 45
    assert better.level > 55


@pytest.mark.parametrize(
    ("values", "trend"),
    [((0.1,) * 4 + (0.9,) * 4, "rising"), ((0.9,) * 4 + (0.1,) * 4, "falling"), ((0.5, 0.6) * 4, "steady")],
)
def test_a_trend_is_named_only_where_the_halves_differ_beyond_chance(values, trend):
    assert skill(tries(*values)).trend == trend
    assert skill(tries(*values[2:6])).trend == "unknown"


@given(some.lists(some.floats(0, 1), min_size=3, max_size=40))
def test_the_level_lies_within_its_interval_and_the_interval_within_the_scale(values):
    found = skill(tries(*values))
    assert 0 <= found.low <= found.level <= found.high <= 100
    assert 0 <= guess(tries(*values)) <= 1


def test_more_tries_of_one_kind_narrow_the_interval():
    few, many = skill(tries(*(0.2, 0.8) * 2)), skill(tries(*(0.2, 0.8) * 8))
    assert many.high - many.low < few.high - few.low


def test_what_a_drill_asks_for_counts_against_who_leaves_it_out():
    drill = scenario()
    assert wanted(drill) == {"acknowledge_feeling", "take_ownership", "clarifying_question", "apologise"}
    found = tries_of([attempt(moves=(("apologise", "rude"), ()), quality=3.0)], {drill.id: drill})
    value = {name: [one.value for one in known] for name, known in found.items()}
    assert value["apologise"] == [0.5]
    assert value["clarifying_question"] == [0.0]
    assert value["offer_options"] == []  # neither asked for nor made
    assert (value["rude"], value["dismiss"]) == ([0.0], [1.0])
    assert value["overall"] == [0.6]


def test_a_retry_counts_half():
    found = tries_of([attempt(), attempt(1, parent="Lin-0")], {})
    assert [one.weight for one in found["overall"]] == [1.0, 0.5]
