"""What retrieval found for an incident."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.playbook import Playbook


@dataclass(frozen=True, slots=True)
class Match:
    """A playbook with its fused score (0-1) and the signal that spoke for it most."""

    playbook: Playbook
    score: float
    signal: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Playbooks in order of fit. `confidence` is the probability that the first one fits.

    `ranked` holds the ids of the playbooks nearest to the whole text, used or not, nearest first.
    """

    matches: tuple[Match, ...]
    confidence: float
    covered: bool
    ranked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """One answer of a search over passages; `score` in 0-1, comparable within one answer only."""

    document: str
    title: str
    version: str
    locator: str
    text: str
    score: float
