"""The shipped corpus on disk: where its parts are, and whether they changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, cast

import yaml

from assistant.domain.playbook import Playbook
from assistant.domain.vocabulary import Text
from assistant.errors import ContentError
from assistant.knowledge.accounts import Accounts
from assistant.knowledge.playbook_reader import PlaybookVocabulary, read_playbook

DOCUMENT_FOLDERS = ("playbooks", "papers")
LESSONS = ("playbooks/*.md", "situations/**/*.yaml", "needs.yaml")
"""The files that reading a situation is learned from."""


class Corpus:
    """A corpus folder as laid out in its README."""

    def __init__(self, root: Path) -> None:
        if not (root / "playbooks").is_dir():
            raise ContentError(
                f"there is no corpus at {root}; start Improv in the project's folder or set IMPROV_CORPUS"
            )
        self.root = root

    def documents(self) -> Iterator[tuple[str, Path]]:
        """Name and path of every document that feeds advice and search."""
        for folder in DOCUMENT_FOLDERS:
            for path in sorted((self.root / folder).glob("*.md")):
                yield (path.stem if folder == "playbooks" else f"{folder}/{path.name}"), path

    def playbooks(self) -> list[Playbook]:
        """The shipped playbooks with their accounts, whatever a company put in their place."""
        paths = sorted((self.root / "playbooks").glob("*.md"))
        read = (read_playbook(path.read_text(encoding="utf-8-sig"), path.name, self.vocabulary) for path in paths)
        return self.accounts.joined_to(read)

    @cached_property
    def note_needs(self) -> Mapping[str, Sequence[str]]:
        """What a note of each kind on an incident adds to its needs."""
        return {kind: entry["needs"] for kind, entry in self.load("situations/follow_ups.yaml")["kinds"].items()}

    @cached_property
    def roles(self) -> Mapping[str, Text]:
        """Who can be pulled in, by id."""
        return cast(Mapping[str, Text], self.load("roles.yaml"))

    @cached_property
    def needs(self) -> Mapping[str, Text]:
        """What a guest may lack, by id."""
        return cast(Mapping[str, Text], self.load("needs.yaml"))

    @cached_property
    def accounts(self) -> Accounts:
        """Told scenes by which the playbooks are recognised."""
        folder = self.root / "situations" / "accounts"
        told: dict[str, Any] = {}
        for path in sorted(folder.glob("*.yaml")):
            told |= self.load(f"situations/accounts/{path.name}")
        return Accounts({name: {lang: tuple(texts) for lang, texts in by.items()} for name, by in told.items()})

    @property
    def vocabulary(self) -> PlaybookVocabulary:
        """The ids that playbooks may use."""
        return PlaybookVocabulary(frozenset(self.roles), frozenset(self.needs))

    def load(self, name: str) -> Mapping[str, Any]:
        """A YAML file of the corpus, not to be changed. Raises ContentError that names the file and the line."""
        path = self.root / name
        try:
            value = _parsed(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise ContentError(f"{path} cannot be read ({error.strerror}); restore it from the repository") from error
        except yaml.YAMLError as error:
            raise ContentError(f"{path} is not YAML: {error}; mend the line that it names") from error
        if not isinstance(value, dict):
            raise ContentError(f"{path} has no 'key: value' lines at its top; see corpus/README.md")
        return value

    def fingerprint(self) -> str:
        """Changes when any file that is learned from or indexed changes."""
        return self._digest(p for p in self.root.rglob("*") if p.suffix in {".md", ".yaml"})

    def lesson_fingerprint(self) -> str:
        """Changes when any file that reading a situation is learned from changes."""
        return self._digest(path for pattern in LESSONS for path in self.root.glob(pattern))

    def _digest(self, paths: Iterable[Path]) -> str:
        digest = hashlib.sha256()
        for path in sorted(set(paths)):
            digest.update(str(path.relative_to(self.root)).encode())
            digest.update(path.read_bytes())
        return digest.hexdigest()[:32]


# The pairs of dangers and harmless twins alone are asked for by five kinds of example, a second of parsing each time.
@lru_cache(maxsize=128)
def _parsed(text: str) -> object:
    return yaml.load(text, yaml.CSafeLoader)
