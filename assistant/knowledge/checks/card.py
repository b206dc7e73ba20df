"""A playbook together with its file, so that a finding can name the line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.domain.playbook import Playbook
from assistant.errors import InvalidInput, InvalidPlaybook, UnknownName
from assistant.knowledge.checks.finding import Check, Finding
from assistant.knowledge.playbook_reader import PlaybookVocabulary, read_playbook


@dataclass(frozen=True, slots=True)
class Card:
    """A playbook as read from `file`, whose text is `lines`."""

    file: str
    playbook: Playbook
    lines: tuple[str, ...]

    def line_of(self, *marks: str) -> int:
        """The line (from 1) of the last mark, each looked for after the one before; as far as they are found.

        A heading (`### id`) must be the whole line; anything else may stand within it.
        """
        found, start = 1, 0
        for mark in marks:
            for number, line in enumerate(self.lines[start:], start):
                if line.strip() == mark or (not mark.startswith("#") and mark in line):
                    found, start = number + 1, number + 1
                    break
            else:
                return found
        return found

    def warning(self, check: Check, text: str, *marks: str) -> Finding:
        """A warning at the line that `marks` lead to."""
        return Finding("warning", check, f"{self.file}:{self.line_of(*marks)}: {text}", self.playbook.id)

    def note(self, check: Check, text: str, *marks: str) -> Finding:
        """The same as a note."""
        return replace(self.warning(check, text, *marks), level="note")


def playbook_files(root: Path) -> Sequence[Path]:
    """The files at `root`, a file or a folder. Raises UnknownName, or InvalidInput for a folder without playbooks."""
    if not root.exists():
        raise UnknownName(f"there is no file or folder {str(root)!r}; check the path")
    files = sorted(root.rglob("*.md")) if root.is_dir() else [root]
    if not files:
        raise InvalidInput(f"there is no .md file in {str(root)!r}; give a playbook or a folder of playbooks")
    return files


def read_cards(files: Iterable[Path], vocabulary: PlaybookVocabulary) -> tuple[list[Card], list[Finding]]:
    """The cards that can be read, and an error for every line that keeps one from being read."""
    cards: list[Card] = []
    findings: list[Finding] = []
    for file in files:
        try:
            text = file.read_text(encoding="utf-8-sig")
            cards.append(Card(str(file), read_playbook(text, str(file), vocabulary), tuple(text.splitlines())))
        except InvalidPlaybook as error:
            findings += [Finding("error", "schema", line, file.stem) for line in str(error).splitlines()]
        except UnicodeDecodeError:
            fault = f"{file}:1: the file is not UTF-8 text; save it as UTF-8"
            findings.append(Finding("error", "schema", fault, file.stem))
        except OSError as error:
            fault = f"{file}:1: the file cannot be read ({error.strerror}); check its permissions"
            findings.append(Finding("error", "schema", fault, file.stem))
    return cards, findings


def misnamed(cards: Sequence[Card]) -> Iterator[Finding]:
    """Ids that differ from the file's name or are used twice."""
    seen: dict[str, str] = {}
    for card in cards:
        id_, where = card.playbook.id, f"{card.file}:{card.line_of('id:')}"
        if id_ != Path(card.file).stem:
            fault = f"{where}: the id {id_!r} differs from the file's name; make them the same"
            yield Finding("error", "schema", fault, id_)
        if id_ in seen:
            fault = f"{where}: the id {id_!r} is also that of {seen[id_]}; give one of them another id"
            yield Finding("error", "schema", fault, id_)
        seen.setdefault(id_, card.file)
