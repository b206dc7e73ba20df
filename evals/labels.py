"""What each line of the playbooks tells people to do, as a person labelled it.

Wording of the corpus is never guessed at: a line that stands in a playbook, shown by the product or quoted by
any other system, carries the concepts that it was labelled with. Other wording, and that of a line that was reworded
since, is decided by a judge that agrees with people closely enough, and else by nobody: it is not scored.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import cast

import yaml

from assistant.domain.playbook import Action, Playbook
from assistant.index.segmentation import terms
from evals.answer import AnsweredAction
from evals.concepts import FOLDER

SAME = 0.7
"""Share of the terms of a shown line that its entry must hold: a detail such as a room number may be filled in."""
HEADING = "#"
"""Stands for the title and the goal of a playbook, which tell nobody to do anything."""
LEAST_PIECE = 12
"""Characters from which a piece of an entry is taken for that entry."""
WORDING = FOLDER / "wording.json"
"""A digest of every line's wording at the time that it was labelled."""
SPACE = re.compile(r"\s+")
Found = Callable[[str, str], bool]
"""(concept, text) → whether the text tells its reader to do it."""


class LineLabels:
    """Concepts of lines: by the label of the playbook entry where the wording is the corpus', else by the judge."""

    def __init__(
        self, labels: Mapping[str, frozenset[str]], texts: Mapping[str, str], judge: Found | None = None
    ) -> None:
        """`labels` by entry (card/entry), `texts` the wording of the same entries, a line for each text."""
        self._labels = labels
        self._texts = texts
        self._terms: dict[str, set[str]] = {}  # of the entries asked about
        self._sentences = {_even(part): name for name, text in texts.items() for part in text.split("\n") if part}
        self._quotes: dict[str, frozenset[str]] = {}  # a line is asked for by every concept that a case looks for
        self._judge = judge

    def tells(self, line: AnsweredAction, concept: str) -> bool | None:
        """Whether the line tells its reader to do `concept`; None where nobody can be trusted to say."""
        known = self.labelled(line)
        if known is not None:
            return concept in known
        if self._judge is None:
            return None
        return any(self._judge(concept, text) for text in (line.text, line.say) if text)

    def labelled(self, line: AnsweredAction) -> frozenset[str] | None:
        """The labels of the line, where its wording is that of labelled entries; None where it is not."""
        found = self.entries(line)
        return frozenset().union(*(self._labels[name] for name in found)) if found else None

    def entries(self, line: AnsweredAction) -> frozenset[str]:
        """The labelled entries whose wording the line has; an id alone is no wording."""
        if line.id in self._labels and self._is_worded_as(line.text, line.id):
            return frozenset({line.id})
        text = _even(line.text)
        if text not in self._quotes:
            self._quotes[text] = self._quoted(text)
        return self._quotes[text]

    def _is_worded_as(self, text: str, name: str) -> bool:
        if name not in self._terms:
            self._terms[name] = set(terms(self._texts[name]))
        said = set(terms(text))
        return len(said & self._terms[name]) >= SAME * len(said)

    def _quoted(self, text: str) -> frozenset[str]:
        """Entries that the text holds whole, or that hold the whole text."""
        held = {name for sentence, name in self._sentences.items() if len(sentence) >= LEAST_PIECE and sentence in text}
        if not held and len(text) >= LEAST_PIECE:
            held = {name for sentence, name in self._sentences.items() if text in sentence}
        return frozenset(held & self._labels.keys())


def line_labels(playbooks: Iterable[Playbook], judge: Found | None = None) -> LineLabels:
    """The labels of all lines of the playbooks that are worded as when they were labelled."""
    texts = entry_texts(playbooks)
    stale = reworded(texts)
    return LineLabels({name: found for name, found in read_labels().items() if name not in stale}, texts, judge)


def reworded(texts: Mapping[str, str], path: Path = WORDING) -> frozenset[str]:
    """The entries among `texts` whose wording is not the one that was noted when they were labelled."""
    then: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return frozenset(name for name, digest in _digests(texts).items() if digest != then.get(name))


def write_wording(texts: Mapping[str, str], path: Path = WORDING) -> None:
    """Note that the labels of all entries fit them as they are worded in `texts`."""
    path.write_text(json.dumps(_digests(texts), indent=0, sort_keys=True) + "\n", encoding="utf-8")


def _digests(texts: Mapping[str, str]) -> dict[str, str]:
    """Without headings: they tell nobody to do anything, however they are worded."""
    return {
        name: hashlib.blake2b(_even(text).encode(), digest_size=4).hexdigest()
        for name, text in texts.items()
        if not name.endswith(f"/{HEADING}")
    }


def read_labels(path: Path = FOLDER / "lines.yaml") -> dict[str, frozenset[str]]:
    """Concepts by playbook entry."""
    read = cast(dict[str, list[str]], yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader))
    headings = {f"{name.split('/')[0]}/{HEADING}" for name in read}
    return {name: frozenset(concepts) for name, concepts in read.items()} | dict.fromkeys(headings, frozenset[str]())


def entry_texts(playbooks: Iterable[Playbook]) -> dict[str, str]:
    """The wording of every entry of the playbooks, a line for each text and language."""
    return {name: text for playbook in playbooks for name, text in _texts(playbook).items()}


def _texts(playbook: Playbook) -> dict[str, str]:
    texts = {f"{playbook.id}/{HEADING}": "\n".join((*playbook.title.values(), *playbook.goal.values()))}
    texts |= {f"{playbook.id}/{a.id}": _wording(a) for a in playbook.actions}
    texts |= {f"{playbook.id}/{o.id}": "\n".join(o.text.values()) for o in playbook.options}
    return texts | {f"{playbook.id}/{a.id}": "\n".join(a.text.values()) for a in playbook.avoid}


def _wording(action: Action) -> str:
    """Text, words to say, and both in one, as handbooks print them; in every language."""
    whole = (f"{text} {action.say.get(lang, '')}" for lang, text in action.text.items())
    return "\n".join((*action.text.values(), *action.say.values(), *whole))


def _even(text: str) -> str:
    return SPACE.sub("", text).casefold()
