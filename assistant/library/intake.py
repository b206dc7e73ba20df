"""One file at a time: found in folders, read, and told apart from another file of the same name."""

from __future__ import annotations

import dataclasses
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from assistant.domain.document import Document, Remark
from assistant.domain.playbook import Playbook
from assistant.domain.vocabulary import Factor
from assistant.errors import InvalidInput, InvalidPlaybook, UnreadableDocument
from assistant.knowledge.blocks import sections_of
from assistant.knowledge.corpus import Corpus
from assistant.knowledge.faults import MAX_BYTES, too_large, unreadable
from assistant.knowledge.front_matter import FENCE, split_front_matter
from assistant.knowledge.playbook_document import document_of
from assistant.knowledge.playbook_reader import read_playbook
from assistant.knowledge.screening import order_in
from assistant.records.documents import DocumentInfo
from assistant.records.versions import Origin

Status = Literal["added", "unchanged", "replaced", "rejected"]
FactorsOf = Callable[[Sequence[str]], Sequence[Factor]]

UPLOAD = "upload"
"""The source of what came as bytes."""

LONGEST_NAME = 1000
LOCK_FILE = "~$"
"""Office programs put such a file beside one that is open."""


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file. `reason` says why it was rejected, or what it took the place of.

    `remarks` tell what was left out of it: hidden text, orders to the assistant, pages that could not be read.
    `replaceable`: it was rejected for its name alone; `replace` would make it the new version. `document` is the
    id under which it is found, empty where it was rejected.
    """

    file: str
    status: Status
    reason: str = ""
    remarks: tuple[Remark, ...] = ()
    replaceable: bool = False
    document: str = ""


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file with its content. `source` is its full path, or `upload`."""

    name: str
    source: str
    content: bytes

    @property
    def kind(self) -> str:
        """Its suffix, in lower case."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def content_hash(self) -> str:
        """Changes with the content."""
        return hashlib.sha256(self.content).hexdigest()


def files_in(path: Path) -> list[tuple[str, Path]]:
    """Every file under a path with its name relative to it, but for hidden ones and the locks of office programs."""
    if path.is_file():
        return [(printable(path.name), path)]
    inside = (p for p in sorted(path.rglob("*")) if p.is_file())
    relative = ((p.relative_to(path), p) for p in inside)
    return [
        (printable(name.as_posix()), p)
        for name, p in relative
        if not any(part.startswith((".", LOCK_FILE)) for part in name.parts)
    ]


def printable(name: str) -> str:
    """Names that are not UTF-8, as old archives hold them, with their odd bytes as `\\xe9`."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def load(name: str, path: Path) -> GivenFile:
    """The file at a path. Raises UnreadableDocument where it is too large or may not be read."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise too_large(name)
        return GivenFile(_checked(name), printable(os.path.abspath(path)), path.read_bytes())
    except OSError as error:
        raise UnreadableDocument(f"{path} cannot be read ({error.strerror}); check its permissions") from error


def uploaded(name: str, content: bytes) -> GivenFile:
    """A file that came as bytes under a relative name. Raises InvalidInput for any other name."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or parts[0] == "/" or ".." in parts or "\0" in name:
        raise InvalidInput(f"{name!r} is no name for a document; give a file name, with folders before it if you like")
    return GivenFile(_checked("/".join(parts)), UPLOAD, content)


def clash(file: GivenFile, name: str, there: DocumentInfo) -> str:
    """Why the file may not become the new version of what is there: that came from another file, which still is."""
    if there.origin == "shipped" or not there.source or there.source == file.source:
        return ""
    if there.source != UPLOAD and not Path(there.source).exists():
        return ""
    return (
        f"{name} is there already from {_told(there.source)}, and {_told(file.source)} is another file of that name; "
        "rename one, ingest the folder above both, or choose another --collection; --replace makes this its new version"
    )


def took_over(file: GivenFile, there: DocumentInfo | None) -> str:
    """What to tell of a new version that came from another file than the one before, else nothing."""
    if there is None or there.origin == "shipped" or there.source in {"", file.source}:
        return ""
    return f"in place of the version from {_told(there.source)}"


class Reader:
    """Makes documents and playbooks of files."""

    def __init__(self, corpus: Corpus, factors_of: Callable[[], FactorsOf]) -> None:
        self._corpus = corpus
        self._factors_of = factors_of

    def read(self, file: GivenFile, origin: Origin, *, advises: bool) -> tuple[Document, Sequence[Playbook]]:
        """A playbook file as itself; any other as its passages, with cards of its procedures where it advises.

        Raises UnreadableDocument.
        """
        if file.kind == ".md" and _is_playbook(file.content, file.name):
            playbook = self._playbook(file)
            if origin == "ingested" and (order := order_in(playbook)):
                raise InvalidPlaybook(f"{file.name} gives orders to the assistant ({order[:100]!r}); take that out")
            return document_of(playbook), (playbook,)
        # The readers' libraries are slow to import: only reading a document pays for them.
        from assistant.knowledge.prescriptive import derive_playbooks
        from assistant.knowledge.readers import read_bytes
        from assistant.knowledge.splitting import split_content

        content = read_bytes(file.content, file.kind, file.name, PurePosixPath(file.name).stem)
        document = split_content(content, file.name)
        if origin == "shipped":  # the digests of the papers explain the method; they do not direct staff
            return dataclasses.replace(document, kind="digest"), ()
        if not advises:
            return document, ()
        return document, derive_playbooks(document, sections_of(content.blocks), self._factors_of())

    def _playbook(self, file: GivenFile) -> Playbook:
        try:
            text = file.content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise InvalidPlaybook(f"{file.name}:1: the file is not UTF-8 text; save it as UTF-8") from error
        return read_playbook(text, file.name, self._corpus.vocabulary)


def _checked(name: str) -> str:
    if len(name) > LONGEST_NAME:
        raise unreadable(f"{name[:60]}…", f"has a name of more than {LONGEST_NAME} characters", "shorten it")
    return name


def _told(source: str) -> str:
    return "an upload" if source == UPLOAD else source


def _is_playbook(content: bytes, name: str) -> bool:
    """A Markdown file whose front matter has signals is meant as a playbook, right or wrong."""
    text = content.decode("utf-8-sig", errors="replace")
    if not text.startswith(FENCE):
        return False
    try:
        return "signals" in split_front_matter(text, name).values
    except UnreadableDocument:
        return "\nsignals:" in text


def files_of(paths: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """The files under all paths, in order."""
    for path in paths:
        yield from files_in(path)
