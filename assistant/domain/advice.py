"""What is shown to the staff member. Field names are those of the public JSON."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.vocabulary import (
    Authority,
    EvidenceKind,
    Factor,
    GuestState,
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
class Goal:
    """What to aim for with this guest."""

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResourceView:
    """Something or someone at hand that an action can use."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class AdvisedAction:
    """One thing to do now. `owner_name` and `channel` are for people; `owner` is the role's id."""

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


@dataclass(frozen=True, slots=True)
class AdvisedOption:
    """Something to lay before the guest."""

    text: str
    kind: OptionKind
    authority: Authority
    sources: tuple[str, ...]


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
    """The whole answer. `notice` says in plain words what limits it, and is empty when nothing does."""

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
