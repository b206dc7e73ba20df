"""Calls on their way, to a real receiver: signed as each chat wants it, tried again, given up, sent again."""

from __future__ import annotations

import base64
import json
import os
import time
from datetime import UTC, datetime, timedelta

import http_ece
import httpx
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02
from receiving import SECRET, Receiver, fails, hangs, hangs_up

from assistant.domain.room import CallPlan, CheckItem, Opening, Page, RoomEvent, Subscription, Webhook
from assistant.errors import InvalidInput, SetupError
from assistant.paging.addresses import AddressBook
from assistant.paging.courier import Courier
from assistant.paging.push import PushKeys, check_subscription
from assistant.records.database import open_database
from assistant.records.pages import PageStore
from assistant.records.rooms import Addition, RoomStore

KINDS = {
    "feishu": f"/feishu/hook\nsecret: {SECRET}",
    "dingtalk": f"/dingtalk/send?access_token=t0ken\nsecret: {SECRET}",
    "wecom": "/wecom/send?key=k3y",
    "slack": "/slack/services/T/B/x",
    "teams": "/teams/workflows?sig=s1g",
}
PLAN = CallPlan(webhooks=tuple(Webhook(kind, kind, lang="en") for kind in KINDS))
PAGE = Page(
    "call",
    "room-1",
    "here",
    {"en": "The <House>"},
    "security",
    {"en": "security"},
    {"en": "A fight & more"},
    "violence",
)
OPENING = Opening(
    "here", "en", "Mr Smith of 1208 hits people", {"en": "A fight"}, "violence", "", (CheckItem("c", {}, "self", 1),)
)
ROOM = "https://improv.example/room/room-1#as=security"


