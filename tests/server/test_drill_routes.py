"""Drills over HTTP: the promised form, sessions that outlive the server, retry, hints, many at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from assistant.domain.drill import MOVES
from assistant.domain.vocabulary import FACTORS
from assistant.server.app import create_app

HOTEL = "hotel.room-not-ready-funeral"
OWNS = "You were promised two o'clock and it's our mistake, I'm sorry. What do you need most in the next hour?"
SERVES = "Room 305 is clean, please shower and change there now. I'll have a car at the door at half past three."


@pytest.fixture(scope="module")
def client(improv):
    improv.settings.__dict__["requests_per_minute"] = 100_000
    return TestClient(create_app(improv), client=("127.0.0.1", 1))


def start(client, **more):
    answer = client.post("/api/drills", json={"scenario": HOTEL, "lang": "en", "seed": 7, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


def turn(client, drill, text):
    return client.post(f"/api/drills/{drill}/turns", json={"text": text})


def test_scenarios_tell_nothing_that_only_questions_uncover(client):
    answer = client.get("/api/drills/scenarios")
    known = {one["id"]: one for one in answer.json()["scenarios"]}
    assert HOTEL in known
    assert "funeral" not in str({**known[HOTEL], "id": ""})


def test_a_session_from_start_to_debrief_has_the_promised_form(client):
    begun = start(client)
    assert {"id", "briefing", "guest", "state"} <= begun.keys()
    first = turn(client, begun["id"], OWNS).json()
    assert {*first} >= {"guest", "state", "moves", "ended", "outcome"}
    assert {*first["state"]} == {"anger", "trust", "patience"}
    assert {*first["moves"]} <= {*MOVES}
    assert "clarifying_question" in first["moves"]
    assert all(found["quote"] in OWNS for found in first["evidence"])
    turn(client, begun["id"], "Please wait, somebody will look at it.")
    debrief = client.post(f"/api/drills/{begun['id']}/debrief", json={"reflection": "I would give a time."}).json()
    assert {*debrief["scores"]} == {*FACTORS}
    assert 0 <= debrief["overall"] <= 100
    assert [point["turn"] for point in debrief["timeline"]] == [0, 1, 2]
    assert debrief["question"]
    assert debrief["reflection"] == "I would give a time."
    worst = next(moment for moment in debrief["moments"] if moment["move"] == "stall")
    assert worst["quote"] in "Please wait, somebody will look at it."
    assert worst["better"] == worst["source"]["text"]
    low, high = debrief["intervals"]["overall"]["low"], debrief["intervals"]["overall"]["high"]
    assert low <= high


def test_better_wordings_from_playbooks_stand_there_word_for_word(client, improv):
    begun = start(client)
    for text in ("That's the rule.", "Just wait.", "You should have called before."):
        turn(client, begun["id"], text)
    said = {say for playbook in improv.playbooks() for action in playbook.actions for say in action.say.values()}
    moments = client.post(f"/api/drills/{begun['id']}/debrief").json()["moments"]
    quoted = [moment for moment in moments if moment["source"] and moment["source"]["document"] != HOTEL]
    assert quoted
    assert all(moment["better"] in said for moment in quoted)


def test_the_same_seed_gives_the_same_guest_and_a_session_survives_a_new_server(client, improv):
    first, second = start(client), start(client)
    assert first["guest"] == second["guest"]
    assert turn(client, first["id"], OWNS).json() == turn(client, second["id"], OWNS).json()
    again = TestClient(create_app(improv), client=("127.0.0.1", 1))
    whole = again.get(f"/api/drills/{first['id']}").json()
    assert [one["text"] for one in whole["turns"]] == [OWNS]
    assert turn(again, first["id"], SERVES).status_code == 200


def test_retry_goes_on_from_a_turn_and_leaves_the_first_try_as_it_was(client):
    begun = start(client)
    turn(client, begun["id"], OWNS)
    turn(client, begun["id"], "Calm down, I can't do anything about it.")
    other = client.post(f"/api/drills/{begun['id']}/retry", json={"turn": 1}).json()
    assert other["parent"] == begun["id"]
    assert len(other["turns"]) == 1
    better = turn(client, other["id"], SERVES).json()
    assert better["state"]["trust"] > client.get(f"/api/drills/{begun['id']}").json()["state"]["trust"]
    assert len(client.get(f"/api/drills/{begun['id']}").json()["turns"]) == 2


def test_hints_help_and_cost(client):
    begun = start(client)
    hint = client.post(f"/api/drills/{begun['id']}/hint").json()
    assert hint["text"]
    assert hint["say"]
    assert hint["taken"] == 1
    assert hint["cost"] > 0


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/drills", {"scenario": "no.such"}, 404),
        ("/api/drills", {"scenario": HOTEL, "difficulty": 9}, 422),
        ("/api/drills", {"scenario": HOTEL, "seed": -1}, 422),
        ("/api/drills", {"scenario": HOTEL, "lang": "fr"}, 422),
        ("/api/drills/nothing/turns", {"text": "hello"}, 404),
        ("/api/drills/nothing/debrief", {}, 404),
        ("/api/drills/assess", {"guest": "x", "staff": " "}, 422),
    ],
)
def test_what_cannot_be_done_is_a_problem_document(client, path, body, status):
    answer = client.post(path, json=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_ended_session_takes_no_more_turns(client):
    begun = start(client, difficulty=3)
    for _ in range(6):
        answer = turn(client, begun["id"], "Shut up, it's your own fault, I don't care.")
        if answer.status_code != 200 or answer.json()["ended"]:
            break
    assert turn(client, begun["id"], OWNS).status_code == 409


def test_sessions_at_once_do_not_mix(client):
    drills = [start(client, seed=number % 4)["id"] for number in range(24)]

    def play(drill):
        return [turn(client, drill, text).json()["guest"] for text in (OWNS, SERVES)]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(play, drills))
    for seed in range(4):
        assert len({tuple(answer) for answer in answers[seed::4]}) == 1


@pytest.mark.parametrize(
    ("guest", "staff", "moves", "least", "most"),
    [
        ("My room isn't ready!", "It's ten minutes, no need to make a fuss.", {"dismiss"}, 1, 2),
        ("我的包被偷了！", "一般客人都会自己看好包的，您怎么不看着点？", {"blame_guest"}, 1, 2),
        (
            "I'm allergic, is there nut in this?",
            "What exactly are you allergic to? I'll ask the chef right now and be back in two minutes.",
            {"clarifying_question", "follow_up_promise"},
            3,
            5,
        ),
    ],
)
def test_one_reply_is_judged_alone(client, guest, staff, moves, least, most):
    answer = client.post("/api/drills/assess", json={"guest": guest, "staff": staff}).json()
    assert moves <= {*answer["moves"]}
    assert least <= answer["quality"] <= most
