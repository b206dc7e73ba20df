"""What was read from an incident."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.domain.vocabulary import GuestState, Hazard, Lang, Sector, Urgency


@dataclass(frozen=True, slots=True)
class Situation:
    """The reading of one incident.

    `hazard_probability` is that of any danger, 0-1; `hazard_chances` say which it is, given that there is one.
    `details` holds what the incident names (`room: "1208"`), by kind of slot. What was added since it was told:
    `notes` in the staff member's words, `refused` (`resource:ID`, or an option's id), and the needs `wanted` besides.
    """

    text: str
    lang: Lang
    sector: Sector
    hazard: Hazard = "none"
    hazard_probability: float = 0.0
    hazard_chances: Mapping[Hazard, float] = field(default_factory=dict)
    urgency: Urgency = "soon"
    guest_state: GuestState = "calm"
    needs: tuple[str, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
