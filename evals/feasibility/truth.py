"""What is true at a moment, worked out from the site's file alone: none of the product's own code is used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from evals.feasibility.scene import Scene, State, site_file

RANK = {"self": 0, "supervisor": 1, "manager": 2}
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
HOURS = re.compile(r"(?:(\w{3})(?:-(\w{3}))? )?(\d\d):(\d\d)-(\d\d):(\d\d)")


def fault(scene: Scene, id_: str, say: str) -> str:
    """Why the resource may not be named with that say at that moment; empty where it may."""
    file = site_file(scene.site)
    things = {thing["id"]: thing for thing in (*file["resources"], *file["people"])}
    thing = things.get(id_)
    if thing is None:
        return "does not exist"
    state = scene.states.get(id_, State())
    if not _to_be_had(thing, state, scene.moment):
        return "is not to be had"
    if not _left(thing, state):
        return "is used up"
    return _not_allowed(file, scene, thing, say)


def met(scene: Scene, needs: frozenset[str]) -> bool:
    """Whether something at hand, that somebody may allow, meets each of these needs."""
    file = site_file(scene.site)
    things = [*file["resources"], *file["people"]]
    free = [thing for thing in things if any(fault(scene, thing["id"], say) == "" for say in RANK)]
    return needs <= {need for thing in free for need in thing["meets"]}


def _to_be_had(thing: Mapping[str, Any], state: State, moment: datetime) -> bool:
    if state.status in {"used", "reserved", "off"}:
        return False
    if state.status == "available" and state.for_min:
        return True
    if thing.get("available") is False and state.status != "available":
        return False
    hours = thing.get("hours", thing.get("shifts")) or []
    spans = [hours] if isinstance(hours, str) else hours
    return not spans or any(_open(span, moment) for span in spans)


def _open(span: str, moment: datetime) -> bool:
    found = HOURS.fullmatch(span)
    assert found is not None, span
    first, last = found[1] or "Mon", found[2] or found[1] or "Sun"
    begin, end = (int(found[n]) * 60 + int(found[n + 1]) for n in (3, 5))
    for back in (0, 1):  # a night shift began yesterday
        day = moment - timedelta(days=back)
        low, high = DAYS.index(first), DAYS.index(last)
        on = low <= day.weekday() <= high if low <= high else not high < day.weekday() < low
        minute = moment.hour * 60 + moment.minute + back * 1440
        if on and begin <= minute < (end if end > begin else end + 1440):
            return True
    return False


def _left(thing: Mapping[str, Any], state: State) -> bool:
    count = thing.get("count", None if "kind" in thing else 1) if state.count is None else state.count
    return count is None or count > state.promised


def _not_allowed(file: Mapping[str, Any], scene: Scene, thing: Mapping[str, Any], say: str) -> str:
    value, roles = thing.get("value", 0), file["roles"]
    needed = RANK[thing.get("authority", "self")]
    limits = [max(r["limit"] for r in roles.values() if RANK[r["authority"]] == rank) for rank in (0, 1, 2)]
    needed = max(needed, next((rank for rank in (0, 1, 2) if value <= limits[rank]), 2))
    own = roles.get(scene.role or "")
    if own is not None:
        listed = thing.get("roles") or [scene.role]
        able = RANK[own["authority"]] >= needed and value <= own["limit"] and scene.role in listed
        needed = 0 if able else max(needed, min(RANK[own["authority"]] + 1, 2))
    if RANK[say] < needed:
        return f"needs the say of more than {say}"
    awake = [r for r in roles.values() if RANK[r["authority"]] >= needed and _awake(r, scene.moment)]
    return "" if needed == 0 or awake else "can be allowed by nobody who is there"


def _awake(role: Mapping[str, Any], moment: datetime) -> bool:
    return "hours" not in role or _open(role["hours"], moment)
