"""The trainer's side over HTTP: who may see it, assignments until they are done, skills, exports, gaps."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from fastapi.testclient import TestClient
from problem_form import check_problem

from assistant.domain.drill import MOVES
from assistant.domain.vocabulary import FACTORS
from assistant.server.app import create_app

HOTEL = "hotel.room-not-ready-funeral"
GOOD = "You were promised two o'clock and it's our mistake, I'm sorry. What do you need most in the next hour?"
BAD = "Calm down. That is our policy, there is nothing I can do."
TOMORROW = (date.today() + timedelta(days=1)).isoformat()


@pytest.fixture(scope="module")
def client(own_improv):
    return TestClient(create_app(own_improv), base_url="http://127.0.0.1", client=("127.0.0.1", 1))


def play(client, who, *replies, end=True):
    drill = client.post("/api/drills", json={"scenario": HOTEL, "lang": "en", "seed": 7, "trainee": who}).json()["id"]
    for text in replies:
        assert client.post(f"/api/drills/{drill}/turns", json={"text": text}).status_code == 200
    if end:
        assert client.post(f"/api/drills/{drill}/debrief").status_code == 200
    return drill


def get(client, path, **query):
    answer = client.get(f"/api/training/{path}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_scores_are_for_managers_alone(own_improv):
    stranger = TestClient(create_app(own_improv), client=("10.1.2.3", 1))
    for path in ("cohort", "person?name=Lin", "attempts", "running", "export.csv", "xapi.json", "weak-spots"):
        check_problem(stranger.get(f"/api/training/{path}"), 403)
    assert stranger.get("/api/trainee", params={"name": "Lin"}).status_code == 200


def test_an_assignment_is_open_until_the_drill_is_played(client):
    group = {"name": "Early shift", "members": ["Ana", " Ana ", "Ｂｏ"]}
    assert client.post("/api/training/groups", json=group).json()["members"] == ["Ana", "Bo"]
    body = {"audience": "group", "who": "Early shift", "scenario": HOTEL, "due": TOMORROW, "note": "before May"}
    made = client.post("/api/training/assignments", json=body).json()
    (task,) = client.get("/api/trainee", params={"name": "Ana"}).json()["tasks"]
    assert (task["done"], task["due"], task["group"], task["note"]) == (False, TOMORROW, "Early shift", "before May")
    play(client, "Ana", GOOD)
    (task,) = client.get("/api/trainee", params={"name": "Ana"}).json()["tasks"]
    assert (task["done"], task["overall"], task["drill"]) == (True, None, "")  # how it went is told to trainers only
    (line,) = [one for one in get(client, "assignments")["assignments"] if one["id"] == made["id"]]
    done = {one["trainee"]: one["overall"] for one in line["people"] if one["done"]}
    assert done.keys() == {"Ana"}
    assert 0 <= done["Ana"] <= 100
    client.delete(f"/api/training/assignments/{made['id']}")
    assert client.get("/api/trainee", params={"name": "Ana"}).json()["tasks"] == []
    check_problem(client.delete(f"/api/training/assignments/{made['id']}"), 404)


def test_what_cannot_be_assigned_is_refused_with_the_reason(client):
    body = {"audience": "person", "who": "Ana", "scenario": HOTEL}
    for change in ({"scenario": "no.such"}, {"difficulty": 4}, {"who": "  "}, {"audience": "group", "who": "nobody"}):
        answer = client.post("/api/training/assignments", json={**body, **change})
        check_problem(answer, 404 if change.get("audience") else 422)


def test_a_person_has_skills_once_there_were_enough_tries_and_the_next_drill_practises_the_weakest(client):
    for _ in range(3):
        play(client, "Cem", BAD)
    told = get(client, "person", name="Cem", lang="en")
    assert {*told["skills"]} == {*FACTORS, *MOVES, "overall"}
    wall = told["skills"]["policy_wall"]
    assert (wall["level"], wall["tries"], wall["trend"]) == (0, 3, "unknown")
    assert told["skills"]["offer_options"]["level"] is None
    assert told["next"]["reason"] in {"due", "ahead"}
    assert told["due"][0]["level"] <= 50
    rows = {row["name"]: row for row in get(client, "cohort")["people"]}
    assert rows["Cem"]["skills"]["overall"]["level"] < 45
    assert [one["trainee"] for one in get(client, "attempts", scenario=HOTEL)["attempts"]].count("Cem") == 3


def test_running_drills_are_seen_until_they_end(client):
    drill = play(client, "Dee", GOOD, end=False)
    assert drill in {one["id"] for one in get(client, "running")["attempts"]}
    client.post(f"/api/drills/{drill}/debrief")
    assert drill not in {one["id"] for one in get(client, "running")["attempts"]}


def test_who_gives_no_name_is_seen_by_nobody(client):
    drill = play(client, "", GOOD)
    assert drill not in {one["id"] for one in get(client, "attempts")["attempts"]}


def test_exports_hold_every_attempt(client):
    play(client, "Eli", GOOD)
    text = client.get("/api/training/export.csv", params={"lang": "zh"}).text
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    statements = get(client, "xapi.json")
    assert len(rows) == len(statements) == len(get(client, "attempts")["attempts"])
    assert "Eli" in {row["trainee"] for row in rows}
    assert all(-1 <= one["result"]["score"]["scaled"] <= 1 for one in statements)
    assert statements[0]["actor"]["account"]["homePage"] == "http://127.0.0.1"


def test_a_weak_spot_can_be_put_on_the_list_of_gaps(client):
    for who in ("Fay", "Gil", "Gil"):
        play(client, who, BAD)
    spots = get(client, "weak-spots")["spots"]
    assert all(spot["missed"] * 2 >= spot["tries"] and spot["people"] >= 2 for spot in spots)
    assert any(spot["scenario"] == HOTEL for spot in spots)
    text = "Ask what the next hour is for"
    body = {"scenario": HOTEL, "text": text, "lang": "en"}
    assert client.post("/api/training/weak-spots", json=body).json() == {"done": True}
    assert client.get("/api/gaps").json()["gaps"][0]["text"] == text
