"""Which actions of which playbooks, in which order: at most eight, the first four enough to begin with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.domain.evidence import Match
from assistant.domain.playbook import Action, Option, Playbook
from assistant.domain.vocabulary import FACTORS, Lang, in_lang
from assistant.index.segmentation import terms

MOST_ACTIONS = 8
FIRST = 4
MOST_OPTIONS = 2
MOST_AVOIDS = 3
SAME = 0.6
"""Share of the shorter action's terms found in the other at which two say the same."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """An action with the playbook that it comes from; `rank` is the playbook's place in the evidence."""

    action: Action
    playbook: Playbook
    rank: int


def choose_actions(matches: Sequence[Match], lang: Lang) -> list[Chosen]:
    """In the order of doing. A hazard's protocol stays whole and comes first."""
    pools = [_pool(match.playbook, rank) for rank, match in enumerate(matches)]
    main = pools[0][: MOST_ACTIONS if len(pools) == 1 else MOST_ACTIONS - 2]
    chosen = list(main)
    for pool in pools[1:]:
        room = (MOST_ACTIONS - len(main)) // (len(pools) - 1) or 1
        said = [in_lang(kept.action.text, lang) for kept in chosen]
        fresh = [e for e in pool if not any(say_the_same(in_lang(e.action.text, lang), text) for text in said)]
        chosen += fresh[:room]
    kept = _keep_factors(chosen)
    protocol = [entry for entry in kept if entry.rank == 0 and entry.playbook.hazard != "none"]
    rest = sorted((entry for entry in kept if entry not in protocol), key=_order)
    return protocol + rest if protocol else _first_enough(rest)


def choose_options(
    matches: Sequence[Match],
    possible: Callable[[Option], bool] = lambda _: True,
    most: int = MOST_OPTIONS,
    refused: Collection[str] = (),
) -> list[tuple[Option, Playbook]]:
    """Options that differ in kind and are possible, from the main playbook where it has them; no id in `refused`."""
    offered = [
        (option, match.playbook)
        for match in matches
        for option in match.playbook.options
        if possible(option) and f"{match.playbook.id}/{option.id}" not in refused
    ]
    chosen: list[tuple[Option, Playbook]] = []
    for option, playbook in offered:
        if len(chosen) < most and option.kind not in {known.kind for known, _ in chosen}:
            chosen.append((option, playbook))
    return chosen


def _pool(playbook: Playbook, rank: int) -> list[Chosen]:
    return sorted((Chosen(action, playbook, rank) for action in playbook.actions), key=_order)


def _order(entry: Chosen) -> tuple[int, int, int]:
    return entry.action.within_s, FACTORS.index(entry.action.factor), entry.rank


def _keep_factors(entries: list[Chosen]) -> list[Chosen]:
    """Trim to the limit; the last to go are actions that alone stand for their factor."""
    kept = list(entries)
    while len(kept) > MOST_ACTIONS:
        factors = [entry.action.factor for entry in kept]
        spare = [entry for entry in kept if factors.count(entry.action.factor) > 1] or kept
        kept.remove(max(spare, key=_order))
    return kept


def _first_enough(entries: list[Chosen]) -> list[Chosen]:
    """Bring into the first four what they lack: every problem, a response, and a colleague. The main problem begins."""
    head, tail = entries[:FIRST], entries[FIRST:]

    def bring(wanted: list[Chosen]) -> None:
        if not wanted:
            return
        counts = [(e.action.factor, e.rank) for e in head]
        spare = [e for e in head if counts.count((e.action.factor, e.rank)) > 1] or head[1:]
        out = max(spare, key=_order)
        head[head.index(out)] = wanted[0]
        tail.remove(wanted[0])
        tail.append(out)

    for rank in sorted({entry.rank for entry in entries}):
        if all(entry.rank != rank for entry in head):
            bring([entry for entry in tail if entry.rank == rank])
    for factor in FACTORS[:2]:
        if all(entry.action.factor != factor for entry in head):
            bring([entry for entry in tail if entry.action.factor == factor])
    head.sort(key=_order)
    begun = [entry for entry in head if entry.rank == 0][:1]  # staff begin with what they came for
    return [*begun, *(entry for entry in head if entry not in begun), *sorted(tail, key=_order)]


def say_the_same(first: str, second: str) -> bool:
    """Whether two lines share so many terms that a reader would take one for a repetition of the other."""
    one, two = _terms(first), _terms(second)
    shorter = min(len(one), len(two))
    return shorter > 0 and len(one & two) / shorter >= SAME


@lru_cache(maxsize=4096)
def _terms(text: str) -> frozenset[str]:
    return frozenset(terms(text))
