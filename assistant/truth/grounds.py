"""What a sentence may lean on."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.vocabulary import Authority, Lang


@dataclass(frozen=True, slots=True)
class Grounds:
    """The cited lines; from the incident and what is at hand only details may be taken, no actions.

    `owner` is who does it, as shown (empty: the staff member); `authority` whose say it needs.
    """

    lang: Lang
    lines: tuple[str, ...]
    incident: str = ""
    at_hand: tuple[str, ...] = ()
    owner: str = ""
    authority: Authority = "self"

    @property
    def text(self) -> str:
        """All lines as one text."""
        return "\n".join(self.lines)
