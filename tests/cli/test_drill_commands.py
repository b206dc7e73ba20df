"""Drills in the terminal."""

from __future__ import annotations

import json

import pytest

HOTEL = "hotel.room-not-ready-funeral"


@pytest.fixture
def drill(improv_command, improv):
    """`drill("list")` over the whole corpus: scenarios name playbooks that the small one does not have."""
    places = {"IMPROV_HOME": str(improv.settings.home), "IMPROV_CORPUS": str(improv.settings.corpus)}
    return lambda *arguments, given=None: improv_command("drill", *arguments, given=given, **places)


def test_list_names_the_scenarios(drill):
    listed = json.loads(drill("list", "--json").stdout)
    assert HOTEL in {one["id"] for one in listed}


def test_a_session_is_played_and_its_debrief_follows_the_trainees_own_thought(drill):
    replies = ["It's our mistake, I'm sorry. What do you need most now?", "Please calm down.", "", "Not say calm down."]
    played = drill("play", HOTEL, "--seed", "7", "--json", given="\n".join(replies))
    assert played.exit_code == 0
    debrief = json.loads(played.stdout)
    assert debrief["reflection"] == "Not say calm down."
    assert len(debrief["timeline"]) == 3
    assert drill("play", "no.such.scenario", given="").exit_code == 2


def test_replies_of_a_file_are_judged_line_by_line(drill, write):
    batch = write(
        "replies.jsonl",
        '{"id": 1, "guest": "房间还没好？", "staff": "规定就是这样，我也没办法。"}\nno json\n{"id": 3, "guest": "x"}\n',
    )
    first, second, third = (
        json.loads(line) for line in drill("assess", "--batch", str(batch), "--json").stdout.splitlines()
    )
    assert "policy_wall" in first["moves"]
    assert 1 <= first["quality"] <= 5
    assert "error" in second
    assert third["id"] == 3
    assert "error" in third
