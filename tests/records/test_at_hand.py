"""What is promised is promised once, whoever taps at the same moment and whatever dies meanwhile."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone

import pytest

from assistant.domain.live import Change, LiveState, Reservation
from assistant.errors import Conflict, UnknownName
from assistant.records.at_hand import AtHandStore

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def store(engine):
    return AtHandStore(engine)


def wanted(id_: str, resource: str = "lounge", *, moment=NOON, quantity: int = 1) -> Reservation:
    return Reservation(id_, "here", resource, quantity, moment, moment + HOUR)


def at_most(count: int):
    def check(state: LiveState) -> None:
        if state.taken >= count:
            raise Conflict("none is free; choose something else")

    return check


def test_a_promise_counts_until_its_time_is_over(store):
    store.reserve(wanted("a"), at_most(1))
    with pytest.raises(Conflict):
        store.reserve(wanted("b"), at_most(1))
    state = store.states("here", NOON)["lounge"]
    assert (state.taken, state.free_at, state.load) == (1, NOON + HOUR, 1)
    assert store.states("here", NOON + HOUR)["lounge"].taken == 0
    assert store.reserve(wanted("b", moment=NOON + HOUR), at_most(1)).status == "held"
    assert store.reservation("here", "a", NOON + HOUR).status == "expired"


def test_the_same_tap_twice_is_one_promise(store):
    first = store.reserve(wanted("a"), at_most(1))
    assert store.reserve(wanted("a"), at_most(1)) == first
    with pytest.raises(Conflict, match="was used for"):
        store.reserve(wanted("a", "office"), at_most(1))
    assert len(store.history("here", None, 10)) == 1


def test_what_is_given_back_is_free_and_what_is_used_is_gone(store):
    store.reserve(wanted("a", "voucher"), at_most(9))
    store.reserve(wanted("b", "voucher"), at_most(9))
    assert store.release("here", "a", NOON, used=False, had=5, by="li").status == "released"
    assert store.release("here", "b", NOON, used=True, had=5, by="li").status == "used"
    state = store.states("here", NOON)["voucher"]
    assert (state.taken, state.count) == (0, 4)
    store.release("here", "b", NOON, used=True, had=5, by="li")
    assert store.states("here", NOON)["voucher"].count == 4
    with pytest.raises(UnknownName):
        store.release("elsewhere", "a", NOON, used=False, had=None, by="")


def test_a_state_ends_at_its_time_in_whatever_zone_it_was_given(store):
    shanghai = timezone(timedelta(hours=8))
    until = datetime(2026, 11, 24, 21, 0, tzinfo=shanghai)  # an hour after noon in UTC
    store.change("here", "lounge", Change("used", until, 3, "party", "li"), NOON, None)
    state = store.states("here", NOON)["lounge"]
    assert (state.status, state.until, state.count, state.note) == ("used", until, 3, "party")
    later = store.states("here", NOON + HOUR)["lounge"]
    assert (later.status, later.until, later.count) == (None, None, 3)


def test_a_change_decided_on_an_old_state_is_refused(store):
    version = store.change("here", "lounge", Change("off"), NOON, None).version
    store.change("here", "lounge", Change("used"), NOON, version)
    with pytest.raises(Conflict, match="somebody else"):
        store.change("here", "lounge", Change("available"), NOON, version)


def test_the_history_tells_everything_newest_first(store):
    store.change("here", "lounge", Change("off", by="li"), NOON, None)
    store.reserve(wanted("a", moment=NOON + HOUR), at_most(9))
    store.release("here", "a", NOON + 2 * HOUR, used=False, had=None, by="wu")
    told = store.history("here", "lounge", 10)
    assert [(event.what, event.by) for event in told] == [("released", "wu"), ("reserved", ""), ("set", "li")]
    assert [event.at for event in told] == [NOON + 2 * HOUR, NOON + HOUR, NOON]
    assert store.history("here", "office", 10) == []


def test_fifty_who_tap_at_once_get_ten_things_once_each(store):
    start, got, lost = threading.Barrier(50), Counter(), []

    def tap(who: int) -> None:
        start.wait()
        for n in range(10):
            try:
                store.reserve(wanted(f"{who}-{n}", f"thing-{(who + n) % 10}"), at_most(1))
            except Conflict:
                continue
            got[f"thing-{(who + n) % 10}"] += 1
            return
        lost.append(who)

    threads = [threading.Thread(target=tap, args=(who,)) for who in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == {f"thing-{n}": 1 for n in range(10)}
    assert len(lost) == 40
    assert sorted(one.resource for one in store.held("here", NOON)) == sorted(got)


RESERVING = """
import sys
from datetime import UTC, datetime, timedelta
from assistant.domain.live import Reservation
from assistant.records.at_hand import AtHandStore
from assistant.records.database import open_database
store, noon = AtHandStore(open_database(sys.argv[1])), datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
for n in range(100000):
    store.reserve(Reservation(f"r-{n}", "here", f"thing-{n}", 1, noon, noon + timedelta(hours=1)), lambda state: None)
    print(n, flush=True)
"""


def test_a_kill_in_the_middle_loses_and_doubles_nothing(store, url):
    command = [sys.executable, "-c", RESERVING, url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        told = [process.stdout.readline() for _ in range(20)]
        time.sleep(0.05)
        os.kill(process.pid, signal.SIGKILL)
        told += process.stdout.readlines()
    answered = {f"r-{int(line)}" for line in told if line.endswith("\n")}
    kept = store.held("here", NOON)
    assert answered <= {one.id for one in kept}
    assert len(kept) <= len(answered) + 1  # one may be written and not yet told
    assert len(kept) == len({one.resource for one in kept}) == len(store.history("here", None, 1000))
    assert store.reserve(wanted(kept[0].id, kept[0].resource), at_most(0)) == kept[0]
