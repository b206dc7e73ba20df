"""Everything of the shipped corpus that can be cited, by document and place."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from assistant.knowledge.corpus import Corpus
from assistant.knowledge.playbook_document import document_of
from assistant.knowledge.playbook_reader import read_playbook
from evals.systems.handbook import handbook_text

Entries = dict[tuple[str, str], str]
WHOLE = ""
"""The place of systems that cite a document without saying where."""


@lru_cache(maxsize=4)
def _read(root: Path) -> Entries:
    corpus = Corpus(root)
    entries: Entries = {}
    for name, path in corpus.documents():
        if path.parent.name == "playbooks":
            playbook = read_playbook(path.read_text(encoding="utf-8"), path.name, corpus.vocabulary)
            entries |= {(name, passage.locator): passage.text for passage in document_of(playbook).passages}
            entries[name, WHOLE] = handbook_text(playbook)
    return entries


def entries_of(corpus: Corpus) -> Entries:
    """The text at every place that a playbook can be cited by."""
    return _read(corpus.root)
