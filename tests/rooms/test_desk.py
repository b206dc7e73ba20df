"""The desk: rooms on real records, with the clock in the test's hand."""

from __future__ import annotations

import dataclasses
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.domain.room import CallPlan, RoomEvent, Webhook
from assistant.errors import UnknownName
from assistant.knowledge.corpus import Corpus
from assistant.records.conversations import Turn
from assistant.records.database import open_database
from assistant.records.pages import PageStore
from assistant.records.rooms import RoomStore
from assistant.resources.sites import load_site
from assistant.rooms.desk import RoomDesk
from assistant.rooms.state import room_of

CORPUS = Corpus(Path(__file__).resolve().parents[2] / "corpus")
PLAN = CallPlan(
    {"security": 60, "supervisor": 60}, {}, (Webhook("guards", "feishu", ("security",)), Webhook("all", "slack"))
)
ADVICE = {
    "id": "a1", "site": "demo-hotel", "lang": "en", "covered": True, "situation": {"summary": "A fight", "hazard": "none"},
    "actions": [{"id": "p/1", "text": "Part them", "owner": "security", "within_s": 30},
                {"id": "p/2", "text": "Calm", "owner": "self", "within_s": 10}],
}  # fmt: skip
TURN = Turn("two guests fight in 1208", ADVICE, ("p/2",))


class Hand:
    """Time, stores and a desk; `desks(n)` gives more desks over the same database, as more servers would be."""

    def __init__(self, url: str) -> None:
        self.now = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
        self.engine = open_database(url)
        self.pages = PageStore(self.engine)
        self.site = dataclasses.replace(load_site(CORPUS, "demo-hotel"), calls=PLAN)
        (self.desk,) = self.desks(1)

    def desks(self, n: int) -> list[RoomDesk]:
        made = (RoomStore(self.engine), lambda _: self.site, CORPUS.roles, self.pages.subscribed, lambda: self.now)
        return [RoomDesk(*made) for _ in range(n)]

    def outgoing(self) -> list[tuple[str, str, str, str]]:
        listed = reversed(self.pages.listed(None, 99))
        return [(one.target, one.page.kind, one.page.party, one.status) for one in listed]


@pytest.fixture
def hand(tmp_path):
    made = Hand(f"sqlite:///{tmp_path / 'improv.db'}")
    yield made
    made.engine.dispose()


def test_opening_calls_the_chats_of_each_role_and_keeps_what_was_ticked(hand):
    id_ = hand.desk.open(TURN, (), by="Li")
    assert hand.outgoing() == [(f"webhook:{chat}", "call", "security", "waiting") for chat in ("guards", "all")]
    room = room_of(hand.desk.events(id_))
    assert [(check.item.id, check.done_by) for check in room.checks] == [("p/1", None), ("p/2", "Li")]
    assert len(id_) >= 22
    page = hand.pages.listed(None, 1)[0].page
    assert "1208" not in str(dataclasses.asdict(page))


def test_time_runs_out_once_however_many_servers_look(hand):
    id_ = hand.desk.open(TURN, ())
    assert hand.desk.tick() == 0
    hand.now += timedelta(seconds=60)
    threads = [threading.Thread(target=desk.tick) for desk in hand.desks(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = [(event.kind, event.party, event.to) for event in hand.desk.events(id_)][3:]
    assert told == [("escalated", "security", "supervisor"), ("called", "supervisor", "")]
    assert hand.outgoing()[2:] == [("webhook:all", "call", "supervisor", "waiting")]
    assert hand.desk.tick() == 0


def test_who_cannot_come_is_replaced_in_the_same_breath_and_closing_calls_everybody_off(hand):
    id_ = hand.desk.open(TURN, ())
    heard: list[str] = []
    hand.desk.listeners.append(heard.append)
    hand.desk.add(id_, RoomEvent("declined", hand.now, by="Ma", party="security"))
    assert room_of(hand.desk.events(id_)).party("supervisor") is not None
    hand.desk.add(id_, RoomEvent("closed", hand.now, by="Li"))
    assert heard == [id_, id_]
    states = hand.outgoing()
    assert {status for _, kind, _, status in states if kind == "call"} == {"dropped"}
    assert [(target, status) for target, kind, _, status in states if kind == "stand_down"] == [
        ("webhook:guards", "waiting"), ("webhook:all", "waiting")
    ]  # fmt: skip
    hand.now += timedelta(hours=1)
    assert hand.desk.tick() == 0


def test_a_role_that_nobody_has_cannot_be_called(hand):
    with pytest.raises(UnknownName, match="admiral"):
        hand.desk.open(TURN, (), call=("admiral",))
    id_ = hand.desk.open(TURN, (), call=("kitchen",))
    with pytest.raises(UnknownName, match="admiral"):
        hand.desk.add(id_, RoomEvent("called", hand.now, party="admiral"))
    hand.desk.add(id_, RoomEvent("called", hand.now, party="housekeeping"))
    assert {party.id for party in room_of(hand.desk.events(id_)).parties} == {"kitchen", "housekeeping"}
