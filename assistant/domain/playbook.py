"""One kind of situation and what to do in it, as a service manager wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.domain.vocabulary import Authority, Factor, Hazard, Lang, OptionKind, Sector, Text, Urgency


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do. `within_s` in seconds from the incident; `owner` is `self` or a role."""

    id: str
    factor: Factor
    text: Text
    say: Text = field(default_factory=dict)
    owner: str = "self"
    authority: Authority = "self"
    within_s: int = 300
    needs: tuple[str, ...] = ()
    amount: float = 0.0
    locator: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Option:
    """Something to lay before the guest."""

    id: str
    text: Text
    kind: OptionKind = "guest_chooses"
    authority: Authority = "self"
    needs: tuple[str, ...] = ()
    amount: float = 0.0
    locator: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Avoid:
    """Something not to do, with its reason."""

    id: str
    text: Text
    locator: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Playbook:
    """A card for one kind of situation.

    `document` names the document that the card came from (for a playbook file, its own id);
    `signals` are utterances by which the situation is recognised; `slots` maps a kind of detail
    to the very words of this card that such a detail replaces; `dangers` are those that may be told
    within a situation that is none in itself, and that the card's own first steps meet.
    """

    id: str
    document: str
    version: str
    title: Text
    goal: Text
    signals: Mapping[Lang, tuple[str, ...]]
    actions: tuple[Action, ...]
    options: tuple[Option, ...] = ()
    avoid: tuple[Avoid, ...] = ()
    sectors: tuple[Sector, ...] = ("any",)
    hazard: Hazard = "none"
    dangers: tuple[Hazard, ...] = ()
    urgency: Urgency = "soon"
    needs: tuple[str, ...] = ()
    slots: Mapping[str, Text] = field(default_factory=dict)
    references: tuple[str, ...] = ()

    @property
    def langs(self) -> tuple[Lang, ...]:
        """The languages that the card is written in."""
        return tuple(self.title)