class Desk:
    """A courier with store, clock and receiver of its own; `waits` are milliseconds, not minutes."""

    def __init__(self, folder, url: str, waits=(0.0, 0.0, 0.0)) -> None:
        self.engine = open_database(f"sqlite:///{folder / 'improv.db'}")
        self.store, self.ahead = PageStore(self.engine), timedelta()
        self.file = folder / "paging.yaml"
        lines = [f"{kind}:\n  url: {url}{where}".replace("\nsecret", "\n  secret") for kind, where in KINDS.items()]
        self.file.write_text("\n".join(lines), encoding="utf-8")
        self.keys = PushKeys(folder, "https://improv.example")
        self.courier = Courier(
            self.store, lambda _: PLAN, AddressBook(self.file), self.keys, "https://improv.example/", self.now, waits,
            httpx.Timeout(0.4),
        )  # fmt: skip
        self.rooms = RoomStore(self.engine)
        self.rooms.open("room-1", Addition((RoomEvent("opened", self.now(), opening=OPENING),)))

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def call(self, *targets: str) -> None:
        note = RoomEvent("note", self.now(), text="x")
        self.rooms.add("room-1", lambda known: Addition((note,), tuple((target, PAGE) for target in targets)))

    def settle(self, seconds: float = 5) -> dict[str, tuple[str, int, str]]:
        """Sends until nothing waits any more; target → status, attempts, error."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.store.listed("waiting", 1):
            self.courier.send_due()
            time.sleep(0.02)
        return {one.target: (one.status, one.attempts, one.error) for one in self.store.listed(None, 50)}


@pytest.fixture
def receiver():
    made = Receiver()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def desk(tmp_path, receiver):
    made = Desk(tmp_path, receiver.url)
    yield made
    made.courier.close()
    made.engine.dispose()


def test_every_chat_is_written_to_in_its_own_form_and_signature(desk, receiver):
    desk.call(*(f"webhook:{kind}" for kind in KINDS))
    assert desk.settle() == {f"webhook:{kind}": ("sent", 1, "") for kind in KINDS}
    bodies = {path.strip("/").split("/")[0]: body.decode() for path, _, _, body in receiver.got}
    for body in bodies.values():
        assert "Danger · Security: please come" in body
        assert ROOM in body
        assert "Smith" not in body  # nothing of the staff's own words goes out
    assert f"<{ROOM}|Open the room>" in json.loads(bodies["slack"])["text"]
    assert "A fight &amp; more" in bodies["slack"]


def test_a_wrong_signature_is_given_up_with_the_reason_and_sent_again_once_mended(desk, receiver):
    right = desk.file.read_text(encoding="utf-8")
    desk.file.write_text(right.replace(SECRET, "wrong"), encoding="utf-8")
    desk.call("webhook:feishu", "webhook:dingtalk")
    found = desk.settle()
    assert [found[f"webhook:{kind}"][:2] for kind in ("feishu", "dingtalk")] == [("dead", 1)] * 2
    assert "feishu answered 19021" in found["webhook:feishu"][2]
    desk.file.write_text(right, encoding="utf-8")
    os.utime(desk.file, (0, 0))
    for dead in desk.store.listed("dead", 9):
        desk.store.resend(dead.id, desk.now())
    assert {status for status, _, _ in desk.settle().values()} == {"sent"}


def test_a_server_error_is_tried_again_and_arrives_once(desk, receiver):
    receiver.plan = [fails(500), fails(503), fails(429, Retry_After="0")]
    desk.call("webhook:slack")
    assert desk.settle() == {"webhook:slack": ("sent", 4, "")}
    assert [status for _, status, _, _ in receiver.got] == [500, 503, 429, 200]


def test_who_asks_to_wait_is_waited_for(desk, receiver):
    receiver.plan = [fails(429, Retry_After="120")]
    desk.call("webhook:slack")
    assert desk.settle(0.5)["webhook:slack"][:2] == ("waiting", 1)
    desk.ahead = timedelta(seconds=121)
    assert desk.settle()["webhook:slack"][:2] == ("sent", 2)


def test_one_that_hangs_holds_up_nobody_else(desk, receiver):
    receiver.plan = [hangs(2)] * 4
    desk.call("webhook:slack")
    desk.courier.send_due()
    time.sleep(0.1)
    receiver.plan = []
    started = time.monotonic()
    desk.call("webhook:teams")
    while not receiver.got:
        desk.courier.send_due()
        time.sleep(0.01)
    assert time.monotonic() - started < 0.35  # the other one still hangs: its end comes after 0.4 s
    assert desk.settle() == {"webhook:slack": ("sent", 2, ""), "webhook:teams": ("sent", 1, "")}


def test_one_that_hangs_up_or_went_away_is_given_up_at_last(desk, receiver):
    receiver.plan = [hangs_up]
    desk.call("webhook:slack")
    assert desk.settle()["webhook:slack"][:2] == ("sent", 2)
    receiver.shutdown()
    receiver.server_close()
    desk.call("webhook:teams")
    status, attempts, error = desk.settle()["webhook:teams"]
    assert (status, attempts) == ("dead", 4)
    assert "cannot be reached" in error
    assert "sig" not in error


def test_redirects_lead_nowhere_and_what_is_refused_for_good_is_not_repeated(desk, receiver):
    receiver.plan = [fails(302, Location=f"{receiver.url}/slack/elsewhere"), fails(404)]
    desk.call("webhook:slack")
    assert desk.settle()["webhook:slack"] == ("dead", 1, "HTTP 302")
    desk.call("webhook:teams")
    assert desk.settle()["webhook:teams"] == ("dead", 1, "HTTP 404")


def test_an_address_that_is_missing_or_no_https_is_told_without_its_secret(desk):
    desk.call("webhook:gone")
    assert "no webhook 'gone'" in desk.settle()["webhook:gone"][2]
    desk.file.write_text("slack: {url: 'http://chat.example/hush'}", encoding="utf-8")
    with pytest.raises(SetupError, match=r"paging\.yaml: slack\.url: .*https") as told:
        AddressBook(desk.file).get("slack")
    assert "hush" not in str(told.value)


# Phones


@pytest.fixture
def phone(desk, receiver):
    """A browser: its subscription, and what it reads of a message."""
    key, auth = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
    point = key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    keys = [base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in (point, auth)]
    endpoint = f"{receiver.url}/push/abc"
    host = (f"127.0.0.1:{receiver.server_port}",)
    id_ = check_subscription(endpoint, *keys, host)
    desk.store.subscribe(Subscription(id_, "here", "security", "en", endpoint, *keys))
    return id_, lambda body: json.loads(http_ece.decrypt(body, private_key=key, auth_secret=auth, version="aes128gcm"))


def test_a_phone_alone_can_read_its_call_and_the_service_knows_who_sends(desk, receiver, phone):
    id_, read = phone
    assert desk.store.subscribed("here", "security") == [id_]
    desk.call(f"push:{id_}")
    assert desk.settle()[f"push:{id_}"][:2] == ("sent", 1)
    (_, _, headers, body), *_ = receiver.got
    assert b"security" not in body
    assert read(body)["url"] == "/room/room-1#as=security"
    assert (headers["Content-Encoding"], headers["TTL"], headers["Urgency"]) == ("aes128gcm", "600", "high")
    assert Vapid02.verify(headers["Authorization"])
    claims = headers["Authorization"].split("t=")[1].split(".")[1]
    said = json.loads(base64.urlsafe_b64decode(claims + "=="))
    assert (said["aud"], said["sub"]) == (receiver.url, "https://improv.example")
    assert desk.keys.public == PushKeys(desk.file.parent, "").public  # kept in the home
    assert (desk.file.parent / "vapid.pem").stat().st_mode & 0o077 == 0


def test_a_phone_that_is_gone_is_forgotten(desk, receiver, phone):
    receiver.plan = [fails(410)]
    desk.call(f"push:{phone[0]}")
    assert desk.settle()[f"push:{phone[0]}"][0] == "dead"
    assert desk.store.subscribed("here", "security") == []


@pytest.mark.parametrize(
    "endpoint",
    ["https://evil.example/x", "http://push.example/x", "https://push.example@evil.example/x", "https://push.example:8443/x", "file:///etc"],
)  # fmt: skip
def test_only_push_services_that_are_allowed_are_written_to(endpoint):
    with pytest.raises(InvalidInput, match="IMPROV_PUSH_HOSTS"):
        check_subscription(endpoint, "k", "a", ("push.example", "*.push.example"))
