"""What the layers are trained on: the corpus's own examples, each with all that is known of it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.domain.language import language_of
from assistant.domain.playbook import Playbook
from assistant.domain.vocabulary import LANGS
from assistant.knowledge.corpus import Corpus
from assistant.retrieval.evidence_finder import GENERAL, GENERAL_DANGER
from assistant.situation.heads import BESIDE, CARD, INCIDENT, NO_HAZARD
from assistant.situation.training import hazard_examples, known_examples, pair_cards, topic_examples, two_matters

UNKNOWN = -1
PLAYBOOK, SECOND = "playbook", "second"
SECOND_SHARE = 0.35
"""Of a text that calls for two playbooks, how much of it is the second's."""
TOGETHER = 1_500
"""Lessons made of a pair of others, for each of the rarer kinds of pairs; the others have twice as many."""
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")


@dataclass(frozen=True, slots=True)
class Lessons:
    """Texts, and for each task the class of every text, numbered in `classes`; -1 where it is not known.

    Tasks: `playbook` (which), `second` (which one the text also calls for), `hazard` (which, or none), `topic` (an
    incident or not), `known` (whether any playbook is about it). `new` are the places of those that no
    earlier edition was trained on.
    """

    texts: list[str]
    classes: dict[str, list[str]]
    labels: dict[str, list[int]]
    new: Sequence[int] = ()


def read_lessons(corpus: Corpus, is_new: Callable[[str], bool] = lambda _: False) -> Lessons:
    """Every example of the corpus, and some told together. Nothing of `evals/` is among them."""
    given = read_labels(corpus)
    new = {text for labelled in given.values() for text in labelled if is_new(text)}
    for text, labels in told_together(given).items():
        for task, label in labels.items():
            given[task].setdefault(text, label)
    return _joined(given, new)


def read_labels(corpus: Corpus) -> dict[str, dict[str, str]]:
    """For each task the class of every example of the corpus that has one."""
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
    several = [*pair_cards(corpus), *two_matters(corpus)]
    given = {
        PLAYBOOK: dict([*((text, cards[0]) for text, cards in several), *signals]),
        SECOND: {text: cards[1] for text, cards in several if len(cards) > 1},
        "hazard": dict(hazard_examples(corpus, playbooks)),
        "topic": dict(topics),
        "known": {text: str(label == CARD) for text, label in known},
    }
    _add_only_cards(given, playbooks)
    return given


def _add_only_cards(given: dict[str, dict[str, str]], playbooks: Iterable[Playbook]) -> None:
    """A danger that one card alone is for is a lesson of that card, wherever it is told."""
    cards: dict[str, list[str]] = {}
    for playbook in playbooks:
        if playbook.id != GENERAL_DANGER:
            cards.setdefault(playbook.hazard, []).append(playbook.id)
    for text, hazard in given["hazard"].items():
        if hazard != NO_HAZARD and len(cards.get(hazard, [])) == 1:
            given[PLAYBOOK].setdefault(text, cards[hazard][0])


def told_together(given: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Two lessons told in one breath, by text, with the labels of the whole by task.

    Staff tell of a danger in the middle of a complaint, and of an incident amid talk that is beside the point. The
    danger rules, the matter it is told in comes second; what is beside the point changes nothing; two harmless matters
    stay harmless.
    """
    drawn = random.Random(0)
    topics, hazards, cards = given["topic"], given["hazard"], given[PLAYBOOK]
    dangers = [text for text, hazard in hazards.items() if hazard != NO_HAZARD]
    calm = [text for text in cards if hazards.get(text) == NO_HAZARD]
    harmless = [text for text, hazard in hazards.items() if hazard == NO_HAZARD and text not in cards]
    beside = [text for text, topic in topics.items() if topic == BESIDE]
    made: dict[str, dict[str, str]] = {}
    for main, others, count in (
        (dangers, calm, 2 * TOGETHER),
        (calm, harmless, 2 * TOGETHER),
        (dangers, beside, TOGETHER),
        (calm, beside, TOGETHER),
    ):
        by_lang = {lang: [text for text in others if language_of(text) == lang] for lang in LANGS}
        for text in drawn.choices(main, k=count):
            other = drawn.choice(by_lang[language_of(text)])
            around, inside = (other, text) if len(other) > len(text) else (text, other)
            labels = {task: given[task][text] for task in given if text in given[task]} | {"topic": INCIDENT}
            if other in cards:
                labels.setdefault(SECOND, cards[other])
            made[_inserted(inside, around, drawn)] = labels
    return made


def _inserted(inside: str, around: str, drawn: random.Random) -> str:
    """`inside` between two sentences of `around`, or before or after all of them."""
    sentences = SENTENCE_END.split(around)
    place = drawn.randint(0, len(sentences))
    return (" " if language_of(around) == "en" else "").join([*sentences[:place], inside, *sentences[place:]])


def _joined(given: dict[str, dict[str, str]], new: set[str]) -> Lessons:
    texts = list(dict.fromkeys(text for labelled in given.values() for text in labelled))
    classes = {task: sorted(set(labelled.values())) for task, labelled in given.items()}
    classes[SECOND] = classes[PLAYBOOK]
    numbers = {task: {name: number for number, name in enumerate(names)} for task, names in classes.items()}
    labels = {
        task: [numbers[task][labelled[text]] if text in labelled else UNKNOWN for text in texts]
        for task, labelled in given.items()
    }
    return Lessons(texts, classes, labels, [place for place, text in enumerate(texts) if text in new])
