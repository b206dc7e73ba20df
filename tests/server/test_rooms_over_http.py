"""Incident rooms over HTTP: opened once, live for all who watch, also across processes and after a break."""

from __future__ import annotations

import json
import selectors
import socket
import statistics
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import httpx
import pytest
from problem_form import check_problem

from assistant.domain.room import RoomEvent
from assistant.records.database import open_database
from assistant.records.rooms import Addition, RoomStore


@pytest.fixture(scope="module")
def served(copied_small_home, start_small_server):
    """A client of a server whose home (`served.home`) the tests may write to as well."""
    own = copied_small_home()
    with (
        start_small_server(own, IMPROV_REQUESTS_PER_MINUTE="100000") as url,
        httpx.Client(base_url=url, timeout=60, trust_env=False) as client,
    ):
        client.home = own
        yield client


FAINT = "大堂有客人突然晕倒了，叫不醒"


def open_room(api, **body) -> str:
    answer = api.post("/api/rooms", json=body or {"text": FAINT, "by": "Li"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["path"] == f"/room/{answer.json()['id']}"
    return answer.json()["id"]


def tell(api, room: str, kind: str, **body) -> dict:
    answer = api.post(f"/api/rooms/{room}/events", json={"kind": kind, **body})
    assert answer.status_code == 200, answer.text
    return answer.json()


class Watcher(threading.Thread):
    """Reads a room's stream until it is let go; `got` holds (moment, event's number, message)."""

    def __init__(self, base: str, room: str, last: int | None = None, after: int = 0) -> None:
        super().__init__(daemon=True)
        self.url, self.headers = f"{base}/api/rooms/{room}/stream?after={after}", {}
        if last is not None:
            self.headers["Last-Event-ID"] = str(last)
        self.got: list[tuple[float, int, dict]] = []
        self.ready, self.ends = threading.Event(), False
        self.start()

    def run(self) -> None:
        with (
            httpx.Client(timeout=30, trust_env=False) as client,
            client.stream("GET", self.url, headers=self.headers) as answer,
        ):
            assert answer.headers["content-type"].startswith("text/event-stream")
            number = 0
            for line in answer.iter_lines():
                self.ready.set()
                if line.startswith("id: "):
                    number = int(line[4:])
                elif line.startswith("data: "):
                    self.got.append((time.monotonic(), number, json.loads(line[6:])))
                if self.ends:
                    return

    def wait_for(self, number: int, seconds: float = 10) -> None:
        end = time.monotonic() + seconds
        while not any(got >= number for _, got, _ in self.got):
            assert time.monotonic() < end, f"event {number} did not come; got {[n for _, n, _ in self.got]}"
            time.sleep(0.01)


def test_an_advice_becomes_one_room_with_its_steps_and_those_whom_it_calls(served):
    advice = served.post("/api/suggest", json={"text": FAINT}).json()
    room = open_room(served, advice=advice["id"], by="Li")
    assert open_room(served, advice=advice["id"], by="Wu") == room
    said = served.get(f"/api/rooms/{room}").json()
    assert [check["id"] for check in said["room"]["checks"]] == [action["id"] for action in advice["actions"]]
    assert {check["text"].keys() == {"zh", "en"} for check in said["room"]["checks"]} == {True}
    assert said["room"]["words"] == FAINT
    owners = {action["owner"] for action in advice["actions"]} - {"self"}
    assert {party["id"] for party in said["room"]["parties"]} == owners
    assert [event["kind"] for event in said["events"]] == ["opened", *["called"] * len(owners)]
    assert room in {one["id"] for one in served.get("/api/rooms").json()["rooms"]}


def test_what_happens_once_stands_once_and_the_hand_over_tells_it(served):
    room = open_room(served)
    tap = {"id": uuid.uuid4().hex, "party": "first_aider", "by": "Ma"}
    assert tell(served, room, "on_way", **tap) == tell(served, room, "on_way", **tap)
    check = served.get(f"/api/rooms/{room}").json()["room"]["checks"][0]["id"]
    tell(served, room, "ticked", action=check, by="Ma")
    said = served.get(f"/api/rooms/{room}").json()
    assert [event["kind"] for event in said["events"]].count("on_way") == 1
    assert said["room"]["checks"][0]["done_by"] == "Ma"
    text = served.get(f"/api/rooms/{room}/handover", params={"lang": "en"}).json()["text"]
    assert "the trained first aider: on the way" in text
    assert served.get(f"/api/rooms/{room}/handover").json()["text"].startswith("交接：")


def test_who_is_refused_is_told_why(served):
    room = open_room(served)
    check_problem(served.post("/api/rooms", json={"advice": "no-such"}), 404)
    check_problem(served.post("/api/rooms", json={}), 422)
    check_problem(served.post("/api/rooms", json={"text": FAINT, "call": ["nobody"]}), 404)
    check_problem(served.get("/api/rooms/guessed-guessed-guess"), 404)
    check_problem(served.get("/api/rooms/guessed-guessed-guess/stream"), 404)
    check_problem(served.get(f"/api/rooms/{room}/stream", headers={"Last-Event-ID": "x"}), 422)
    check_problem(served.post(f"/api/rooms/{room}/events", json={"kind": "escalated"}), 422)
    tell(served, room, "closed")
    check_problem(served.post(f"/api/rooms/{room}/events", json={"kind": "here", "party": "first_aider"}), 409)


def test_the_list_and_the_calls_are_for_managers_and_a_room_for_whoever_has_its_link(served):
    room = open_room(served)
    stranger = {"Host": "desk.example"}
    for path in ("/api/rooms", "/api/rooms/", "/api/pages"):
        check_problem(served.get(path, headers=stranger), 403)
    assert served.get(f"/api/rooms/{room}", headers=stranger).status_code == 200
    assert served.post(f"/api/rooms/{room}/events", json={"kind": "note", "text": "x"}, headers=stranger).is_success
    check_problem(served.post("/api/pages/1/resend", headers=stranger), 403)


def test_a_watcher_gets_everything_in_order_and_resumes_where_it_was(served):
    room, base = open_room(served), str(served.base_url)
    first = Watcher(base, room)
    for n in range(5):
        last = tell(served, room, "note", text=str(n))["seq"]
    first.wait_for(last)
    assert [n for _, n, _ in first.got] == list(range(1, last + 1))
    again = Watcher(base, room, last=last - 2, after=0)
    tell(served, room, "note", text="more")
    again.wait_for(last + 1)
    assert [n for _, n, _ in again.got] == [last - 1, last, last + 1]
    assert again.got[-1][2]["event"]["text"] == "more"
    assert again.got[-1][2]["room"]["seq"] == last + 1
    first.ends = again.ends = True
    tell(served, room, "note", text="end")


class Crowd:
    """Watchers as plain sockets, so that reading them costs the machine next to nothing."""

    def __init__(self, base: httpx.URL, room: str, after: int, size: int) -> None:
        self.selector, self.rest = selectors.DefaultSelector(), {}
        for _ in range(size):
            one = socket.create_connection((base.host, base.port), 10)
            one.sendall(f"GET /api/rooms/{room}/stream?after={after} HTTP/1.1\r\nHost: {base.host}\r\n\r\n".encode())
            self.selector.register(one, selectors.EVENT_READ)
            self.rest[one] = b""

    def moments(self, mark: bytes, seconds: float = 10) -> list[float]:
        """When each of them has read `mark`."""
        found, end = {}, time.monotonic() + seconds
        while len(found) < len(self.rest):
            assert time.monotonic() < end, f"{mark!r} came to {len(found)} of {len(self.rest)}"
            for key, _ in self.selector.select(0.1):
                self.rest[key.fileobj] += key.fileobj.recv(65536)
                if mark in self.rest[key.fileobj]:
                    found.setdefault(key.fileobj, time.monotonic())
                    self.rest[key.fileobj] = b""
        return list(found.values())

    def close(self) -> None:
        for one in self.rest:
            one.close()


def test_a_message_reaches_a_hundred_watchers_at_once(served):
    room = open_room(served)
    last = served.get(f"/api/rooms/{room}").json()["room"]["seq"]
    crowd, delays = Crowd(served.base_url, room, last, 100), []
    crowd.moments(b": still here")
    with ThreadPoolExecutor(1) as pool:
        for n in range(10):
            sent, last = time.monotonic(), last + 1
            said = pool.submit(tell, served, room, "note", text=str(n))
            delays += [moment - sent for moment in crowd.moments(f"id: {last}\n".encode())]
            said.result()
    crowd.close()
    p95 = statistics.quantiles(delays, n=20)[-1]
    print(f"100 watchers: median {statistics.median(delays) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms")
    assert p95 < 0.3


def test_what_another_process_writes_reaches_those_who_watch_here(served):
    room = open_room(served)
    last = served.get(f"/api/rooms/{room}").json()["room"]["seq"]
    watcher = Watcher(str(served.base_url), room, after=last)
    assert watcher.ready.wait(10)
    engine = open_database(f"sqlite:///{served.home / 'improv.db'}")
    other = RoomStore(engine)

    def write(n: int) -> None:
        if n % 2:
            tell(served, room, "note", text=str(n))
        else:
            other.add(room, lambda known: Addition((RoomEvent("note", datetime.now(UTC), text=str(n)),)))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(20)))
    other.add(room, lambda known: Addition((RoomEvent("note", datetime.now(UTC), text="last"),)))
    written = time.monotonic()
    watcher.wait_for(last + 21)
    assert watcher.got[-1][0] - written < 2
    assert [n for _, n, _ in watcher.got] == list(range(last + 1, last + 22))
    engine.dispose()
    watcher.ends = True
    tell(served, room, "note", text="end")


@pytest.mark.parametrize("path", ["main.js", "sw.js", "room.css"])
def test_the_page_and_its_files_are_served_under_one_path(served, path):
    assert served.get(f"/room/{path}").is_success
    page = served.get(f"/room/{open_room(served)}")
    assert "/room/main.js" in page.text
    assert served.get("/room/short").status_code == 404
