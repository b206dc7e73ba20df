"""Which needs, facts, triggers and urgent acts of a scenario a reply touches: compared by meaning with the examples.

Cosines of this encoder lie close together, and some texts are near to everything. So vectors are centred on ordinary
service talk, what the scenario says about a thing counts beside the examples, and a target is judged against its
rivals in the same scenario. The weights were fitted on all shipped scenarios, each example against the others, with
unrelated replies mixed in (evals/DECISIONS.md, “Drills”).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from assistant.domain.drill import HARMING, Lines, Move, Scenario
from assistant.domain.vocabulary import Lang, Text
from assistant.drills.moves.heads import Array
from assistant.drills.moves.recogniser import Reading

Kind = Literal["need", "fact", "trigger", "urgent"]
Encode = Callable[[Sequence[str]], Array]
NEAREST = 8
"""How many of the nearest background texts tell how near ordinary talk comes."""
OWN = np.array([10.9, 4.6, -0.8, -0.7], np.float32)
"""Weights of the mean likeness to examples, of that to what else is said about it, of its description, of letters."""
AHEAD = np.array([2.5, 4.0, 4.2, 2.6], np.float32)
"""Weights of the same four beyond the best rival's."""
USUAL, BIAS = -3.9, -1.3
THRESHOLD: Mapping[Kind, float] = {"need": 0.3, "fact": 0.9, "trigger": 1.0, "urgent": 0.7}
"""Log odds from which something counts as said."""
GRAMS = (2, 3)


@dataclass(frozen=True, slots=True)
class Touched:
    """Ids by kind."""

    needs: tuple[str, ...]
    facts: tuple[str, ...]
    triggers: tuple[str, ...]
    urgent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Written:
    """A target as it stands in the scenario. `about` begins with its description."""

    kind: Kind
    id: str
    said: tuple[str, ...]
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Target:
    """The same, encoded: the mean of the examples, of what is said about it, and its description."""

    written: _Written
    means: Array
    grams: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A clause, two neighbours, or all of a reply: the clauses from `first` to before `last`."""

    text: str
    moves: frozenset[Move]
    first: int
    last: int


class Matcher:
    """The examples of one scenario in one language, encoded."""

    def __init__(self, scenario: Scenario, lang: Lang, encode: Encode, background: Array) -> None:
        """`background` has one row a text of ordinary service talk."""
        self._centre = background.mean(axis=0)
        self._background = self._centred(background)
        written = [one for one in _targets(scenario, lang) if one.said]
        texts = [text for one in written for text in (*one.said, *one.about)]
        vectors = iter(self._centred(encode(texts)) if texts else ())
        self._targets = []
        for one in written:
            said: Array = np.stack([next(vectors) for _ in one.said])
            about: Array = np.stack([next(vectors) for _ in one.about])
            # Not made of length 1: the product with a vector is then the mean of its likenesses.
            means = np.stack([said.mean(axis=0), about.mean(axis=0), about[0]])
            self._targets.append(_Target(one, means, tuple(map(letters, one.said))))

    def touched(self, reading: Reading, encode: Encode) -> Touched:
        """What the reply touches."""
        units = _units(reading)
        odds = self._odds(units, self._centred(_mixed(units, encode(reading.clauses))))
        ids: dict[Kind, list[str]] = {kind: [] for kind in THRESHOLD}
        for number, target in enumerate(self._targets):
            fitting = [odds[i, number] for i, unit in enumerate(units) if _may(target.written, unit)]
            if fitting and max(fitting) >= THRESHOLD[target.written.kind]:
                ids[target.written.kind].append(target.written.id)
        return Touched(tuple(ids["need"]), tuple(ids["fact"]), tuple(ids["trigger"]), tuple(ids["urgent"]))

    def _centred(self, vectors: Array) -> Array:
        moved = vectors - self._centre
        return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9), np.float32)

    def _odds(self, units: Sequence[_Unit], vectors: Array) -> Array:
        """Log odds that a unit says what a target is about, shape (units, targets)."""
        usual = np.sort(vectors @ self._background.T, axis=1)[:, -NEAREST:].mean(axis=1)
        likeness = np.zeros((len(units), len(self._targets), 4), np.float32)
        for number, target in enumerate(self._targets):
            likeness[:, number, :3] = vectors @ target.means.T
        for i, unit in enumerate(units):
            own = letters(unit.text)
            likeness[i, :, 3] = [np.mean([shared(own, one) for one in target.grams]) for target in self._targets]
        return np.asarray(likeness @ OWN + self._ahead(likeness) @ AHEAD + USUAL * usual[:, None] + BIAS, np.float32)

    def _ahead(self, likeness: Array) -> Array:
        """How far each target is ahead of its best rival; nothing where it has none."""
        kinds = np.array([target.written.kind for target in self._targets])
        ahead = np.zeros_like(likeness)
        for number, kind in enumerate(kinds):
            rivals = np.flatnonzero((kinds == kind) & (np.arange(len(kinds)) != number))
            if len(rivals):
                ahead[:, number] = likeness[:, number] - likeness[:, rivals].max(axis=1)
        return ahead


def _targets(scenario: Scenario, lang: Lang) -> Iterator[_Written]:
    def about(text: Text, *lines: Lines) -> tuple[str, ...]:
        return (text.get(lang, ""), *(line for said in lines for line in said.get(lang, ())))

    for need in scenario.needs:
        told = about(need.text, need.asks, need.glad)
        yield _Written("need", need.id, tuple(need.met_by.get(lang, ())), told)
    for fact in scenario.facts:
        told = about(fact.text, fact.tells)
        yield _Written("fact", fact.id, tuple(fact.asked_by.get(lang, ())), told)
    for trigger in scenario.triggers:
        told = about(trigger.text, trigger.says)
        yield _Written("trigger", trigger.id, tuple(trigger.said.get(lang, ())), told)
    for act in scenario.urgent:
        told = about(act.text, act.late, act.done)
        yield _Written("urgent", act.id, tuple(act.said.get(lang, ())), told)


def _units(reading: Reading) -> list[_Unit]:
    count = len(reading.clauses)
    spans = [(i, i + size) for size in (1, 2) for i in range(count - size + 1)]
    if count > 2:
        spans.append((0, count))
    return [
        _Unit(
            text=" ".join(reading.clauses[first:last]),
            moves=frozenset[Move]().union(*reading.clause_moves[first:last]),
            first=first,
            last=last,
        )
        for first, last in spans
    ]


def _mixed(units: Sequence[_Unit], clauses: Array) -> Array:
    """Vectors of the units from those of the clauses: to encode them all anew would take three times as long."""
    return np.stack([clauses[unit.first : unit.last].mean(axis=0) for unit in units])


def _may(target: _Written, unit: _Unit) -> bool:
    """Whether the unit is of the kind that could do it: a question for a fact, no harm for a need or an urgent act."""
    if target.kind == "trigger":
        return True
    if target.kind == "fact":
        asking = "clarifying_question" in unit.moves or "offer_options" in unit.moves
        return asking or any(sign in unit.text for sign in "?？吗")
    # Whether the reply makes one of the need's moves is asked of the whole: the guest looks at that.
    return not unit.moves & {*HARMING} - {"over_promise"}


def letters(text: str) -> frozenset[str]:
    """Runs of two and three characters."""
    tidy = " ".join(text.casefold().split())
    return frozenset(tidy[i : i + n] for n in GRAMS for i in range(len(tidy) - n + 1))


def shared(first: frozenset[str], second: frozenset[str]) -> float:
    """Dice: 0 nothing shared, 1 the same letters."""
    return 2 * len(first & second) / max(1, len(first) + len(second))
