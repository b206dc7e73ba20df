"""Whom an advice calls, and which pages go out when somebody is called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from assistant.domain.room import CheckItem, Opening, Page, RoomEvent
from assistant.domain.site import Site
from assistant.domain.vocabulary import Text
from assistant.rooms.escalation import OUTSIDE
from assistant.rooms.state import Room

NOBODY_NAMED = "supervisor"
"""Who is called where the advice names nobody."""


def called_for(actions: Iterable[CheckItem]) -> list[str]:
    """The roles that the actions pull in, each once, the soonest first."""
    wanted = sorted((item for item in actions if item.owner != "self"), key=lambda item: item.within_s)
    return list(dict.fromkeys(item.owner for item in wanted)) or [NOBODY_NAMED]


def pages_for(
    room_id: str,
    before: Room,
    room: Room,
    events: Iterable[RoomEvent],
    site: Site,
    names: Mapping[str, Text],
    subscribed: Callable[[str], list[str]],
) -> list[tuple[str, Page]]:
    """What goes out with these events, each with its target; `subscribed` gives the browsers of a role."""

    def page(kind: str, party: str) -> Page:
        known = room.party(party)
        return Page(
            kind="call" if kind == "call" else "stand_down",
            room=room_id,
            site=site.id,
            site_name=site.name,
            party=party,
            party_name=names.get(party) or _role_name(site, party),
            summary=room.opening.summary,
            hazard=room.opening.hazard,
            calls=known.calls if known else 1,
        )

    pages: list[tuple[str, Page]] = []
    for event in events:
        if event.kind == "called":
            pages += [(target, page("call", event.party)) for target in _targets(event.party, site, subscribed)]
        elif event.kind == "closed" and before.closed_at is None:
            told = {target: party.id for party in room.parties for target in _targets(party.id, site, subscribed)}
            pages += [(target, page("stand_down", party)) for target, party in told.items()]
    return pages


def _targets(role: str, site: Site, subscribed: Callable[[str], list[str]]) -> list[str]:
    if role in OUTSIDE:
        return []
    hooks = [f"webhook:{hook.id}" for hook in site.calls.webhooks if not hook.roles or role in hook.roles]
    return [*hooks, *(f"push:{id_}" for id_ in subscribed(role))]


def _role_name(site: Site, role: str) -> Text:
    known = site.roles.get(role)
    return known.name if known else {"zh": role, "en": role}


def opening_of(advice: Mapping[str, object], words: str, both: Callable[[str], Text], summary: Text) -> Opening:
    """What a room starts with, from an advice in its public JSON. `both`: an action's text as its playbook has it."""
    lang, situation, actions = advice["lang"], advice["situation"], advice["actions"]
    assert lang in ("zh", "en")
    assert isinstance(situation, Mapping)
    assert isinstance(actions, list | tuple)
    items = tuple(
        # In its own language as the advice had it, details filled in; in the other as the playbook has it.
        CheckItem(entry["id"], {**both(entry["id"]), lang: entry["text"]}, entry["owner"], entry["within_s"])
        for entry in actions
    )
    return Opening(
        site=str(advice["site"]),
        lang=lang,
        words=words,
        summary=summary,
        hazard=situation["hazard"],
        advice=str(advice["id"]),
        actions=items,
    )
