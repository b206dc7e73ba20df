"""What is sent to the model: the incident and the lines of the advice, numbered, without personal data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.advice import Advice
from assistant.privacy.masking import Mask


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the advice. `key` is its number in this request (`a2`), `kind` its first letter."""

    key: str
    text: str
    say: str = ""
    owner: str = ""
    authority: str = "self"
    at_hand: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One request. `lines` by key: `g` the goal, `a…` actions, `o…` options, `v…` what to avoid."""

    incident: str
    notes: tuple[str, ...]
    lines: dict[str, Line]

    def as_json(self, mask: Mask) -> str:
        """The JSON that the prompt speaks of; lines without what is empty."""
        lines = [
            {key: value for key, value in self._shown(line, mask).items() if value} for line in self.lines.values()
        ]
        content = {"incident": mask.hide(self.incident), "notes": [mask.hide(note) for note in self.notes]}
        return json.dumps(content | {"lines": lines}, ensure_ascii=False, separators=(",", ":"))

    def _shown(self, line: Line, mask: Mask) -> dict[str, object]:
        return {
            "id": line.key,
            "text": mask.hide(line.text),
            "say": mask.hide(line.say) if line.say else "",
            "who": line.owner,
            "leave_of": "" if line.authority == "self" else line.authority,
            "at_hand": list(line.at_hand),
        }


def case_of(advice: Advice, incident: str, notes: Sequence[str], locked: frozenset[str]) -> Case:
    """The lines that may be reworded. `locked` are documents whose lines never are: protocols for dangers."""
    cards = {source.id: source.document for source in advice.sources}

    def free(sources: Sequence[str]) -> bool:
        return bool(sources) and not any(cards[source] in locked for source in sources)

    lines = [Line("g", advice.goal.text)] if free(advice.goal.sources) else []
    lines += [
        Line(
            f"a{number}",
            action.text,
            action.say,
            "" if action.owner == "self" else action.owner_name,
            action.authority,
            tuple(resource.name for resource in action.resources),
        )
        for number, action in enumerate(advice.actions, 1)
        if free(action.sources)
    ]
    lines += [
        Line(f"o{number}", option.text, authority=option.authority)
        for number, option in enumerate(advice.options, 1)
        if free(option.sources)
    ]
    lines += [Line(f"v{number}", avoid.text) for number, avoid in enumerate(advice.avoid, 1) if free(avoid.sources)]
    return Case(incident, tuple(notes), {line.key: line for line in lines})
