"""Keeps the vector index in step with the records: compared by ids, so that the next run mends a killed one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager

from assistant.domain.playbook import Playbook
from assistant.index.chroma import ChromaIndex
from assistant.index.ports import Embedder, IndexEntry
from assistant.index.signals import index_group, signal_groups
from assistant.knowledge.accounts import Accounts
from assistant.records.documents import DocumentStore

ENCODED_AT_ONCE = 256

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""
IndexFactory = Callable[[str], ChromaIndex]


def silent(_label: str, _done: int, _total: int) -> None:
    """A Progress that shows nothing."""


class IndexKeeper:
    """The index over each collection's passages, and over the signals of the one that feeds advice."""

    def __init__(
        self,
        store: DocumentStore,
        embedder: Embedder,
        open_index: IndexFactory,
        writing: AbstractContextManager[object],
        advising: str,
        accounts: Accounts,
    ) -> None:
        """`writing` is held while an index changes: the embedded engine bears one writing process at a time."""
        self._store = store
        self._embedder = embedder
        self._open_index = open_index
        self._writing = writing
        self._advising = advising
        self._accounts = accounts

    def is_indexed(self, collection: str) -> bool:
        """Whether the index of a collection is in step with the records."""
        state = self._state(collection)
        return all(dict(index.state) == state for index in self._indexes(collection))

    def is_sound(self, collection: str) -> bool:
        """Whether the index holds exactly what the records hold; compares every id and reads every vector.

        Raises IndexUnavailable where it cannot be read.
        """
        if not self.is_indexed(collection):
            return False
        wanted = self._store.passage_ids(collection)
        if not _holds(self.passage_index(collection), wanted):
            return False
        if collection != self._advising:
            return True
        groups = signal_groups(self.playbooks())
        return _holds(self.signal_index(), {id_ for group in groups for id_ in (*group.ids, group.mean_id)})

    def sync(self, collection: str, progress: Progress = silent) -> None:
        """Encode what the index lacks and drop what the records no longer hold."""
        with self._writing:
            self._sync(collection, progress)

    def rebuild(self, collection: str, progress: Progress = silent) -> None:
        """Build the index of a collection from the records, from nothing."""
        with self._writing:
            for index in self._indexes(collection):
                index.clear()
            self._sync(collection, progress)

    def playbooks(self) -> list[Playbook]:
        """The playbooks that advice draws on, with everything that they are recognised by, by id."""
        joined = self._accounts.joined_to(self._store.playbooks(self._advising))
        return sorted(joined, key=lambda playbook: playbook.id)  # an edited one keeps its place, and words theirs

    def passage_index(self, collection: str) -> ChromaIndex:
        """The index over a collection's passages."""
        return self._open_index("passages-" + hashlib.sha256(collection.encode()).hexdigest()[:16])

    def signal_index(self) -> ChromaIndex:
        """The index over the playbooks' signals."""
        return self._open_index("signals")

    def _sync(self, collection: str, progress: Progress) -> None:
        state = self._state(collection)
        for index in self._indexes(collection):
            if index.state and index.state["encoder"] != state["encoder"]:
                progress("encoder changed: building the index anew", 0, 1)
                index.clear()
        passages = self.passage_index(collection)
        if dict(passages.state) != state:
            self._sync_passages(passages, collection, progress)
            passages.mark(state)
        if collection == self._advising and dict(self.signal_index().state) != state:
            self._sync_signals(self.signal_index(), progress)
            self.signal_index().mark(state)

    def _indexes(self, collection: str) -> list[ChromaIndex]:
        return [self.passage_index(collection), *([self.signal_index()] if collection == self._advising else [])]

    def _state(self, collection: str) -> dict[str, str | int]:
        told = self._accounts.digest if collection == self._advising else ""
        return {"encoder": self._embedder.name, "records": self._store.digest(collection), "accounts": told}

    def _sync_passages(self, index: ChromaIndex, collection: str, progress: Progress) -> None:
        wanted, there = self._store.passage_ids(collection), index.ids()
        index.remove(there - wanted)
        missing = sorted(wanted - there)
        for start in range(0, len(missing), ENCODED_AT_ONCE):
            part = self._store.passages_with(missing[start : start + ENCODED_AT_ONCE])
            vectors = self._embedder.passages([s.passage.indexed_text for s in part])
            entries = [IndexEntry(s.id, "", {"document": s.document, "lang": s.passage.lang}) for s in part]
            index.add(entries, vectors)
            progress("passages", start + len(part), len(missing))

    def _sync_signals(self, index: ChromaIndex, progress: Progress) -> None:
        groups = list(signal_groups(self.playbooks()))
        there = index.ids()
        index.remove(there - {id_ for group in groups for id_ in (*group.ids, group.mean_id)})
        missing = [group for group in groups if group.mean_id not in there]
        # One utterance changed in a card: the vectors of its others are there already.
        kept = sorted({id_ for group in missing for id_ in group.ids} & there)
        known = index.vectors(kept) if kept else {}
        for done, group in enumerate(missing, 1):
            index.add(*index_group(group, self._embedder, known))
            progress("signals", done, len(missing))


def _holds(index: ChromaIndex, wanted: set[str]) -> bool:
    return index.ids() == wanted == index.vectors(sorted(wanted)).keys()
