"""The library: takes documents in, keeps their versions and the index in step with the records, gives them back.

The records are the source of truth. Each file goes in whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path

from assistant.domain.document import ALWAYS, Document, Validity
from assistant.domain.playbook import Playbook
from assistant.errors import InvalidInput, UnknownName, UnreadableDocument
from assistant.index.chroma import ChromaIndex
from assistant.index.ports import Embedder
from assistant.knowledge.corpus import Corpus
from assistant.library.index_keeper import IndexFactory, IndexKeeper, Progress, silent
from assistant.library.intake import (
    FactorsOf,
    FileReport,
    GivenFile,
    Reader,
    Status,
    clash,
    files_of,
    load,
    took_over,
    uploaded,
)
from assistant.records.documents import DocumentInfo, DocumentStore
from assistant.records.versions import Origin, Provenance, VersionInfo

MAIN = "main"
"""The collection that feeds advice."""


@dataclass(frozen=True, slots=True)
class _Terms:
    """How files are taken in. Without a validity, what did not change keeps its own, and what is new has no limit."""

    collection: str
    validity: Validity | None = None
    replace: bool = False


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
        self._corpus = corpus
        self._reader = Reader(corpus, factors_of)
        self._keeper = IndexKeeper(store, embedder, open_index, writing, MAIN, corpus.accounts)

    def playbooks(self) -> list[Playbook]:
        """The playbooks that advice draws on, with everything that they are recognised by."""
        return self._keeper.playbooks()

    # --- documents in ----------------------------------------------------------------------------

    def ingest(
        self,
        paths: Sequence[Path],
        collection: str = MAIN,
        progress: Progress = silent,
        *,
        validity: Validity | None = None,
        replace: bool = False,
    ) -> Iterator[FileReport]:
        """Take files and folders in, one report a file; the index follows after the last.

        A file of the name of one that came from elsewhere is rejected, unless `replace` makes it its new version.
        Raises UnknownName for a path that does not exist, InvalidInput for days in the wrong order, before anything
        is changed.
        """
        if missing := [path for path in paths if not path.exists()]:
            raise UnknownName(f"there is no file or folder {str(missing[0])!r}; check the path")
        terms = _Terms(collection, _in_order(validity), replace)
        files = list(files_of(paths))
        known = self._known(collection)
        for done, (name, path) in enumerate(files, 1):
            report = self._load_and_take(name, path, terms, known)
            progress("reading", done, len(files))
            yield report
        self.sync_index(collection, progress)

    def ingest_bytes(
        self,
        name: str,
        content: bytes,
        collection: str = MAIN,
        *,
        validity: Validity | None = None,
        replace: bool = False,
    ) -> FileReport:
        """Take one file in that came as bytes under a relative name; its suffix tells its kind.

        Raises InvalidInput for a name that is none and for days in the wrong order.
        """
        file = uploaded(name, content)
        report = self._take(file, _Terms(collection, _in_order(validity), replace), self._known(collection))
        self.sync_index(collection)
        return report

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
            file = load(f"{name}.md" if path.stem == name else name, path)
            if known.get(name) != file.content_hash:
                document, playbooks = self._reader.read(file, "shipped", advises=True)
                self.store.put(MAIN, document, playbooks, file.content_hash, "shipped", source=file.source)
            progress("corpus", done, len(shipped))
        gone = {info.name for info in infos if info.origin == "shipped"} - {name for name, _ in shipped}
        self.store.remove(MAIN, sorted(gone))
        self.store.set_fingerprint(MAIN, fingerprint)
        return True

    # --- what is there ---------------------------------------------------------------------------

    def find(self, name: str, collection: str | None = None) -> DocumentInfo:
        """The document of that name; where several collections have one, that of `main`. Raises UnknownName."""
        found = self._found(name, collection)
        return next((info for info in found if info.collection == MAIN), found[0])

    def versions(self, name: str, collection: str | None = None) -> list[VersionInfo]:
        """All versions of a document, oldest first. Raises UnknownName."""
        return self.store.versions(self.find(name, collection).collection, name)[name]

    def activate(self, name: str, version: int | str, collection: str | None = None) -> VersionInfo:
        """Make a version of a document, by its number or its text, the active one; the index follows.

        Raises UnknownName.
        """
        info = self.find(name, collection)
        chosen = _chosen(name, version, self.versions(name, info.collection))
        if chosen.status != "active":
            chosen = self.store.activate(info.collection, name, chosen.number)
            self.sync_index(info.collection)
        return chosen

    def activate_due(self, collection: str) -> None:
        """Make scheduled versions active whose first day has come. The index is then to be brought in step."""
        for name, number in self.store.due(collection):
            with suppress(UnknownName):  # another process did it in the meantime
                self.store.activate(collection, name, number)

    def set_validity(self, name: str, validity: Validity, collection: str | None = None) -> None:
        """Change the days on which the active version applies; the index follows.

        Raises UnknownName, and InvalidInput for days in the wrong order.
        """
        info = self.find(name, collection)
        self.store.set_validity(info.collection, name, _in_order(validity) or ALWAYS)
        self.sync_index(info.collection)

    def remove(self, name: str, collection: str | None = None) -> None:
        """Remove a document with all its versions and all that came from them, from the index too.

        Raises UnknownName.
        """
        for info in self._found(name, collection):
            self.store.remove(info.collection, [name])
            # The shipped card of the same id comes back at the next start, if there is one.
            self.store.set_fingerprint(info.collection, "")
            self.sync_index(info.collection)

    # --- the index -------------------------------------------------------------------------------

    def is_indexed(self, collection: str) -> bool:
        """Whether the index of a collection is in step with the records."""
        return self._keeper.is_indexed(collection)

    def is_sound(self, collection: str) -> bool:
        """Whether the index holds exactly what the records hold. Raises IndexUnavailable where it cannot be read."""
        return self._keeper.is_sound(collection)

    def sync_index(self, collection: str, progress: Progress = silent) -> None:
        """Encode what the index lacks and drop what the records no longer hold."""
        self._keeper.sync(collection, progress)

    def rebuild_index(self, collection: str, progress: Progress = silent) -> None:
        """Build the index of a collection from the records, from nothing."""
        self._keeper.rebuild(collection, progress)

    def passage_index(self, collection: str) -> ChromaIndex:
        """The index over a collection's passages."""
        return self._keeper.passage_index(collection)

    def signal_index(self) -> ChromaIndex:
        """The index over the playbooks' signals."""
        return self._keeper.signal_index()

    # --- one file --------------------------------------------------------------------------------

    def _known(self, collection: str) -> dict[str, DocumentInfo]:
        return {info.name: info for info in self.store.infos(collection)}

    def _found(self, name: str, collection: str | None) -> list[DocumentInfo]:
        found = self.store.infos(collection, name)
        if not found:
            where = "" if collection is None else f" in the collection {collection!r}"
            raise UnknownName(f"there is no document {name!r}{where}; `improv corpus list` shows what there is")
        return found

    def _load_and_take(self, name: str, path: Path, terms: _Terms, known: dict[str, DocumentInfo]) -> FileReport:
        try:
            file = load(name, path)
        except UnreadableDocument as error:
            return FileReport(name, "rejected", str(error))
        return self._take(file, terms, known)

    def _take(self, file: GivenFile, terms: _Terms, known: dict[str, DocumentInfo]) -> FileReport:
        """Take one file in and bring `known` up to date."""
        there = known.get(file.name)
        if there is not None and there.content_hash == file.content_hash:
            return self._unchanged(file, there, terms)
        try:
            document, playbooks = self._reader.read(file, "ingested", advises=terms.collection == MAIN)
        except UnreadableDocument as error:
            return FileReport(file.name, "rejected", str(error))
        there = known.get(document.name)
        report = self._refused(file, document, there, terms) or self._put(file, document, playbooks, there, terms)
        known |= {info.name: info for info in self.store.infos(terms.collection, document.name)}
        return report

    def _unchanged(self, file: GivenFile, there: DocumentInfo, terms: _Terms) -> FileReport:
        told = ""
        if terms.validity is not None and terms.validity != there.validity:
            self.store.set_validity(terms.collection, there.name, terms.validity)
            told = f"now {terms.validity}"
        return FileReport(file.name, "unchanged", told, there.remarks, document=there.name)

    def _refused(
        self, file: GivenFile, document: Document, there: DocumentInfo | None, terms: _Terms
    ) -> FileReport | None:
        """The report on a file that is not to become the active version, or None."""
        if there is None:
            return None
        if there.content_hash == file.content_hash:  # a card, whose name is only known when it is read
            return self._unchanged(file, there, terms)
        if not terms.replace and (reason := clash(file, document.name, there)):
            return FileReport(file.name, "rejected", reason, replaceable=True)
        for version in self.store.versions(terms.collection, document.name)[document.name]:
            if version.content_hash != file.content_hash or terms.replace:
                continue
            if version.status == "scheduled":
                return FileReport(
                    file.name, "unchanged", _told_scheduled(version), document.remarks, document=document.name
                )
            if version.status == "archived" and version.number > there.number:
                back = f"`improv corpus rollback {document.name} {version.number}` brings it back"
                reason = f"this is version {version.number}, from which somebody rolled back to {there.number}; {back}"
                return FileReport(file.name, "unchanged", reason, document.remarks, document=document.name)
        return None

    def _put(
        self,
        file: GivenFile,
        document: Document,
        playbooks: Sequence[Playbook],
        there: DocumentInfo | None,
        terms: _Terms,
    ) -> FileReport:
        validity, today = terms.validity or ALWAYS, self.store.today()
        origin: Origin = "ingested"
        if there is not None and there.validity.holds_on(today) and (validity.start or today) > today:
            known = Provenance(file.content_hash, origin, file.source, validity)
            version = self.store.schedule(terms.collection, document, playbooks, known)
            return FileReport(file.name, "added", _told_scheduled(version), document.remarks, document=document.name)
        self.store.put(
            terms.collection, document, playbooks, file.content_hash, origin, source=file.source, validity=validity
        )
        status: Status = "added" if there is None else "replaced"
        return FileReport(file.name, status, took_over(file, there), document.remarks, document=document.name)


def _told_scheduled(version: VersionInfo) -> str:
    return f"version {version.number} takes over on {version.valid_from}"


def _in_order(validity: Validity | None) -> Validity | None:
    if validity and validity.start and validity.until and validity.until < validity.start:
        raise InvalidInput(
            f"the last day {validity.until} lies before the first day {validity.start}; give them the other way round"
        )
    return validity


def _chosen(name: str, version: int | str, versions: Sequence[VersionInfo]) -> VersionInfo:
    """The version of that number or, where several share its text, the newest of that text."""
    wanted = str(version)
    by_number = [known for known in versions if str(known.number) == wanted]
    by_text = [known for known in versions if known.version == wanted]
    if not by_number and not by_text:
        there = ", ".join(f"{known.number} ({known.version})" for known in versions)
        raise UnknownName(f"{name!r} has no version {wanted!r}; there are {there}")
    return (by_number or by_text)[-1]
