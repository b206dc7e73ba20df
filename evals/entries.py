"""Everything of the shipped corpus that can be cited, by document and place."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.domain.playbook import Playbook
from assistant.knowledge.playbook_document import document_of
from evals.systems.handbook import handbook_text

Entries = dict[tuple[str, str], str]
WHOLE = ""
"""The place of systems that cite a document without saying where."""


def entries_of(playbooks: Iterable[Playbook]) -> Entries:
    """The text at every place that a playbook can be cited by."""
    entries: Entries = {}
    for playbook in playbooks:
        entries |= {(playbook.id, passage.locator): passage.text for passage in document_of(playbook).passages}
        entries[playbook.id, WHOLE] = handbook_text(playbook)
    return entries
