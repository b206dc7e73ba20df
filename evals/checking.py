"""Whether the cases themselves can be trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.knowledge.corpus import Corpus
from assistant.knowledge.playbook_reader import read_playbook
from assistant.settings import load_settings
from evals.agreement import LEAST_KAPPA, of_labels, of_patterns
from evals.case import SCHEMA, Case, case_schema, read_cases
from evals.concepts import load_concepts
from evals.overlap import MOST, overlaps, taught_texts

LEAST_CASES = 240
LEAST_TWINS = 60
LEAST_SECTORS = 8


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was looked at, and whether it is wrong."""

    wrong: bool
    text: str


def check_cases() -> Iterator[Finding]:
    """Everything, one finding a question."""
    cases = read_cases()
    corpus = Corpus(load_settings().corpus)
    yield from _counts(cases)
    yield from _names(cases, corpus)
    yield from _overlap(cases, corpus)
    written = SCHEMA.read_text(encoding="utf-8") if SCHEMA.exists() else ""
    yield Finding(written != case_schema(), f"{SCHEMA.name} is the schema of the code (else: --write-schema)")
    by_label, by_words = of_labels(), of_patterns()
    yield Finding(
        not by_label.enough,
        f"labels of playbook lines agree with a second person at κ {by_label.kappa:.2f} ({by_label.low:.2f} to "
        f"{by_label.high:.2f}) on {by_label.pairs} pairs; least {LEAST_KAPPA}",
    )
    use = "decide" if by_words.enough else "do not decide"
    yield Finding(
        False,
        f"word patterns agree with people at κ {by_words.kappa:.2f} on {by_words.pairs} pairs of free wording, "
        f"so they {use} it",
    )


def _counts(cases: tuple[Case, ...]) -> Iterator[Finding]:
    langs = Counter(case.lang for case in cases)
    twins = len({case.twin for case in cases if case.twin})
    sectors = {case.sector for case in cases}
    yield Finding(len(cases) < LEAST_CASES, f"{len(cases)} cases; least {LEAST_CASES}")
    yield Finding(abs(langs["zh"] - langs["en"]) > len(cases) / 10, f"{langs['zh']} Chinese, {langs['en']} English")
    yield Finding(twins < LEAST_TWINS, f"{twins} incidents told in both languages; least {LEAST_TWINS}")
    yield Finding(len(sectors) < LEAST_SECTORS, f"{len(sectors)} sectors; least {LEAST_SECTORS}")


def _names(cases: tuple[Case, ...], corpus: Corpus) -> Iterator[Finding]:
    """Playbooks, actions, concepts and roles that cases name must exist."""
    entries = dict(_entries(corpus))
    concepts = {concept.id for concept in load_concepts()}
    for case in cases:
        named = [criterion.concept for criterion in case.criteria if criterion.concept not in concepts]
        named += [name for name in case.relevant if name not in entries]
        named += [owner for owner in case.owner if owner not in corpus.roles]
        acts = (action for criterion in case.criteria for action in criterion.actions)
        named += [action for action in acts if action.split("/")[-1] not in entries.get(action.split("/")[0], set())]
        if named:
            yield Finding(True, f"{case.id} names what does not exist: {', '.join(named)}")
    yield Finding(False, "looked up every playbook, action, concept and role that cases name")


def _entries(corpus: Corpus) -> Iterator[tuple[str, set[str]]]:
    for name, path in corpus.documents():
        if path.parent.name == "playbooks":
            playbook = read_playbook(path.read_text(encoding="utf-8"), path.name, corpus.vocabulary)
            acts = {action.id for action in playbook.actions}
            yield name, acts | {option.id for option in playbook.options} | {avoid.id for avoid in playbook.avoid}


def _overlap(cases: tuple[Case, ...], corpus: Corpus) -> Iterator[Finding]:
    playbooks = [
        read_playbook(path.read_text(encoding="utf-8"), path.name, corpus.vocabulary)
        for _, path in corpus.documents()
        if path.parent.name == "playbooks"
    ]
    found = overlaps(cases, taught_texts(playbooks, corpus))
    for overlap in found:
        if overlap.share > MOST:
            yield Finding(True, f"{overlap.case} shares {overlap.share:.0%} of its wording with the corpus; reword it")
    mean = sum(overlap.share for overlap in found) / len(found)
    yield Finding(False, f"wording shared with the corpus: {mean:.1%} on average, {found[0].share:.0%} at most")
