"""The check of what is at hand is itself right, and the product passes it."""

from __future__ import annotations

import random

import pytest

from evals.case import read_cases
from evals.feasibility.check import open_checker
from evals.feasibility.scene import Scene, random_scene, read_feasibility_cases
from evals.feasibility.stage import Stage
from evals.feasibility.truth import fault, met


@pytest.mark.parametrize(
    ("scene", "thing", "say", "expected"),
    [
        ({}, "garden-lounge", "self", ""),
        ({}, "no-such", "self", "does not exist"),
        ({}, "accessible-room", "supervisor", "is not to be had"),
        ({"states": {"accessible-room": {"status": "available"}}}, "accessible-room", "supervisor", ""),
        ({"states": {"garden-lounge": {"status": "used"}}}, "garden-lounge", "self", "is not to be had"),
        ({"states": {"wheelchair": {"promised": 2}}}, "wheelchair", "self", "is used up"),
        ({"states": {"wheelchair": {"promised": 1}}}, "wheelchair", "self", ""),
        ({"at": "2026-11-25T02:00"}, "korean-receptionist", "self", "is not to be had"),
        ({"at": "2026-11-25T02:00"}, "english-night-clerk", "self", ""),
        ({"at": "2026-11-25T02:00"}, "late-kitchen", "self", ""),
        ({}, "spare-room-upgrade", "self", "needs the say of more than self"),
        ({"role": "supervisor"}, "spare-room-upgrade", "self", ""),
        ({"role": "housekeeper"}, "partner-spa", "self", "needs the say of more than self"),
        ({"role": "front_desk"}, "partner-spa", "self", "is not to be had"),
        ({"site": "demo-supermarket", "at": "2026-11-24T23:30"}, "large-coupon", "manager", "can be allowed by nobody"),
    ],
)
def test_the_truth_is_read_from_the_sites_file(scene, thing, say, expected):
    moment = {
        "at": "2026-11-24T10:00" if thing == "partner-spa" and scene["role"] == "front_desk" else "2026-11-24T15:00"
    }
    assert (
        fault(Scene(**moment | scene), thing, say).startswith(expected)
        if expected
        else fault(Scene(**moment | scene), thing, say) == ""
    )


def test_needs_are_met_by_what_is_there():
    rooms = {name: {"status": "off"} for name in ("clean-rooms", "spare-room-upgrade", "sister-hotel")}
    assert met(Scene(), frozenset({"room"}))
    assert not met(Scene(states=rooms), frozenset({"room"}))


def test_there_are_enough_cases_of_every_site_and_both_languages():
    cases = read_feasibility_cases()
    assert len(cases) >= 40
    assert {case.scene.site for case in cases} == {"demo-hotel", "demo-restaurant", "demo-station", "demo-supermarket"}
    assert sum(case.lang == "zh" for case in cases) >= len(cases) / 3


def test_random_scenes_repeat_with_their_seed_and_reach_every_state():
    scenes = [random_scene(random.Random(n), ["demo-hotel"]) for n in range(20)]
    assert scenes == [random_scene(random.Random(n), ["demo-hotel"]) for n in range(20)]
    states = [state for scene in scenes for state in scene.states.values()]
    assert {state.status for state in states} == {"available", "used", "reserved", "off", None}
    assert any(state.promised for state in states)
    assert any(state.count == 0 for state in states)


def test_advice_names_only_what_is_at_hand(own_improv):
    checker = open_checker(Stage(own_improv), own_improv)
    faults = checker.curated(read_feasibility_cases()).faults
    missed = [fault for fault in faults if "names none of" in fault]
    assert [fault for fault in faults if fault not in missed] == []
    assert len(missed) <= 1, "what else could have been named hangs on the card that was found"
    tally = checker.random(read_cases()[::12], seed=7, rounds=1)
    assert tally.faults == []
    assert tally.named > 50
