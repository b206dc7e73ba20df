"""What is built from one edition of the library: the advice chain and the search. A change counts at once."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from assistant.assembly.parts import Parts, silent
from assistant.domain.playbook import Playbook
from assistant.domain.vocabulary import Factor
from assistant.errors import IndexUnavailable, UnknownName
from assistant.settings import Settings

if TYPE_CHECKING:  # these pull in the heavy libraries, which are imported when a part is first used
    from assistant.advice.adviser import Adviser
    from assistant.advice.chain import Part
    from assistant.index.ports import Vectors
    from assistant.library import Library, Progress
    from assistant.retrieval.evidence_finder import EvidenceFinder
    from assistant.retrieval.passages import PassageRetriever
    from assistant.situation.reader import SituationReader


log = logging.getLogger("improv.assembly")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """What was built from one edition of the main collection."""

    edition: str
    playbooks: tuple[Playbook, ...]
    vectors: Mapping[str, Vectors]
    finder: EvidenceFinder
    adviser: Adviser


class Editions(Parts):
    """The library, and what answers from its present edition."""

    def __init__(self, settings: Settings, without: frozenset[Part] = frozenset()) -> None:
        super().__init__(settings)
        self._without = without
        self._current: _Snapshot | None = None
        self._changing = False
        self._retrievers: dict[str, tuple[str, PassageRetriever]] = {}

    @cached_property
    def library(self) -> Library:
        """Documents in, index in step."""
        from filelock import FileLock

        from assistant.library import Library

        writing = FileLock(self.settings.home / "index.lock")
        return Library(self.documents, self.embedder, self._open_index, self.corpus, lambda: self._factors_of, writing)

    def playbooks(self) -> tuple[Playbook, ...]:
        """Every playbook that advice can draw on now."""
        return self._snapshot().playbooks

    def is_playbook(self, name: str) -> bool:
        """Whether a document of the main collection is a playbook."""
        return any(playbook.id == name for playbook in self.playbooks())

    def finder(self) -> EvidenceFinder:
        """What ranks the playbooks; for those who calibrate it."""
        return self._snapshot().finder

    def reader(self) -> SituationReader:
        """What reads situations; for those who calibrate it."""
        return self._snapshot().adviser.reader

    def change(self, work: Callable[[Library], T], collection: str = "main") -> T:
        """Let `work` change the library; the change counts for every question once this returns.

        Who asks in the meantime is answered from what was there before, without waiting.
        """
        with self._lock:
            current = self._snapshot()
            self._changing = True
            try:
                done = work(self.library)
                self._retrievers.pop(collection, None)
                self.library.activate_due("main")
                edition = self.documents.edition("main")
                if edition != current.edition:
                    self._current = self._build_snapshot(edition, current.vectors)
            finally:
                self._changing = False
            return done

    def rehearsal(self, draft: Playbook) -> Adviser:
        """The advice chain as it would be with this card among the others; nothing is stored."""
        from assistant.index.signals import signal_vectors

        current = self._snapshot()
        joined = self.corpus.accounts.joined_to([draft])
        others = [playbook for playbook in current.playbooks if playbook.id != draft.id]
        vectors = {**current.vectors, **signal_vectors(joined, self.embedder, current.vectors)}
        return self._chain([*others, *joined], vectors)[1]

    def prepare(self, progress: Progress = silent) -> None:
        """Bring everything up to date that a question needs; does only what is still missing."""
        from filelock import FileLock

        home = self._make_home()
        # Two first starts in one home would both create tables and both build the index.
        with self._lock, FileLock(home / "prepare.lock"):
            _ = self._loading  # the encoder loads beside the imports that follow
            self._progress = progress
            if self.library.sync_corpus(progress):
                self._retrievers.clear()
            if not self.library.is_indexed("main"):
                self.library.sync_index("main", progress)
            self._snapshot()

    def warm(self) -> None:
        """Let the engine read the signals that it holds: the first edit would wait a second for that."""
        self.library.signal_index().ids()

    def drop_index(self) -> None:
        """Delete the embedded vector index, broken or not; it is built anew from the records when next needed."""
        with self._lock:
            self._close_index()
            self._retrievers.clear()
            self._current = None
            shutil.rmtree(self.settings.home / "chroma", ignore_errors=True)

    def retriever(self, collection: str) -> PassageRetriever:
        """The passage retriever of a collection, as of its present edition. Raises UnknownName."""
        edition = self.documents.edition(collection)
        known = self._retrievers.get(collection)
        if known is not None and (self._changing or known[0] == edition):
            return known[1]
        with self._lock:
            known = self._retrievers.get(collection)
            if known is None or known[0] != edition:
                if known is not None:
                    self._close_index()
                    self._retrievers.clear()
                self.library.activate_due(collection)
                known = (self.documents.edition(collection), self._build_retriever(collection))
                self._retrievers[collection] = known
            return known[1]

    def _factors_of(self, sentences: Sequence[str]) -> list[Factor]:
        """Which factor each sentence serves, judged by what the playbooks' own actions serve."""
        return [cast(Factor, name) for name in self.heads.factor.best(self.embedder.passages(sentences))]

    def _snapshot(self) -> _Snapshot:
        """The advice chain as of the library's present edition: a document added elsewhere counts at once."""
        edition = self.documents.edition("main")
        current = self._current
        if current is None or (current.edition != edition and not self._changing):
            with self._lock:
                current = self._current
                if current is None or current.edition != edition:
                    if current is not None:  # perhaps another process wrote: an open engine does not see that
                        self._close_index()
                        self._retrievers.clear()
                    self.library.activate_due("main")
                    current = self._current = self._build_snapshot(self.documents.edition("main"))
        return current

    def _build_snapshot(self, edition: str, known: Mapping[str, Vectors] | None = None) -> _Snapshot:
        """`known` are vectors from before, at a start those in the file: only what is new is read from the index."""
        from assistant.index.signals import signal_groups
        from assistant.library.kept_signals import KeptSignals

        if not self.library.is_indexed("main"):
            self.library.sync_index("main", self._progress)
        playbooks = self.library.playbooks()
        kept = KeptSignals(self.embedder.name, self.settings.models)
        starting = known is None
        known = kept.read() if known is None else known
        wanted = [id_ for group in signal_groups(playbooks) for id_ in (*group.ids, group.mean_id)]
        missing = [id_ for id_ in wanted if id_ not in known]
        found = self._signal_vectors(missing) if missing else {}
        vectors = {id_: found[id_] if id_ in found else known[id_] for id_ in wanted if id_ in found or id_ in known}
        if starting and found:
            kept.keep(vectors)
        return _Snapshot(edition, tuple(playbooks), vectors, *self._chain(playbooks, vectors))

    def _chain(self, playbooks: Sequence[Playbook], vectors: Mapping[str, Vectors]) -> tuple[EvidenceFinder, Adviser]:
        from assistant.advice.chain import build_chain
        from assistant.advice.composer import Composer
        from assistant.index.lexical import KeptIndexes

        composer = Composer(self.envelope, self.corpus.roles, self.at_hand.words)
        words = KeptIndexes(self.settings.models / "words")
        return build_chain(
            playbooks, vectors, self.heads, self.embedder, composer, self.corpus.note_needs, words.index, self._without
        )

    def _signal_vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """What playbooks are recognised by. An index that lost something is rebuilt: the records have it all."""
        try:
            found = self.library.signal_index().vectors(ids)
        except IndexUnavailable as error:
            log.warning("%s; rebuilding the index", error)
            found = {}
        if len(found) < len(set(ids)):
            self.library.rebuild_index("main", self._progress)
            found = self.library.signal_index().vectors(ids)
        return found

    def _build_retriever(self, collection: str) -> PassageRetriever:
        from assistant.retrieval.passages import build_retriever

        if collection not in self.documents.collections():
            known = ", ".join(self.documents.collections()) or "none"
            raise UnknownName(f"there is no collection {collection!r}; known collections: {known}")
        if not self.library.is_indexed(collection):
            self.library.sync_index(collection, self._progress)
        return build_retriever(
            self.documents.passages(collection), self.library.passage_index(collection), self.embedder
        )
