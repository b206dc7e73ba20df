"""The words sent to a language model: one task a file, in each language, with declared variables and a version.

prompts/reword_advice.en.txt

---
variables: [case]
---
What the model is told.
=== user
What it is given: {{case}}
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.domain.vocabulary import LANGS, Lang
from assistant.errors import ContentError, InvalidPlaybook
from assistant.knowledge.front_matter import split_front_matter

VARIABLE = re.compile(r"\{\{(\w+)\}\}")
TURN = re.compile(r"^=== user\n", re.M)


@dataclass(frozen=True, slots=True)
class Prompt:
    """One task in one language. `version` changes with every character of the file."""

    task: str
    lang: Lang
    version: str
    variables: tuple[str, ...]
    system: str
    user: str

    def filled(self, values: Mapping[str, str]) -> tuple[str, str]:
        """What the system and the user say. Raises ContentError that names all missing and needless variables."""
        missing, needless = set(self.variables) - values.keys(), values.keys() - set(self.variables)
        if missing or needless:
            told = [f"missing: {', '.join(sorted(missing))}"] if missing else []
            told += [f"not declared: {', '.join(sorted(needless))}"] if needless else []
            raise ContentError(f"prompt {self.task}.{self.lang}: {'; '.join(told)}; correct its variables")
        return _fill(self.system, values), _fill(self.user, values)


def _fill(text: str, values: Mapping[str, str]) -> str:
    # One pass: what stands in a value is never read as a variable.
    return VARIABLE.sub(lambda match: values[match[1]], text)


class PromptFolder:
    """All tasks of a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, task: str) -> dict[Lang, Prompt]:
        """The task in both languages. Raises ContentError that names the file and the mend."""
        read = {lang: self._read(task, lang) for lang in LANGS}
        declared = {prompt.variables for prompt in read.values()}
        if len(declared) > 1:
            raise ContentError(f"{self.folder}/{task}: the languages declare different variables; make them the same")
        return read

    def _read(self, task: str, lang: Lang) -> Prompt:
        path = self.folder / f"{task}.{lang}.txt"
        try:
            text = path.read_text(encoding="utf-8-sig")
        except OSError as error:
            raise ContentError(
                f"{path} cannot be read ({error.strerror}); start in the project's folder or set IMPROV_PROMPTS"
            ) from error
        try:
            found = split_front_matter(text, str(path))
        except InvalidPlaybook as error:
            raise ContentError(str(error)) from error
        declared = tuple(sorted(map(str, found.values.get("variables", ()))))
        body = "\n".join(found.body).strip() + "\n"
        used = set(VARIABLE.findall(body))
        if used != set(declared):
            wrong = ", ".join(sorted(used ^ set(declared)))
            raise ContentError(f"{path}: {wrong}: declared under `variables` but not used, or the reverse; mend either")
        system, *user = TURN.split(body, maxsplit=1)
        version = hashlib.sha256(text.encode()).hexdigest()[:12]
        return Prompt(task, lang, version, declared, system.strip(), user[0].strip() if user else "")
