"""What must agree exactly: quantities, names, people, promises, things, decisions, reasons."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from assistant.domain.vocabulary import LANGS, Lang
from assistant.errors import ContentError
from assistant.knowledge.corpus import Corpus
from assistant.knowledge.roles import ALARM, EN_ROLES, ZH_ROLES
from assistant.truth.grounds import Grounds
from assistant.truth.quantities import quantities

EXACT_UNITS = frozenset({"s", "clock", "money", "%"})
NamesIn = Callable[[str], Sequence[str]]
"""Names of people in a text."""


class FactChecker:
    """Holds the classes of `policies/claims.yaml`, compiled."""

    def __init__(self, read: Mapping[str, Any], names_in: NamesIn) -> None:
        self._names_in = names_in
        classes = read["classes"]
        self._classes = {
            name: {lang: _compiled(entry[lang], name) for lang in LANGS} for name, entry in classes.items()
        }
        self._from_incident = frozenset(name for name, entry in classes.items() if entry.get("from_incident"))
        self._marks = {
            mark: {lang: _compiled(read[mark][lang], mark) for lang in LANGS} for mark in ("negations", "conditions")
        }
        self._people = {"en": _people(EN_ROLES), "zh": _people(ZH_ROLES)}

    def added(self, claim: str, grounds: Grounds) -> tuple[str, ...]:
        """What the claim says that its grounds do not: `("quantity 20 min", "promise refund")`; empty is good."""
        details = "\n".join((grounds.text, grounds.incident, *grounds.at_hand))
        return (
            *(f"quantity {value:g} {unit}".strip() for value, unit in sorted(_new_quantities(claim, details))),
            *(f"name {name}" for name in self._names_in(claim) if name.casefold() not in details.casefold()),
            *(f"class {name}" for name in self.classes_in(claim, grounds.lang) - self._allowed(grounds)),
            *(f"person {role}" for role in self._new_people(claim, grounds)),
        )

    def classes_in(self, text: str, lang: Lang) -> set[str]:
        """Names of the classes whose words the text holds."""
        return {name for name, words in self._classes.items() if words[lang].search(text)}

    def count(self, mark: str, text: str, lang: Lang) -> int:
        """How many `negations` or `conditions` the text has."""
        return len(self._marks[mark][lang].findall(text))

    def _allowed(self, grounds: Grounds) -> set[str]:
        own = self.classes_in("\n".join((grounds.text, *grounds.at_hand)), grounds.lang)
        if grounds.authority != "self":
            own |= {"approved"}
        return own | (self.classes_in(grounds.incident, grounds.lang) & self._from_incident)

    def _new_people(self, claim: str, grounds: Grounds) -> set[str]:
        known = "\n".join((grounds.text, grounds.owner, *grounds.at_hand, grounds.incident))
        # Words such as “engineer” stand for more than one role: what counts is whether the same words are there.
        people = self._people[grounds.lang]
        allowed = (
            people_in(known, people) | ({grounds.authority} - {"self"}) | ({"police"} if ALARM.search(known) else set())
        )
        return people_in(claim, people) - allowed


def people_in(text: str, people: Mapping[str, re.Pattern[str]]) -> set[str]:
    """Ids of the roles that a text names."""
    return {role for role, words in people.items() if words.search(text)}


def load_facts(corpus: Corpus, names_in: NamesIn) -> FactChecker:
    """Read `policies/claims.yaml`. Raises ContentError that names the class and the pattern."""
    return FactChecker(corpus.load("policies/claims.yaml"), names_in)


def _new_quantities(claim: str, details: str) -> set[tuple[float, str]]:
    """A bare number agrees with any of its value; a counted one with the same thing counted, or with a bare one."""
    known = quantities(details)

    def agrees(value: float, unit: str) -> bool:
        units = {other for same, other in known if same == value}
        if not unit:
            return bool(units)
        return unit in units or (unit not in EXACT_UNITS and "" in units)

    return {(value, unit) for value, unit in quantities(claim) if not agrees(value, unit)}


def _people(roles: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    return {
        role: re.compile(rf"\b(?:{words})\b" if words.isascii() else words, re.I)
        for role, words in roles.items()
        if role != "colleague"
    }


def _compiled(words: Sequence[str], where: str) -> re.Pattern[str]:
    try:
        return re.compile("|".join(words), re.I)
    except re.error as error:
        raise ContentError(
            f"policies/claims.yaml: {where}: {error.pattern!r} is not a regular expression ({error}); correct it"
        ) from error
