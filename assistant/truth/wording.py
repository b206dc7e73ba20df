"""What of a claim's wording stands in its evidence, what is put in, and what is left out."""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from assistant.domain.vocabulary import LANGS, Lang
from assistant.index.segmentation import terms
from assistant.knowledge.corpus import Corpus
from assistant.truth.facts import FactChecker
from assistant.truth.grounds import Grounds

UNIT = re.compile(r"[0-9]+(?:[.:][0-9]+)?|[a-z]+(?:['’][a-z]+)?|[\u3400-\u9fff]")
SMALL = (
    "a an the to of and or in on at it is are be for with them they he she his her their you your we our us i that "
    "this so as by from then there into out up do does not"
)
SMALL_WORDS = frozenset(SMALL.split())
NEAR = 0.7
"""Share of a claim that is copied in order from which what is new in it counts as a replacement."""
Rarity = Callable[[str], float]
"""How much a term tells: the rarer in the playbooks, the more."""
Features = Iterator[tuple[str, float]]


def rarity_in(corpus: Corpus) -> Rarity:
    """By the lines of the corpus."""
    counts: Counter[str] = Counter()
    lines = 0
    for playbook in corpus.playbooks():
        told = [action.text for action in playbook.actions] + [action.say for action in playbook.actions]
        told += [option.text for option in playbook.options] + [avoid.text for avoid in playbook.avoid]
        for text in (said[lang] for said in told for lang in LANGS if said.get(lang)):
            counts.update(set(terms(text)))
            lines += 1
    return lambda term: math.log((lines + 1) / (counts[term] + 1))


def term_features(claim: str, grounds: Grounds, rarity: Rarity) -> Features:
    """By search terms: which are new, how much they tell, and how long runs are the same."""
    own, cited = terms(claim), terms(grounds.text)
    said, known = set(own), set(cited) | set(terms(_details(grounds)))
    new = said - known
    weights, new_weights = [rarity(term) for term in said], [rarity(term) for term in new]
    matcher = difflib.SequenceMatcher(None, own, cited, autojunk=False)
    blocks = [block.size for block in matcher.get_matching_blocks() if block.size]
    yield from (
        ("new_share", len(new) / max(1, len(said))),
        ("new", float(len(new))),
        ("new_weight", sum(new_weights) / max(1e-6, sum(weights))),
        ("rarest_new", max(new_weights, default=0.0)),
        ("left_share", len(set(cited) - said) / max(1, len(set(cited)))),
        ("length", len(own) / max(1, len(cited))),
        ("ratio", matcher.ratio()),
        ("longest", max(blocks, default=0) / max(1, len(own))),
        ("copied", sum(blocks) / max(1, len(own))),
        ("blocks", float(len(blocks))),
    )


def mark_features(claim: str, grounds: Grounds, facts: FactChecker) -> Features:
    """Negations, conditions and exact facts."""
    for mark in ("negations", "conditions"):
        own, cited = facts.count(mark, claim, grounds.lang), facts.count(mark, grounds.text, grounds.lang)
        yield from (
            (f"{mark}.more", float(own - cited)),
            (f"{mark}.own", float(own)),
            (f"{mark}.cited", float(cited)),
            (f"{mark}.differ", float((own > 0) != (cited > 0))),
        )
    added = facts.added(claim, grounds)
    yield "added", float(bool(added))
    yield "added_count", float(len(added))
    for kind in ("quantity", "class", "person", "name"):
        yield f"added_{kind}", float(any(fact.startswith(kind) for fact in added))
    yield "needs_leave", float(grounds.authority != "self")


def edit_features(claim: str, grounds: Grounds, facts: FactChecker) -> Features:
    """The claim as an edit of its evidence, word by word, in Chinese sign by sign."""
    own, cited = _units(claim), _units(grounds.text)
    known = set(cited) | set(_units(_details(grounds)))
    blocks = difflib.SequenceMatcher(None, own, cited, autojunk=False).get_matching_blocks()
    put_in = _between(own, [(block.a, block.size) for block in blocks])
    left_out = _between(cited, [(block.b, block.size) for block in blocks])
    same, length = sum(block.size for block in blocks), max(1, len(own))
    moved = (sum((Counter(own) & Counter(cited)).values()) - same) / length
    inserted = sum(map(len, put_in))
    new = sum(1 for unit in own if unit not in known and unit not in SMALL_WORDS)
    near = float(same / length > NEAR)
    yield from (
        ("same", same / length),
        ("bag", moved + same / length),
        ("moved", moved),
        ("kept", same / max(1, len(cited))),
        ("put_in_runs", float(len(put_in))),
        ("left_out_runs", float(len(left_out))),
        ("longest_put_in", max(map(len, put_in), default=0) / length),
        ("put_in", float(inserted)),
        ("put_in_share", inserted / length),
        ("new_units", float(new)),
        ("new_units_share", new / length),
        ("nothing_put_in", float(inserted == 0)),
        ("nothing_new", float(new == 0)),
    )
    for mark in ("negations", "conditions"):
        yield f"{mark}.put_in", float(_count(facts, mark, put_in, grounds.lang))
        yield f"{mark}.left_out", float(_count(facts, mark, left_out, grounds.lang))
    yield from (
        ("near", near),
        ("near.new", near * new),
        ("near.put_in", near * inserted),
        ("far.new", (1 - near) * new / length),
        ("near.moved", near * moved * len(own)),
        ("own_length", float(len(own))),
        ("cited_length", float(len(cited))),
        ("shorter", len(own) / max(1, len(cited))),
    )


def _units(text: str) -> list[str]:
    return UNIT.findall(unicodedata.normalize("NFKC", text).casefold())


def _details(grounds: Grounds) -> str:
    return " ".join((grounds.incident, *grounds.at_hand, grounds.owner))


def _between(units: Sequence[str], blocks: Sequence[tuple[int, int]]) -> list[Sequence[str]]:
    runs, place = [], 0
    for start, size in blocks:
        if start > place:
            runs.append(units[place:start])
        place = start + size
    return runs


def _count(facts: FactChecker, mark: str, runs: Sequence[Sequence[str]], lang: Lang) -> int:
    return sum(facts.count(mark, (" " if lang == "en" else "").join(run), lang) for run in runs)
