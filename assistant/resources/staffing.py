"""How much guidance a member of staff gets: what they chose, else what the site has; and what practice suggests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from assistant.domain.site import Site
from assistant.domain.vocabulary import Guidance, Text
from assistant.records.staff import Practice, StaffStore

LOOKED_AT = timedelta(days=180)
NEW_BELOW = 10
"""Incidents below which somebody is taken for new here."""

SEASONED_FROM = 40
STEADY = 0.5
"""Share of the first steps ticked off from which somebody is taken to work by them."""

REASONS: dict[Guidance, Text] = {
    "enable": {
        "en": "{n} incidents in half a year: still new to this.",
        "zh": "半年内处理{n}次，还在熟悉。",
    },
    "balanced": {
        "en": "{n} incidents in half a year, {share} % of the first steps ticked off.",
        "zh": "半年内处理{n}次，头几步完成{share}%。",
    },
    "empower": {
        "en": "{n} incidents in half a year, {share} % of the first steps ticked off: knows the ground.",
        "zh": "半年内处理{n}次，头几步完成{share}%，已经熟练。",
    },
}


@dataclass(frozen=True, slots=True)
class StaffGuidance:
    """What holds for somebody at a site, and what is suggested, with the figures that it comes from."""

    guidance: Guidance
    chosen_by: Literal["staff", "site"]
    site: Guidance
    suggested: Guidance
    incidents: int
    done_share: float
    reason: Text


class Staffing:
    """Answers as of the clock's present moment."""

    def __init__(self, store: StaffStore, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock

    def resolve(self, site: Site, staff: str | None, asked: Guidance | None) -> Guidance:
        """What this question is answered with: what it asks for, what the person chose, what the site has."""
        return asked or (self._store.chosen(site.id, staff) if staff else None) or site.guidance

    def guidance(self, site: Site, staff: str) -> StaffGuidance:
        """All that is known of one person."""
        chosen = self._store.chosen(site.id, staff)
        practice = self._store.practice(site.id, staff, self._clock() - LOOKED_AT)
        suggested = suggest(practice)
        figures = {"n": practice.incidents, "share": round(100 * practice.done_share)}
        return StaffGuidance(
            guidance=chosen or site.guidance,
            chosen_by="staff" if chosen else "site",
            site=site.guidance,
            suggested=suggested,
            incidents=practice.incidents,
            done_share=round(practice.done_share, 3),
            reason={lang: words.format(**figures) for lang, words in REASONS[suggested].items()},
        )

    def choose(self, site: Site, staff: str, guidance: Guidance | None) -> None:
        """Keep what somebody chose; None goes back to the site's."""
        self._store.choose(site.id, staff, guidance, self._clock())

    def note(self, turn: str, site: str, staff: str, guidance: Guidance) -> None:
        """Note who asked a turn."""
        self._store.add(turn, site, staff, guidance, self._clock())


def suggest(practice: Practice) -> Guidance:
    """What practice suggests. It is shown and never applied by itself: the person and the site decide."""
    if practice.incidents < NEW_BELOW:
        return "enable"
    seasoned = practice.incidents >= SEASONED_FROM and practice.done_share >= STEADY
    return "empower" if seasoned else "balanced"
