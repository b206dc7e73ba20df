"""Which needs, facts, triggers and urgent acts of a scenario a reply touches: compared by meaning with the examples.

Cosines of this encoder all lie close together, and some texts are near to everything. So likeness counts only as far
as it exceeds what the same words have with ordinary service talk, and words that are literally shared add to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.domain.drill import HARMING, Lines, Move, Scenario
from assistant.domain.vocabulary import Lang
from assistant.drills.moves.heads import Array, word_features
from assistant.drills.moves.recogniser import Reading

NEAREST = 8
"""How many of the nearest background texts tell how near ordinary talk comes."""
LEXICAL = 0.12
"""Worth of wholly shared words, in units of cosine."""
THRESHOLD = {"need": 0.035, "fact": 0.03, "urgent": 0.03, "trigger": 0.045}
"""Excess from which something counts as said: evals/DECISIONS.md, “Drills”."""
Encode = Callable[[Sequence[str]], Array]


@dataclass(frozen=True, slots=True)
class Touched:
    """Ids by kind."""

    needs: tuple[str, ...]
    facts: tuple[str, ...]
    triggers: tuple[str, ...]
    urgent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Target:
    kind: str
    id: str
    vectors: Array
    words: tuple[frozenset[str], ...]
    moves: frozenset[Move]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A clause, two neighbours, or all of a reply."""

    text: str
    moves: frozenset[Move]


class Matcher:
    """The examples of one scenario in one language, encoded."""

    def __init__(self, scenario: Scenario, lang: Lang, encode: Encode, background: Array) -> None:
        """`background` has one row a text of ordinary service talk."""
        self._background = background
        given = [(kind, id_, tuple(lines.get(lang, ())), moves) for kind, id_, lines, moves in _targets(scenario)]
        texts = [text for _, _, said, _ in given for text in said]
        vectors = iter(encode(texts)) if texts else iter(())
        self._targets = [
            _Target(kind, id_, np.stack([next(vectors) for _ in said]), tuple(map(_words, said)), frozenset(moves))
            for kind, id_, said, moves in given
            if said
        ]

    def touched(self, reading: Reading, encode: Encode) -> Touched:
        """What the reply touches."""
        units = _units(reading)
        found = self.excess(units, encode([unit.text for unit in units]))
        ids: dict[str, list[str]] = {kind: [] for kind in THRESHOLD}
        for target, scores in zip(self._targets, found, strict=True):
            fitting = [s for s, unit in zip(scores, units, strict=True) if _may(target, unit)]
            if fitting and max(fitting) >= THRESHOLD[target.kind]:
                ids[target.kind].append(target.id)
        return Touched(tuple(ids["need"]), tuple(ids["fact"]), tuple(ids["trigger"]), tuple(ids["urgent"]))

    def excess(self, units: Sequence[_Unit], vectors: Array) -> list[list[float]]:
        """For each target its likeness to each unit, beyond that of ordinary talk."""
        usual = np.sort(vectors @ self._background.T, axis=1)[:, -NEAREST:].mean(axis=1)
        words = [_words(unit.text) for unit in units]
        return [
            [
                float(
                    (vector @ target.vectors.T).max()
                    - usual[i]
                    + LEXICAL * max(_shared(words[i], w) for w in target.words)
                )
                for i, vector in enumerate(vectors)
            ]
            for target in self._targets
        ]

    @property
    def targets(self) -> list[tuple[str, str]]:
        """Kind and id of each target, in the order of `excess`."""
        return [(target.kind, target.id) for target in self._targets]


def _targets(scenario: Scenario) -> Iterator[tuple[str, str, Lines, Sequence[Move]]]:
    yield from (("need", need.id, need.met_by, need.moves) for need in scenario.needs)
    yield from (("fact", fact.id, fact.asked_by, ()) for fact in scenario.facts)
    yield from (("trigger", trigger.id, trigger.said, ()) for trigger in scenario.triggers)
    yield from (("urgent", act.id, act.said, ()) for act in scenario.urgent)


def _units(reading: Reading) -> list[_Unit]:
    clauses, moves = reading.clauses, reading.clause_moves
    units = [_Unit(clause, moves[i]) for i, clause in enumerate(clauses)]
    units += [_Unit(f"{clauses[i]} {clauses[i + 1]}", moves[i] | moves[i + 1]) for i in range(len(clauses) - 1)]
    if len(clauses) > 2:
        units.append(_Unit(reading.text, frozenset().union(*moves)))
    return units


def _may(target: _Target, unit: _Unit) -> bool:
    """Whether the unit is of the kind that could do it: a question for a fact, help without harm for a need."""
    if target.kind == "trigger":
        return True
    if target.kind == "fact":
        asking = "clarifying_question" in unit.moves or "offer_options" in unit.moves
        return asking or any(sign in unit.text for sign in "?？吗")
    if unit.moves & {*HARMING} - {"over_promise"}:
        return False
    return target.kind == "urgent" or bool(unit.moves & target.moves)


def _words(text: str) -> frozenset[str]:
    return frozenset(
        feature for feature in word_features(text) if " " not in feature and len(feature.strip("?!？！#")) > 1
    )


def _shared(first: frozenset[str], second: frozenset[str]) -> float:
    """Dice: 0 nothing shared, 1 the same words."""
    return 2 * len(first & second) / max(1, len(first) + len(second))
