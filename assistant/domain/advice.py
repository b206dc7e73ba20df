"""What is shown to the staff member. Field names are those of the public JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.domain.vocabulary import (
    Authority,
    EvidenceKind,
    Factor,
    GuestState,
    Guidance,
    Hazard,
    Lang,
    OptionKind,
    Sector,
    Urgency,
)


@dataclass(frozen=True, slots=True)
class SituationView:
    """The part of the reading that is shown."""

    summary: str
    sector: Sector
    hazard: Hazard
    urgency: Urgency
    guest_state: GuestState
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeedView:
    """A need of this guest, and what meeting it gives them."""

    id: str
    name: str
    gain: str


@dataclass(frozen=True, slots=True)
class Goal:
    """What to aim for with this guest; `needs` are those that it meets."""

    text: str
    sources: tuple[str, ...]
    needs: tuple[NeedView, ...] = ()


@dataclass(frozen=True, slots=True)
class ResourceView:
    """Something or someone at hand that an action can use.

    `authority`: whose say the asking person needs for it; `value`: what it costs the house; `minutes`: until it serves,
    null where that is not known; `until`: when it ends to be at hand, in the site's time, or empty; `reservable`:
    it is counted, so one can be kept for this guest.
    """

    id: str
    name: str
    kind: str = "item"
    authority: Authority = "self"
    value: float = 0.0
    minutes: float | None = None
    until: str = ""
    reservable: bool = False
    channel: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CombinationView:
    """What to combine, explained in one line. `kind`: what speaks for it; `actions`: which thing is for which."""

    kind: Literal["usual", "soonest", "cheapest", "own_say"]
    text: str
    resources: tuple[ResourceView, ...]
    actions: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class LimitView:
    """How much a rank may give away for one incident here; `text` says it."""

    authority: Authority
    amount: float
    currency: str
    text: str


@dataclass(frozen=True, slots=True)
class AdvisedAction:
    """One thing to do now. `owner_name` and `channel` are for people; `owner` is the role's id.

    `detail` is what the card says beyond `text`, where the guidance shortens it.
    """

    id: str
    factor: Factor
    text: str
    say: str
    owner: str
    owner_name: str
    channel: str
    within_s: int
    resources: tuple[ResourceView, ...]
    authority: Authority
    evidence: EvidenceKind
    sources: tuple[str, ...]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class AdvisedOption:
    """Something to lay before the guest. `resources` make it possible."""

    text: str
    kind: OptionKind
    authority: Authority
    sources: tuple[str, ...]
    resources: tuple[ResourceView, ...] = ()


@dataclass(frozen=True, slots=True)
class AdvisedAvoid:
    """Something not to do."""

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A citation. `quote` stands word for word in `document` at `locator`; `score` in 0-1."""

    id: str
    document: str
    title: str
    locator: str
    version: str
    quote: str
    score: float


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds spent."""

    total: float


@dataclass(frozen=True, slots=True)
class Advice:
    """The whole answer. `notice` says in plain words what limits it, and is empty when nothing does.

    `combinations`: the best use of what is at hand first, then others where there is a real trade-off. `limits` are
    there where the guidance leaves the how to the reader.
    """

    id: str
    conversation: str
    lang: Lang
    situation: SituationView
    goal: Goal
    actions: tuple[AdvisedAction, ...]
    options: tuple[AdvisedOption, ...]
    avoid: tuple[AdvisedAvoid, ...]
    sources: tuple[Source, ...]
    confidence: float
    covered: bool
    notice: str
    engine: str
    timing_ms: Timing
    site: str = ""
    guidance: Guidance = "balanced"
    combinations: tuple[CombinationView, ...] = ()
    limits: tuple[LimitView, ...] = ()
