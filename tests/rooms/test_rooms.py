"""A room is what its events make of it; who does not answer in time is replaced; the next shift reads what happened."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assistant.domain.room import CallPlan, CheckItem, Opening, RoomEvent
from assistant.errors import Conflict, InvalidInput, UnknownName
from assistant.rooms.calls import called_for
from assistant.rooms.escalation import deadline, overdue
from assistant.rooms.handover import Teller, handover
from assistant.rooms.state import after, check, room_of

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PLAN = CallPlan(answer_s={"security": 60, "supervisor": 90, "manager": 30})
ITEMS = (
    CheckItem("c/1", {"zh": "安抚", "en": "Calm"}, "self", 10),
    CheckItem("c/2", {"zh": "叫保安", "en": "Call security"}, "security", 60),
    CheckItem("c/3", {"en": "Ring"}, "emergency_services", 30),
)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def story(*events: tuple, hazard: str = "none") -> list[RoomEvent]:
    """Events from (seconds, kind, changes), numbered, after an opening at noon."""
    opening = Opening("here", "zh", "三楼打起来了", {"zh": "打架", "en": "A fight"}, hazard, "a1", ITEMS)
    told = [RoomEvent("opened", NOON, by="Li", opening=opening)]
    told += [RoomEvent(kind, at(seconds), **changes) for seconds, kind, changes in events]
    return [RoomEvent(**{**_fields(event), "seq": n}) for n, event in enumerate(told, 1)]


def _fields(event: RoomEvent) -> dict:
    return {name: getattr(event, name) for name in RoomEvent.__slots__}


def live(events: list[RoomEvent], until: float) -> list[tuple[float, str, str, str]]:
    """What the room does by itself until then, looked at when its own deadline says."""
    room, done = room_of(events), []
    while (due := deadline(room, PLAN)) is not None and due <= at(until):
        acts = overdue(room, PLAN, due)
        assert acts, "a deadline at which nothing happens would be looked at for ever"
        for event in acts:
            done.append(((event.at - NOON).total_seconds(), event.kind, event.party, event.to))
            room = after(room, RoomEvent(**{**_fields(event), "seq": room.seq + 1}))
    return done


CALLED = (0, "called", {"party": "security"})


def test_who_does_not_answer_is_replaced_up_the_line_and_the_last_is_called_thrice():
    assert live(story(CALLED), 600) == [
        (60, "escalated", "security", "supervisor"),
        (60, "called", "supervisor", ""),
        (150, "escalated", "supervisor", "manager"),
        (150, "called", "manager", ""),
        (180, "called", "manager", ""),
        (210, "called", "manager", ""),
        (240, "escalated", "manager", ""),
    ]


def test_an_answer_ends_the_wait_and_danger_halves_it():
    assert live(story(CALLED, (59, "on_way", {"party": "security"})), 600) == []
    assert live(story(CALLED, hazard="fire"), 44)[0] == (30, "escalated", "security", "supervisor")
    assert live(story(CALLED, (20, "closed", {})), 600) == []
    assert live(story((0, "called", {"party": "emergency_services"})), 600) == []  # rung by telephone


def test_who_cannot_come_is_replaced_at_once_by_somebody_not_yet_asked():
    refused = (5, "declined", {"party": "security"})
    assert live(story(CALLED, refused), 6)[:2] == [
        (5, "escalated", "security", "supervisor"),
        (5, "called", "supervisor", ""),
    ]
    both = (CALLED, (0, "called", {"party": "supervisor"}), refused)
    assert live(story(*both), 6) == [(5, "escalated", "security", "supervisor")]
    gone = (*both, (4, "declined", {"party": "supervisor"}), (4, "escalated", {"party": "supervisor", "to": "manager"}))
    assert (5, "called", "manager", "") in live(story(*gone), 6)


def test_nobody_left_to_call_is_shown_until_somebody_answers():
    silent = story(CALLED, (60, "escalated", {"party": "security", "to": ""}))
    assert room_of(silent).unheard
    assert not room_of([*silent, RoomEvent("here", at(70), party="security", seq=9)]).unheard


@pytest.mark.parametrize(
    ("kind", "changes", "error"),
    [
        ("on_way", {"party": "kitchen"}, UnknownName),
        ("on_way", {}, InvalidInput),
        ("ticked", {"action": "c/9"}, UnknownName),
        ("note", {"text": "  "}, InvalidInput),
        ("note", {"text": "x", "party": "security"}, InvalidInput),
        ("handed_over", {}, InvalidInput),
        ("escalated", {"party": "security"}, InvalidInput),
    ],
)
def test_what_makes_no_sense_is_refused(kind, changes, error):
    with pytest.raises(error):
        check(room_of(story(CALLED)), RoomEvent(kind, at(1), **changes))


def test_a_closed_room_takes_notes_alone():
    room = room_of(story(CALLED, (9, "closed", {"by": "Wu", "text": "solved"})))
    check(room, RoomEvent("note", at(10), text="a word more"))
    with pytest.raises(Conflict):
        check(room, RoomEvent("called", at(10), party="manager"))


def test_those_are_called_whom_the_actions_name_the_soonest_first():
    assert called_for(ITEMS) == ["emergency_services", "security"]
    assert called_for(ITEMS[:1]) == ["supervisor"]


NAMES = {"security": {"zh": "保安", "en": "security"}, "supervisor": {"zh": "主管", "en": "the supervisor"}}


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        ("en", ["Hand-over: A fight", "- Call security (security)", "- security: on the way (20:01)", "- 20:02 Wu: did: Calm",
                "- 20:03 Wu: one has left", "Wu looks after it now.", "- 20:04 Li: handed over to Wu"]),
        ("zh", ["交接：打架", "- 叫保安（保安）", "- 保安：在路上（20:01）", "- 20:02 Wu：做完：安抚", "现在由Wu负责。"]),
    ],
)  # fmt: skip
def test_the_next_shift_reads_what_happened_what_is_open_and_who_is_on_it(lang, lines):
    events = story(
        CALLED,
        (60, "on_way", {"party": "security", "by": "Ma"}),
        (120, "ticked", {"action": "c/1", "by": "Wu"}),
        (180, "note", {"text": "one has left", "by": "Wu"}),
        (240, "handed_over", {"to": "Wu", "by": "Li"}),
    )
    teller = Teller(
        lang,
        at(300),
        lambda moment: moment + timedelta(hours=8),
        lambda role: NAMES.get(role, {"en": role}),
        {"en": "Here"},
    )
    text = handover(events, teller).splitlines()
    assert [line for line in lines if line not in text] == []
    assert not [line for line in text if line.startswith(("- Calm", "- 安抚"))]  # done, so no longer open
