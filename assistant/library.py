"""The library: takes documents in, keeps the index in step with the records, gives them back.

The records are the source of truth. Each file goes in whole or not at all; the vector index is
compared with the records by ids and brought up to date, so a killed run is mended by the next.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.domain.document import Document
from assistant.domain.playbook import Playbook
from assistant.domain.vocabulary import Factor
from assistant.errors import UnknownName, UnreadableDocument
from assistant.index.chroma import ChromaIndex
from assistant.index.ports import Embedder, IndexEntry
from assistant.index.signals import index_group, signal_groups
from assistant.knowledge.blocks import sections_of
from assistant.knowledge.corpus import Corpus
from assistant.knowledge.front_matter import FENCE, split_front_matter
from assistant.knowledge.playbook_document import document_of
from assistant.knowledge.playbook_reader import read_playbook
from assistant.records.documents import DocumentStore, Origin

MAIN = "main"
"""The collection that feeds advice."""
ENCODED_AT_ONCE = 256

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""
FactorsOf = Callable[[Sequence[str]], Sequence[Factor]]
IndexFactory = Callable[[str], ChromaIndex]
Status = Literal["added", "unchanged", "replaced", "rejected"]


def silent(_label: str, _done: int, _total: int) -> None:
    """A Progress that shows nothing."""


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file; `reason` says why it was rejected."""

    file: str
    status: Status
    reason: str = ""


