"""What the layers are trained on: the corpus's own examples, each with all that is known of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.knowledge.corpus import Corpus
from assistant.retrieval.evidence_finder import GENERAL, GENERAL_DANGER
from assistant.situation.heads import BESIDE, CARD
from assistant.situation.training import Labelled, hazard_examples, known_examples, topic_examples

UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Lessons:
    """Texts, and for each task the class of every text, numbered in `classes`; -1 where it is not known.

    Tasks: `playbook` (which), `hazard` (which, or none), `topic` (an incident or not), `known` (whether any playbook
    is about it).
    """

    texts: list[str]
    classes: dict[str, list[str]]
    labels: dict[str, list[int]]


def read_lessons(corpus: Corpus) -> Lessons:
    """Every example of the corpus. Nothing of `evals/` is among them."""
    playbooks = corpus.playbooks()
    signals = [
        (text, playbook.id)
        for playbook in playbooks
        if playbook.id not in {GENERAL, GENERAL_DANGER}
        for texts in (*playbook.signals.values(), playbook.title.values())
        for text in texts
    ]
    topics = topic_examples(corpus, playbooks)
    known = [*known_examples(corpus, playbooks), *((text, BESIDE) for text, label in topics if label == BESIDE)]
    return _joined(
        {
            "playbook": signals,
            "hazard": hazard_examples(corpus, playbooks),
            "topic": topics,
            "known": [(text, str(label == CARD)) for text, label in known],
        }
    )


def _joined(tasks: dict[str, Iterable[Labelled]]) -> Lessons:
    given = {task: dict(labelled) for task, labelled in tasks.items()}
    texts = list(dict.fromkeys(text for labelled in given.values() for text in labelled))
    classes = {task: sorted(set(labelled.values())) for task, labelled in given.items()}
    numbers = {task: {name: number for number, name in enumerate(names)} for task, names in classes.items()}
    labels = {
        task: [numbers[task][labelled[text]] if text in labelled else UNKNOWN for text in texts]
        for task, labelled in given.items()
    }
    return Lessons(texts, classes, labels)
