"""The next drill practises the weakest move that is due."""

from __future__ import annotations

from datetime import date

import pytest
from attempts import attempt, scenario

from assistant.training.occasions import tries_of
from assistant.training.repetition import due_moves, next_drill

DRILLS = [scenario("hotel.a"), scenario("hotel.b", difficulty=2, walls=True), scenario("hotel.zh", langs=("zh",))]
BY_ID = {one.id: one for one in DRILLS}
ALL_WELL = ("apologise", "acknowledge_feeling", "take_ownership", "clarifying_question")


def suggestion(attempts, today, lang="en"):
    return next_drill(DRILLS, attempts, tries_of(attempts, BY_ID), lang, today)


def test_who_has_not_begun_begins_gently():
    found = suggestion([], date(2027, 1, 4))
    assert (found.scenario, found.difficulty, found.reason) == ("hotel.a", 1, "first")


def test_the_weakest_move_that_is_due_picks_the_drill_that_is_about_it():
    played = [attempt(0, moves=((*ALL_WELL, "policy_wall"),), quality=5.0)]
    found = suggestion(played, date(2027, 1, 5))
    assert (found.move, found.scenario, found.reason, found.due) == ("policy_wall", "hotel.b", "due", date(2027, 1, 5))


def test_before_anything_is_due_it_says_so():
    played = [attempt(0, moves=(ALL_WELL,), quality=5.0)]
    found = suggestion(played, date(2027, 1, 4))
    assert found.reason == "ahead"
    assert found.due > date(2027, 1, 4)


def test_a_move_comes_back_later_the_oftener_it_went_well_and_at_once_after_a_failure():
    def due(*qualities):
        played = [attempt(day, moves=(("apologise",),), quality=q) for day, q in enumerate(qualities)]
        return next(one for one in due_moves(tries_of(played, BY_ID)) if one.move == "apologise").due

    assert due(5.0) == date(2027, 1, 7)
    assert due(5.0, 5.0) == date(2027, 1, 12)
    assert due(5.0, 5.0, 1.0) == date(2027, 1, 7)


@pytest.mark.parametrize(("overall", "difficulty"), [(95, 2), (60, 1), (10, 1)])
def test_who_does_well_gets_a_harder_guest(overall, difficulty):
    played = [attempt(day, moves=(ALL_WELL,), overall=overall) for day in range(5)]
    assert suggestion(played, date(2027, 2, 1)).difficulty == difficulty


def test_a_drill_is_in_a_language_that_was_asked_for():
    only = [scenario("hotel.zh", langs=("zh",))]
    assert next_drill(only, [], {}, "en", date(2027, 1, 4)) is None
    assert next_drill(only, [], {}, "zh", date(2027, 1, 4)).scenario == "hotel.zh"
