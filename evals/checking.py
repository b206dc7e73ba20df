"""Whether the cases themselves can be trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.domain.playbook import Playbook
from assistant.knowledge.corpus import Corpus
from assistant.settings import load_settings
from evals.agreement import LEAST_KAPPA, of_labels
from evals.case import SCHEMA, Case, case_schema, read_cases
from evals.concepts import load_concepts
from evals.labels import entry_texts, line_labels, read_labels, reworded, write_wording
from evals.overlap import MOST, overlaps, taught_texts, worked_with

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
    playbooks = corpus.playbooks()
    yield from _names(cases, playbooks, corpus.roles)
    yield from _overlap(cases, playbooks, corpus)
    written = SCHEMA.read_text(encoding="utf-8") if SCHEMA.exists() else ""
    yield Finding(written != case_schema(), f"{SCHEMA.name} is the schema of the code (else: --write-schema)")
    entries = entry_texts(playbooks)
    unlabelled = sorted(entries.keys() - read_labels().keys())
    yield Finding(
        bool(unlabelled),
        f"every line of the playbooks is labelled{_lacking(unlabelled, 'label them in evals/criteria/lines.yaml')}",
    )
    stale = sorted(reworded(entries).difference(unlabelled))
    yield Finding(
        bool(stale),
        "every line is worded as when it was labelled"
        f"{_lacking(stale, 'look at their labels in evals/criteria/lines.yaml, then: --write-wording')}",
    )
    found = of_labels(line_labels(playbooks))
    yield Finding(
        not found.enough,
        f"labels of playbook lines agree with a second person at κ {found.kappa:.2f} ({found.low:.2f} to "
        f"{found.high:.2f}) on {found.pairs} pairs; least {LEAST_KAPPA}",
    )


def note_wording() -> None:
    """Every line of the playbooks was looked at, and its labels are right as it is worded now."""
    write_wording(entry_texts(Corpus(load_settings().corpus).playbooks()))


def _lacking(names: Sequence[str], mend: str) -> str:
    return f" (not: {', '.join(names)}; {mend})" if names else ""


def _counts(cases: tuple[Case, ...]) -> Iterator[Finding]:
    langs = Counter(case.lang for case in cases)
    twins = len({case.twin for case in cases if case.twin})
    sectors = {case.sector for case in cases}
    yield Finding(len(cases) < LEAST_CASES, f"{len(cases)} cases; least {LEAST_CASES}")
    yield Finding(abs(langs["zh"] - langs["en"]) > len(cases) / 10, f"{langs['zh']} Chinese, {langs['en']} English")
    yield Finding(twins < LEAST_TWINS, f"{twins} incidents told in both languages; least {LEAST_TWINS}")
    yield Finding(len(sectors) < LEAST_SECTORS, f"{len(sectors)} sectors; least {LEAST_SECTORS}")


def _names(cases: tuple[Case, ...], playbooks: Sequence[Playbook], roles: Container[str]) -> Iterator[Finding]:
    """Playbooks, actions, concepts and roles that cases name must exist."""
    entries = entry_texts(playbooks).keys()
    known = {playbook.id for playbook in playbooks}
    concepts = load_concepts()
    for case in cases:
        named = [criterion.concept for criterion in case.criteria if criterion.concept not in concepts]
        named += [name for name in case.relevant if name not in known]
        named += [owner for owner in case.owner if owner not in roles]
        acts = (action for criterion in case.criteria for action in criterion.actions)
        named += [action for action in acts if action not in entries]
        if named:
            yield Finding(True, f"{case.id} names what does not exist: {', '.join(named)}")
    yield Finding(False, "looked up every playbook, action, concept and role that cases name")


def _overlap(cases: tuple[Case, ...], playbooks: Sequence[Playbook], corpus: Corpus) -> Iterator[Finding]:
    yield from _shared(cases, taught_texts(playbooks, corpus), "the corpus")
    measured_on = [case for case in cases if case.split == "test"]
    yield from _shared(measured_on, worked_with(cases), "incidents that the product was worked on with")


def _shared(cases: Sequence[Case], texts: Iterable[str], whose: str) -> Iterator[Finding]:
    found = overlaps(cases, texts)
    for overlap in found:
        if overlap.share > MOST:
            yield Finding(True, f"{overlap.case} shares {overlap.share:.0%} of its wording with {whose}; reword it")
    mean = sum(overlap.share for overlap in found) / len(found)
    yield Finding(False, f"wording shared with {whose}: {mean:.1%} on average, {found[0].share:.0%} at most")
