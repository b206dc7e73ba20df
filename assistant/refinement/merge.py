"""Draft and advice → refined advice: only what is supported is taken, everything else stays as the playbook has it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from assistant.domain.advice import Advice, AdvisedAction, AdvisedAvoid, AdvisedOption, Goal
from assistant.domain.vocabulary import AUTHORITIES, Lang
from assistant.index.segmentation import terms
from assistant.privacy.masking import Mask
from assistant.refinement.case import Case, Line
from assistant.refinement.draft import Draft, DraftLine
from assistant.truth.grounds import Grounds
from assistant.truth.verifier import Verifier

Crossed = Callable[[str, Lang], Sequence[object]]
"""Limits of the envelope that a text crosses."""
FIRST = 4
AT_ONCE_S = 60
"""What is due within a minute stays among the first four, whatever order the model likes."""
OneText = TypeVar("OneText", AdvisedOption, AdvisedAvoid)
KEPT_SHARE = 0.3
"""Share of a line's terms that must come back in the wording that joins it with another."""


@dataclass(slots=True)
class Refused:
    """Words that were not taken, with the reason; for the record."""

    entries: list[dict[str, str]] = field(default_factory=list)

    def add(self, line: DraftLine, part: str, words: str, why: Iterable[str]) -> None:
        """Note the words of one part (`text`, `say`) of a line."""
        self.entries.append({"from": ",".join(line.keys), "part": part, "words": words, "why": "; ".join(why)})


class Merger:
    """Joins one draft to one advice. Not shared between requests."""

    def __init__(self, advice: Advice, case: Case, mask: Mask, verifier: Verifier, crossed: Crossed) -> None:
        self._advice, self._case, self._mask = advice, case, mask
        self._verifier, self._crossed = verifier, crossed
        self.refused = Refused()

    def merged(self, draft: Draft) -> Advice | None:
        """The refined advice; None where no word of the draft was taken."""
        advice = self._advice
        goal = next((self._goal(line) for line in draft.lines if line.keys == ("g",)), advice.goal)
        options, avoid = list(advice.options), list(advice.avoid)
        for line in draft.lines:
            kind, number = line.keys[0][0], _place(line.keys[0])
            if kind == "o" and (text := self._taken(line, "text", line.text)):
                options[number] = _reworded(options[number], text)
            if kind == "v" and (text := self._taken(line, "text", line.text)):
                avoid[number] = _reworded(avoid[number], text)
        actions = self._actions([line for line in draft.lines if line.keys[0][0] == "a"])
        refined = dataclasses.replace(advice, goal=goal, actions=actions, options=tuple(options), avoid=tuple(avoid))
        return refined if refined != advice else None

    def _goal(self, line: DraftLine) -> Goal:
        text = self._taken(line, "text", line.text)
        return dataclasses.replace(self._advice.goal, text=text) if text else self._advice.goal

    def _actions(self, lines: Sequence[DraftLine]) -> tuple[AdvisedAction, ...]:
        known = {f"a{n}": action for n, action in enumerate(self._advice.actions, 1)}
        new: dict[str, AdvisedAction] = {}
        gone: set[str] = set()
        for line in lines:
            joined = [known[key] for key in line.keys]
            text = self._taken(line, "text", line.text)
            if len(joined) > 1 and not (text and self._can_join(line, joined, text)):
                continue
            say = self._taken(line, "say", line.say) if line.say and any(action.say for action in joined) else ""
            new[line.keys[0]] = _joined(joined, text or joined[0].text, say)
            gone |= set(line.keys[1:])
        standing = {key: new.get(key, action) for key, action in known.items() if key not in gone}
        if {action.factor for action in standing.values()} != {action.factor for action in known.values()}:
            standing = {key: new[key] if key in new and not _joins(lines, key) else known[key] for key in known}
        return tuple(standing[key] for key in self._order(lines, list(standing)))

    def _order(self, lines: Sequence[DraftLine], standing: list[str]) -> list[str]:
        """The model's order where it placed every line that it may move and buries nothing that is due at once."""
        wanted = [line.keys[0] for line in lines if line.keys[0] in standing]
        movable = [key for key in standing if key in self._case.lines]
        if sorted(wanted) != sorted(movable):
            return standing
        order = [key for key in standing if key not in movable] + wanted
        actions = {f"a{n}": action for n, action in enumerate(self._advice.actions, 1)}
        due = {key for key in standing[:FIRST] if actions[key].within_s <= AT_ONCE_S}
        return order if due <= set(order[:FIRST]) else standing

    def _can_join(self, line: DraftLine, joined: Sequence[AdvisedAction], text: str) -> bool:
        if len({(action.owner, action.authority) for action in joined}) > 1:
            self.refused.add(line, "join", text, ["different people do or decide them"])
            return False
        told = set(terms(text))
        lost = [a.text for a in joined if len(set(terms(a.text)) & told) < KEPT_SHARE * len(set(terms(a.text)))]
        if lost:
            self.refused.add(line, "join", text, ["a line is lost in it"])
        return not lost

    def _taken(self, line: DraftLine, part: str, words: str) -> str:
        """The words with private details back in where they may be shown, else nothing."""
        shown = self._mask.reveal(words)
        why = ["placeholder"] if not self._mask.is_whole(shown) else list(self._verdict(line, shown))
        if not why and self._crossed(shown, self._advice.lang):
            why = ["envelope"]
        if why:
            self.refused.add(line, part, words, why)
        return "" if why else shown

    def _verdict(self, line: DraftLine, shown: str) -> tuple[str, ...]:
        cited = [self._case.lines[key] for key in line.keys]
        return self._verifier.verdict(shown, self._grounds(cited)).why

    def _grounds(self, cited: Sequence[Line]) -> Grounds:
        return Grounds(
            lang=self._advice.lang,
            lines=tuple(text for line in cited for text in (line.text, line.say) if text),
            incident="\n".join((self._case.incident, *self._case.notes)),
            at_hand=tuple(name for line in cited for name in line.at_hand),
            owner=" ".join(line.owner for line in cited),
            authority=max((a for line in cited for a in AUTHORITIES if a == line.authority), key=AUTHORITIES.index),
        )


def _joins(lines: Sequence[DraftLine], key: str) -> bool:
    return any(line.keys[0] == key and len(line.keys) > 1 for line in lines)


def _place(key: str) -> int:
    return int(key[1:]) - 1 if key[1:] else 0


def _reworded(line: OneText, text: str) -> OneText:
    return dataclasses.replace(line, text=text)


def _joined(actions: Sequence[AdvisedAction], text: str, say: str) -> AdvisedAction:
    """One action for several of the same owner and authority: the first one's id, the earliest time, all sources."""
    return dataclasses.replace(
        actions[0],
        text=text,
        say=say or next((action.say for action in actions if action.say), ""),
        within_s=min(action.within_s for action in actions),
        resources=tuple(dict.fromkeys(r for action in actions for r in action.resources)),
        sources=tuple(dict.fromkeys(s for action in actions for s in action.sources)),
    )