class Library:
    """All documents of all collections."""

    def __init__(
        self,
        store: DocumentStore,
        embedder: Embedder,
        open_index: IndexFactory,
        corpus: Corpus,
        factors_of: Callable[[], FactorsOf],
        writing: AbstractContextManager[object],
    ) -> None:
        """`writing` is held while an index changes: the embedded engine bears one writing process at a time."""
        self.store = store
        self._embedder = embedder
        self._open_index = open_index
        self._corpus = corpus
        self._factors_of = factors_of
        self._writing = writing

    def ingest(
        self, paths: Sequence[Path], collection: str = MAIN, progress: Progress = silent
    ) -> Iterator[FileReport]:
        """Take files and folders in, one report a file; the index follows after the last.

        Raises UnknownName for a path that does not exist, before anything is changed.
        """
        if missing := [path for path in paths if not path.exists()]:
            raise UnknownName(f"there is no file or folder {str(missing[0])!r}; check the path")
        files = [found for path in paths for found in _files(path)]
        known = {info.name: info.content_hash for info in self.store.infos(collection)}
        for done, (name, path) in enumerate(files, 1):
            report = self._take(name, path, collection, known, "ingested")
            progress("reading", done, len(files))
            yield report
        self.sync_index(collection, progress)

    def sync_corpus(self, progress: Progress = silent) -> bool:
        """Bring the records up to date with the shipped corpus; returns whether anything had to be done.

        Raises InvalidPlaybook at the first file that is wrong. A card that a company replaced by
        one of its own under the same id stays replaced.
        """
        fingerprint = self._corpus.fingerprint()
        if self.store.fingerprint(MAIN) == fingerprint:
            return False
        infos = self.store.infos(MAIN)
        own = {info.name for info in infos if info.origin == "ingested"}
        known = {info.name: info.content_hash for info in infos}
        shipped = [(name, path) for name, path in self._corpus.documents() if name not in own]
        for done, (name, path) in enumerate(shipped, 1):
            report = self._take(name, path, MAIN, known, "shipped")
            if report.status == "rejected":
                raise UnreadableDocument(report.reason)
            progress("corpus", done, len(shipped))
        gone = {info.name for info in infos if info.origin == "shipped"} - {name for name, _ in shipped}
        self.store.remove(MAIN, sorted(gone))
        self.store.set_fingerprint(MAIN, fingerprint)
        return True

    def remove(self, name: str, collection: str | None = None) -> None:
        """Remove a document with all that came from it, from the index too. Raises UnknownName."""
        found = [info for info in self.store.infos(collection) if info.name == name]
        if not found:
            raise UnknownName(f"there is no document {name!r}; `improv corpus list` shows what there is")
        for info in found:
            self.store.remove(info.collection, [name])
            # The shipped card of the same id comes back at the next start, if there is one.
            self.store.set_fingerprint(info.collection, "")
            self.sync_index(info.collection)

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
        wanted = {stored.id for stored in self.store.passages(collection)}
        if not _holds(self.passage_index(collection), wanted):
            return False
        if collection != MAIN:
            return True
        groups = signal_groups(self.store.playbooks(MAIN))
        return _holds(self.signal_index(), {id_ for group in groups for id_ in (*group.ids, group.mean_id)})

    def sync_index(self, collection: str, progress: Progress = silent) -> None:
        """Encode what the index lacks and drop what the records no longer hold."""
        with self._writing:
            self._sync_index(collection, progress)

    def _sync_index(self, collection: str, progress: Progress) -> None:
        state = self._state(collection)
        for index in self._indexes(collection):
            if index.state and index.state["encoder"] != state["encoder"]:
                progress("encoder changed: building the index anew", 0, 1)
                index.clear()
        passages = self.passage_index(collection)
        if dict(passages.state) != state:
            self._sync_passages(passages, collection, progress)
            passages.mark(state)
        if collection == MAIN and dict(self.signal_index().state) != state:
            self._sync_signals(self.signal_index(), progress)
            self.signal_index().mark(state)

    def rebuild_index(self, collection: str, progress: Progress = silent) -> None:
        """Build the index of a collection from the records, from nothing."""
        with self._writing:
            for index in self._indexes(collection):
                index.clear()
            self._sync_index(collection, progress)

    def passage_index(self, collection: str) -> ChromaIndex:
        """The index over a collection's passages."""
        return self._open_index("passages-" + hashlib.sha256(collection.encode()).hexdigest()[:16])

    def signal_index(self) -> ChromaIndex:
        """The index over the playbooks' signals."""
        return self._open_index("signals")

    def _indexes(self, collection: str) -> list[ChromaIndex]:
        return [self.passage_index(collection), *([self.signal_index()] if collection == MAIN else [])]

    def _state(self, collection: str) -> dict[str, str | int]:
        return {"encoder": self._embedder.name, "records": self.store.digest(collection)}

    def _take(self, name: str, path: Path, collection: str, known: dict[str, str], origin: Origin) -> FileReport:
        try:
            content = path.read_bytes()
            content_hash = hashlib.sha256(content).hexdigest()
            if known.get(name) == content_hash:
                return FileReport(name, "unchanged")
            document, playbooks = self._read(path, name, content, collection, origin)
        except UnreadableDocument as error:
            return FileReport(name, "rejected", str(error))
        except OSError as error:
            return FileReport(name, "rejected", f"{path} cannot be read ({error.strerror}); check its permissions")
        if known.get(document.name) == content_hash:
            return FileReport(name, "unchanged")
        self.store.put(collection, document, playbooks, content_hash, origin)
        status: Status = "replaced" if document.name in known else "added"
        known[document.name] = content_hash
        return FileReport(name, status)

    def _read(
        self, path: Path, name: str, content: bytes, collection: str, origin: Origin
    ) -> tuple[Document, Sequence[Playbook]]:
        if path.suffix.lower() == ".md" and _is_playbook(content, name):
            playbook = read_playbook(content.decode("utf-8-sig"), name, self._corpus.vocabulary)
            return document_of(playbook), (playbook,)
        # The readers' libraries are slow to import: only reading a document pays for them.
        from assistant.knowledge.prescriptive import derive_playbooks
        from assistant.knowledge.readers import read_content
        from assistant.knowledge.splitting import split_content

        read = read_content(path, name)
        document = split_content(read, name)
        if origin == "shipped":  # the digests of the papers explain the method; they do not direct staff
            return dataclasses.replace(document, kind="digest"), ()
        if collection != MAIN:
            return document, ()
        return document, derive_playbooks(document, sections_of(read.blocks), self._factors_of())

    def _sync_passages(self, index: ChromaIndex, collection: str, progress: Progress) -> None:
        wanted = {stored.id: stored for stored in self.store.passages(collection)}
        there = index.ids()
        index.remove(there - wanted.keys())
        missing = [wanted[id_] for id_ in wanted.keys() - there]
        for start in range(0, len(missing), ENCODED_AT_ONCE):
            part = missing[start : start + ENCODED_AT_ONCE]
            vectors = self._embedder.passages([indexed_text(s.passage.heading, s.passage.text) for s in part])
            entries = [IndexEntry(s.id, "", {"document": s.document, "lang": s.passage.lang}) for s in part]
            index.add(entries, vectors)
            progress("passages", start + len(part), len(missing))

    def _sync_signals(self, index: ChromaIndex, progress: Progress) -> None:
        groups = list(signal_groups(self.store.playbooks(MAIN)))
        there = index.ids()
        index.remove(there - {id_ for group in groups for id_ in (*group.ids, group.mean_id)})
        missing = [group for group in groups if group.mean_id not in there]
        for done, group in enumerate(missing, 1):
            index.add(*index_group(group, self._embedder))
            progress("signals", done, len(missing))


def indexed_text(heading: str, text: str) -> str:
    """What is encoded for a passage: its heading says what the text is about."""
    return f"{heading}\n{text}" if heading else text


def _holds(index: ChromaIndex, wanted: set[str]) -> bool:
    return index.ids() == wanted == index.vectors(sorted(wanted)).keys()


def _files(path: Path) -> Iterable[tuple[str, Path]]:
    if path.is_file():
        return [(_printable(path.name), path)]
    inside = (p for p in sorted(path.rglob("*")) if p.is_file())
    relative = ((p.relative_to(path), p) for p in inside)
    return [
        (_printable(name.as_posix()), p) for name, p in relative if not any(part.startswith(".") for part in name.parts)
    ]


def _printable(name: str) -> str:
    """Names that are not UTF-8, as old archives hold them, with their odd bytes as `\\xe9`."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _is_playbook(content: bytes, name: str) -> bool:
    """A Markdown file whose front matter has signals is meant as a playbook, right or wrong."""
    text = content.decode("utf-8-sig", errors="replace")
    if not text.startswith(FENCE):
        return False
    try:
        return "signals" in split_front_matter(text, name).values
    except UnreadableDocument:
        return "\nsignals:" in text
