"""Rooms in the database: an event and its pages are one, nothing is lost or doubled, whoever else writes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from assistant.domain.room import CheckItem, Opening, Page, RoomEvent
from assistant.errors import Conflict, UnknownName
from assistant.records.pages import LEASE, PageStore
from assistant.records.rooms import Addition, RoomStore

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
OPENING = Opening(
    "here", "zh", "words", {"en": "A fight"}, "none", "a1", (CheckItem("c/1", {"en": "Calm"}, "self", 10),)
)
OPENED = RoomEvent("opened", NOON, by="Li", opening=OPENING)
PAGE = Page("call", "r", "here", {}, "security", {}, {}, "none")


@pytest.fixture
def rooms(engine):
    return RoomStore(engine)


@pytest.fixture
def pages(engine):
    return PageStore(engine)


def note(text: str, id_: str = "") -> RoomEvent:
    return RoomEvent("note", NOON, text=text, id=id_)


def test_events_come_back_as_they_went_in_numbered(rooms):
    assert rooms.open("r", Addition((OPENED,), due_at=NOON)) == "r"
    rooms.add("r", lambda known: Addition((note("one"), note("two")), due_at=NOON + timedelta(hours=1)))
    events = rooms.events("r")
    assert [(event.seq, event.kind, event.text) for event in events] == [
        (1, "opened", ""),
        (2, "note", "one"),
        (3, "note", "two"),
    ]
    assert events[0].opening == OPENING
    assert events[1].at == NOON
    assert rooms.due(NOON) == []
    assert rooms.due(NOON + timedelta(hours=1)) == ["r"]
    with pytest.raises(UnknownName):
        rooms.add("nowhere", lambda known: Addition())


def test_an_advice_has_one_room_until_it_is_closed(rooms):
    assert rooms.open("r", Addition((OPENED,))) == rooms.open("s", Addition((OPENED,))) == "r"
    rooms.add("r", lambda known: Addition((RoomEvent("closed", NOON),)))
    assert rooms.open("s", Addition((OPENED,))) == "s"
    assert rooms.of_site("here", closed=False, limit=9) == ["s"]


def test_many_who_write_at_once_all_stand_in_one_order(rooms):
    rooms.open("r", Addition((OPENED,)))
    threads = [
        threading.Thread(target=lambda n=n: [rooms.add("r", lambda known: Addition((note(f"{n}"),))) for _ in range(5)])
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [event.seq for event in rooms.events("r")] == list(range(1, 42))


def test_a_page_is_taken_once_comes_back_after_a_crash_and_is_dropped_with_its_room(rooms, pages):
    rooms.open("r", Addition((OPENED,), (("webhook:a", PAGE), ("webhook:b", PAGE))))
    first = pages.take(NOON, 1)
    assert [delivery.target for delivery in (*first, *pages.take(NOON, 9))] == ["webhook:a", "webhook:b"]
    assert not pages.is_due(NOON)
    assert len(pages.take(NOON + LEASE, 9)) == 2  # whoever took them has died
    pages.failed(first[0].id, "HTTP 500", None)
    assert [one.error for one in pages.listed("dead", 9)] == ["HTTP 500"]
    rooms.add("r", lambda known: Addition((RoomEvent("closed", NOON),)))
    assert {one.target: one.status for one in pages.listed(None, 9)} == {"webhook:a": "dead", "webhook:b": "dropped"}
    assert pages.resend(first[0].id, NOON).status == "waiting"
    with pytest.raises(Conflict):
        pages.resend(first[0].id, NOON)


WRITING = """
import sys
from assistant.records.database import open_database
from assistant.records.rooms import Addition, RoomStore
sys.path.insert(0, sys.argv[2])
from test_room_store import PAGE, note
store = RoomStore(open_database(sys.argv[1]))
for n in range(100000):
    def decide(known, n=n):
        if any(event.id == f"e-{n}" for event in known):
            return Addition()
        return Addition((note(str(n), f"e-{n}"),), (("webhook:a", PAGE),))
    store.add("r", decide)
    print(n, flush=True)
"""


def test_a_kill_in_the_middle_loses_and_doubles_nothing(rooms, pages, url):
    rooms.open("r", Addition((OPENED,)))
    told = []
    for _ in range(2):  # the second one sends again what the first may not have been answered
        command = [sys.executable, "-c", WRITING, url, os.path.dirname(__file__)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            told += [process.stdout.readline() for _ in range(20)]
            time.sleep(0.05)
            os.kill(process.pid, signal.SIGKILL)
            told += process.stdout.readlines()
    answered = {f"e-{int(line)}" for line in told if line.endswith("\n")}
    events = rooms.events("r")[1:]
    kept = [event.id for event in events]
    assert answered <= set(kept)
    assert len(kept) == len(set(kept)) <= len(answered) + 1  # one may be written and not yet told
    assert [event.seq for event in events] == list(range(2, len(kept) + 2))
    assert len(pages.listed(None, 100_000)) == len(kept)
