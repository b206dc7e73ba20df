"""`corpus/at_hand.yaml`: which needs take something at hand, what meeting them gives, how languages are named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.domain.vocabulary import Lang, Text
from assistant.errors import ContentError
from assistant.knowledge.corpus import Corpus

FILE = "at_hand.yaml"
NOTHING = re.compile(r"(?!)")


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    material: frozenset[str]
    gains: dict[str, dict[Lang, str]]
    not_spoken: dict[Lang, tuple[str, ...]]
    languages: dict[str, dict[Lang, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class AtHandWords:
    """`names` and `gains` of needs; `material` are those that only something at hand meets."""

    names: Mapping[str, Text] = field(default_factory=dict)
    material: frozenset[str] = frozenset()
    gains: Mapping[str, Text] = field(default_factory=dict)
    languages: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    not_spoken: re.Pattern[str] = NOTHING

    def languages_in(self, text: str) -> frozenset[str]:
        """Codes of the languages that an incident names, without those that it says are not spoken."""
        return frozenset(code for code, named in self.languages.items() if self._names(named, text))

    def _names(self, named: re.Pattern[str], text: str) -> bool:
        return any(not self.not_spoken.search(text[: found.start()]) for found in named.finditer(text))


def load_words(corpus: Corpus) -> AtHandWords:
    """Read the file. Raises ContentError that names place and mend."""
    read = corpus.load(FILE)
    try:
        file = _File.model_validate(read)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ContentError(f"{corpus.root / FILE}: {where}: {first['msg']}; correct it") from error
    unknown = (file.material | file.gains.keys()) - corpus.needs.keys()
    if unknown:
        raise ContentError(f"{corpus.root / FILE}: {sorted(unknown)[0]!r} is no need of needs.yaml; correct it")
    languages = {code: _pattern(words) for code, words in file.languages.items()}
    return AtHandWords(corpus.needs, file.material, file.gains, languages, _before(file.not_spoken))


def _pattern(words: Mapping[Lang, tuple[str, ...]]) -> re.Pattern[str]:
    latin = "|".join(map(re.escape, words.get("en", ())))
    chinese = "|".join(map(re.escape, words.get("zh", ())))
    return re.compile("|".join(filter(None, [latin and rf"\b(?:{latin})\b", chinese])), re.IGNORECASE)


def _before(words: Mapping[Lang, tuple[str, ...]]) -> re.Pattern[str]:
    """One of the words, with at most three others behind it, at the end of what stands before a language's name."""
    latin = "|".join(map(re.escape, words.get("en", ())))
    chinese = "|".join(map(re.escape, words.get("zh", ())))
    return re.compile(rf"\b(?:{latin})\W+(?:\w+\W+){{0,3}}$|(?:{chinese})[^，。；]{{0,6}}$", re.IGNORECASE)
