"""`improv corpus check`: reads every playbook and reports what is wrong, with file, line and mend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.domain.playbook import Action, Avoid, Option, Playbook
from assistant.domain.vocabulary import LANGS
from assistant.errors import InvalidPlaybook, UnknownName
from assistant.knowledge.corpus import Corpus
from assistant.knowledge.playbook_reader import read_playbook

FEWEST_SIGNALS = 6
LONGEST = {"en": 215, "zh": 85}


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault; `message` is `file:line: fault; mend`."""

    level: Literal["error", "warning"]
    message: str


def check_playbooks(corpus: Corpus, path: Path | None = None) -> Iterator[Finding]:
    """Findings for the corpus, or for one file or folder. Raises UnknownName for a path that is not there."""
    root = path or corpus.root / "playbooks"
    if not root.exists():
        raise UnknownName(f"there is no file or folder {str(root)!r}; check the path")
    for file in sorted(root.rglob("*.md")) if root.is_dir() else [root]:
        yield from _check(file, corpus)


def _check(file: Path, corpus: Corpus) -> Iterator[Finding]:
    try:
        playbook = read_playbook(file.read_text(encoding="utf-8-sig"), str(file), corpus.vocabulary)
    except InvalidPlaybook as error:
        yield from (Finding("error", line) for line in str(error).splitlines())
        return
    except UnicodeDecodeError:
        yield Finding("error", f"{file}:1: the file is not UTF-8 text; save it as UTF-8")
        return
    if playbook.id != file.stem:
        yield Finding("error", f"{file}:1: the id {playbook.id!r} differs from the file's name; make them the same")
    yield from (Finding("warning", f"{file}:1: {text}") for text in weaknesses(playbook))


def weaknesses(playbook: Playbook) -> Iterator[str]:
    """What makes a valid card weaker than it could be; what concerns one entry begins with `id: `."""
    for lang in LANGS:
        if lang not in playbook.langs:
            yield f"there is no title in {lang}; staff who ask in {lang} get the other language"
            continue
        if 0 < len(playbook.signals.get(lang, ())) < FEWEST_SIGNALS and not playbook.id.startswith("general."):
            yield f"fewer than {FEWEST_SIGNALS} signals in {lang}; more make the card easier to find"
        entries: list[Action | Option | Avoid] = [*playbook.actions, *playbook.options, *playbook.avoid]
        for entry in entries:
            if lang not in entry.text:
                yield f"{entry.id}: there is no {lang} text; add it"
            elif len(entry.text[lang]) > LONGEST[lang]:
                yield f"{entry.id}: {len(entry.text[lang])} characters in {lang}; keep it under {LONGEST[lang]}"
