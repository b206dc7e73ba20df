"""What something is at a moment: hours and shifts in the site's time, what was set, what is promised."""

from datetime import UTC, datetime, timedelta

import pytest

from assistant.domain.hours import read_hours
from assistant.domain.live import UNTOUCHED, LiveState
from assistant.domain.site import Resource, Role, Site
from assistant.resources.live import live_site, standing

TUESDAY = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # noon in Shanghai
LATER = TUESDAY + timedelta(hours=1)


def site(*resources: Resource, roles=None) -> Site:
    return Site("x", {"en": "X"}, ("hotel",), "CNY", roles or {}, resources, timezone="Asia/Shanghai")


def at(moment: datetime, state: LiveState = UNTOUCHED, **more):
    thing = Resource("thing", {"en": "Thing"}, "place", ("quiet",), **more)
    found = standing(site(thing), thing, state, moment)
    return found.status, found.free, found.until.strftime("%a %H:%M") if found.until else ""


@pytest.mark.parametrize(
    ("hours", "moment", "expected"),
    [
        ([], TUESDAY, ("available", None, "")),
        (["09:00-15:00"], TUESDAY, ("available", None, "Tue 15:00")),
        (["Mon-Fri 13:00-15:00"], TUESDAY, ("closed", None, "Tue 13:00")),
        (["周六至周日 09:00-15:00"], TUESDAY, ("closed", None, "Sat 09:00")),
        (["Mon 22:00-13:00"], TUESDAY, ("available", None, "Tue 13:00")),
        (["09:00-12:30", "12:30-18:00"], TUESDAY, ("available", None, "Tue 18:00")),
        (["09:00-12:00"], TUESDAY, ("closed", None, "Wed 09:00")),
        (["00:00-24:00"], TUESDAY, ("available", None, "")),
    ],
)
def test_hours_hold_in_the_sites_own_time(hours, moment, expected):
    assert at(moment, hours=read_hours(hours)) == expected


@pytest.mark.parametrize(
    "wrong", ["sometimes", "25:00-26:00", "Mon", "Funday 09:00-10:00", "09:00-09:00", "09:75-10:00"]
)
def test_hours_that_cannot_be_read_show_how_to_write_them(wrong):
    with pytest.raises(ValueError, match="write for example"):
        read_hours([wrong])


def test_what_was_set_goes_before_file_and_hours():
    shut = read_hours(["20:00-22:00"])
    assert at(TUESDAY, LiveState("used", LATER))[0] == "used"
    assert at(TUESDAY, LiveState("off"))[0] == "off"
    assert at(TUESDAY, LiveState("reserved", LATER)) == ("reserved", None, "Tue 13:00")
    assert at(TUESDAY, LiveState("available", LATER), hours=shut) == ("available", None, "Tue 13:00")
    assert at(TUESDAY, LiveState("available"), hours=shut)[0] == "closed"
    assert at(TUESDAY, LiveState("available"), available=False)[0] == "available"
    assert at(TUESDAY, available=False)[0] == "off"


def test_what_is_counted_runs_out():
    assert at(TUESDAY, count=3)[:2] == ("available", 3)
    assert at(TUESDAY, LiveState(taken=2), count=3)[:2] == ("available", 1)
    assert at(TUESDAY, LiveState(taken=3, free_at=LATER), count=3) == ("reserved", 0, "Tue 13:00")
    assert at(TUESDAY, LiveState(count=0), count=3)[:2] == ("used", 0)


def test_advice_gets_what_is_at_hand_and_who_can_be_asked_now():
    night = Role("boss", {"en": "Boss"}, "manager", 900, hours=read_hours(["20:00-06:00"]))
    day = Role("desk", {"en": "Desk"}, "self", 100)
    things = [Resource(id_, {"en": id_}, "item", ("quiet",), count=1) for id_ in ("a", "b")]
    here = live_site(site(*things, roles={"boss": night, "desk": day}), {"a": LiveState(taken=1, load=2)}, TUESDAY)
    assert [(r.available, r.count, r.load) for r in here.resources] == [(False, 0, 2), (True, 1, 0)]
    assert [role.reachable for role in here.roles.values()] == [False, True]
