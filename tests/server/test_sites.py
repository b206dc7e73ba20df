"""What is at hand over HTTP: read by all, set by managers, promised once, and heeded by the next advice."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from problem_form import check_problem

HOTEL = "/api/sites/demo-hotel"
LANGUAGE = "a guest who speaks no Chinese or English is crying at the desk and we do not understand her"


def line(api, id_: str, site: str = "demo-hotel") -> dict:
    answer = api.get(f"/api/sites/{site}/resources")
    assert answer.status_code == 200
    return next(one for one in answer.json()["resources"] if one["id"] == id_)


def patch(api, id_: str, **body) -> dict:
    answer = api.patch(f"{HOTEL}/resources/{id_}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def named(advice: dict) -> set[str]:
    things = [thing for part in (*advice["actions"], *advice["options"]) for thing in part["resources"]]
    things += [thing for combination in advice["combinations"] for thing in combination["resources"]]
    return {thing["id"] for thing in things}


def test_sites_and_their_resources_are_listed_in_both_languages(manager):
    sites = manager.get("/api/sites").json()["sites"]
    assert {"demo-hotel", "demo-restaurant", "demo-station", "demo-supermarket"} <= {site["id"] for site in sites}
    assert [site["id"] for site in sites if site["default"]] == ["demo-hotel"]
    lounge = line(manager, "garden-lounge")
    assert lounge["name"].keys() == {"en", "zh"}
    assert lounge["status"] in {"available", "closed"}
    check_problem(manager.get("/api/sites/nowhere/resources"), 404)


def test_the_next_advice_heeds_what_a_manager_sets(manager):
    ask = {"text": LANGUAGE, "site": "demo-hotel"}
    for thing in sorted(named(manager.post("/api/suggest", json=ask).json())):
        patch(manager, thing, status="off")
        assert thing not in named(manager.post("/api/suggest", json=ask).json())
        patch(manager, thing, status=None)


def test_a_change_keeps_what_it_does_not_name_and_is_in_the_history(manager):
    first = patch(manager, "spare-cot", status="used", until="2099-01-01T12:00:00+08:00", by="li", remark="room 5")
    assert (first["status"], first["remark"]) == ("used", "room 5")
    assert first["until"] == "2099-01-01T12:00:00+08:00"
    second = patch(manager, "spare-cot", count=3, version=first["version"])
    assert (second["status"], second["remark"], second["total"]) == ("used", "room 5", 3)
    check_problem(manager.patch(f"{HOTEL}/resources/spare-cot", json={"count": 1, "version": first["version"]}), 409)
    patch(manager, "spare-cot", status=None)
    told = manager.get(f"{HOTEL}/history", params={"resource": "spare-cot"}).json()["events"]
    assert [event["what"] for event in told] == ["set"] * 3
    assert told[-1]["by"] == "li"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"status": "gone"},
        {"status": "reserved"},
        {"status": "used", "until": "2001-01-01T00:00:00Z"},
        {"until": "2099-01-01T00:00:00"},
        {"count": -1},
    ],
)
def test_a_change_that_makes_no_sense_is_refused(manager, body):
    check_problem(manager.patch(f"{HOTEL}/resources/spare-cot", json=body), 422)


def test_a_reservation_is_held_given_back_and_not_made_twice(manager):
    patch(manager, "wheelchair", status="available", until="2099-01-01T00:00:00Z", count=1)
    tap = {"resource": "wheelchair", "id": uuid.uuid4().hex, "minutes": 20}
    made = manager.post(f"{HOTEL}/reservations", json=tap).json()
    assert manager.post(f"{HOTEL}/reservations", json=tap).json() == made
    assert line(manager, "wheelchair")["status"] == "reserved"
    refused = manager.post(f"{HOTEL}/reservations", json={"resource": "wheelchair"})
    assert "reserved until" in check_problem(refused, 409)
    assert made["id"] in {one["id"] for one in manager.get(f"{HOTEL}/reservations").json()["reservations"]}
    back = manager.post(f"{HOTEL}/reservations/{made['id']}/release", json={})
    assert back.json()["status"] == "released"
    assert line(manager, "wheelchair")["free"] == 1
    check_problem(manager.post(f"{HOTEL}/reservations/{'0' * 32}/release", json={}), 404)
    check_problem(manager.post(f"{HOTEL}/reservations", json={"resource": "no-such"}), 404)
    patch(manager, "wheelchair", status=None, count=2)


def test_fifty_clients_and_ten_things_make_ten_promises(manager):
    patch(manager, "power-banks", status="available", until="2099-01-01T00:00:00Z", count=10)
    limits = httpx.Limits(max_connections=50)
    with httpx.Client(base_url=manager.base_url, timeout=60, trust_env=False, limits=limits) as client:

        def tap(_: int) -> int:
            return client.post(f"{HOTEL}/reservations", json={"resource": "power-banks"}).status_code

        with ThreadPoolExecutor(50) as pool:
            answers = list(pool.map(tap, range(50)))
    assert (answers.count(200), answers.count(409)) == (10, 40)
    assert line(manager, "power-banks")["free"] == 0


def test_guidance_comes_from_the_site_the_person_or_the_question(manager):
    where, ask = f"{HOTEL}/staff/li.na/guidance", {"text": "客人三点来办入住，房间还没打扫好", "staff": "li.na"}
    first = manager.get(where).json()
    assert (first["guidance"], first["chosen_by"], first["suggested"]) == ("balanced", "site", "enable")
    assert manager.post("/api/suggest", json=ask).json()["guidance"] == "balanced"
    assert manager.post(where, json={"guidance": "empower"}).json()["chosen_by"] == "staff"
    assert manager.post("/api/suggest", json=ask).json()["guidance"] == "empower"
    assert manager.post("/api/suggest", json={**ask, "guidance": "enable"}).json()["guidance"] == "enable"
    assert manager.get(where).json()["incidents"] == 3
    assert manager.post(where, json={"guidance": None}).json()["guidance"] == "balanced"
    check_problem(manager.post(where, json={"guidance": "free"}), 422)
