"""What advice can tell a staff member to do, and the matcher that finds it in any wording without a model.

A concept is found in a text when one of its word patterns stands in one of its sentences, and the
sentence does not forbid it. How well that agrees with people is measured on hand-labelled pairs
(`agreement.py`); a suite refuses to run on a matcher that agrees too little.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, ValidationError

from assistant.domain.language import language_of
from assistant.domain.vocabulary import LANGS, Factor, Lang
from assistant.errors import ContentError
from evals.case import Strict

FOLDER = Path(__file__).with_name("criteria")
SENTENCE = re.compile(r"[^.!?;。！？；\n]+[.!?;。！？；\n]?")
FORBIDDING: Mapping[Lang, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:do not|don't|don’t|never|avoid|refrain|must not|mustn't|should not|shouldn't|may not|cannot|can't|"
        r"rather than|instead of|without|no need to|not to|nobody|no one|neither|nor|stop short of)\b",
        re.I,
    ),
    "zh": re.compile(
        r"不要|别(?!的|处|人|家|墅)|切勿|切忌|勿|禁止|严禁|不得|不可|不能|不准|不许|不必|不用|不该|避免|而不是|千万不|绝不|从不|无需|没有权"
    ),
}
"""Words after which what follows in the sentence is what not to do."""
AND = " & "


class Concept(Strict):
    """One thing to do. `words`: alternatives; each is one pattern or several joined by “ & ”, all in one sentence.

    `prohibition`: the concept is itself a warning, so that a forbidding sentence is just what is looked for.
    """

    id: str
    factor: Factor | Literal["must_not"]
    en: str
    zh: str
    words: dict[Lang, tuple[str, ...]]
    unless: dict[Lang, tuple[str, ...]] = Field(default_factory=dict)
    prohibition: bool = False


class ConceptMatcher:
    """Finds concepts in texts. Pure: the same text always gives the same answer."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self.concepts = {concept.id: concept for concept in concepts}
        self._patterns = {(concept.id, lang): _Patterns(concept, lang) for concept in concepts for lang in LANGS}
        self.found = lru_cache(maxsize=200_000)(self._found)

    def _found(self, concept: str, text: str) -> bool:
        """Whether `text` tells the reader to do `concept`. Raises KeyError for an unknown concept."""
        patterns = self._patterns[concept, language_of(text)]
        return any(patterns.hold(sentence[0]) for sentence in SENTENCE.finditer(text))


class _Patterns:
    """The compiled patterns of one concept in one language."""

    def __init__(self, concept: Concept, lang: Lang) -> None:
        self._any = [[_compile(part, concept.id) for part in line.split(AND)] for line in concept.words.get(lang, ())]
        self._unless = [_compile(line, concept.id) for line in concept.unless.get(lang, ())]
        self._forbidding = None if concept.prohibition else FORBIDDING[lang]

    def hold(self, sentence: str) -> bool:
        if any(pattern.search(sentence) for pattern in self._unless):
            return False
        return any(self._meant(sentence, parts) for parts in self._any)

    def _meant(self, sentence: str, parts: Sequence[re.Pattern[str]]) -> bool:
        hits = [pattern.search(sentence) for pattern in parts]
        places = [hit.start() for hit in hits if hit is not None]
        if len(places) < len(parts):
            return False
        return self._forbidding is None or not self._forbidding.search(sentence[: min(places)])


class _File(Strict):
    """`shorthand`: patterns used in many concepts, written there as `<name>`."""

    shorthand: dict[Lang, dict[str, str]]
    concepts: tuple[Concept, ...]


def load_concepts(path: Path = FOLDER / "concepts.yaml") -> tuple[Concept, ...]:
    """All concepts, shorthand written out. Raises ContentError that names the concept and the field."""
    read: Any = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    try:
        file = _File.model_validate(read)
    except ValidationError as error:
        first = error.errors()[0]
        place = first["loc"]
        name = read["concepts"][place[1]].get("id", "?") if len(place) > 1 and isinstance(place[1], int) else ""
        raise ContentError(f"{path.name}: concept {name}: {'.'.join(map(str, place))}: {first['msg']}") from error
    return tuple(_written_out(concept, file.shorthand) for concept in file.concepts)


def _written_out(concept: Concept, shorthand: Mapping[Lang, Mapping[str, str]]) -> Concept:
    def expand(lang: Lang, pattern: str) -> str:
        for name, meant in shorthand.get(lang, {}).items():
            pattern = pattern.replace(f"<{name}>", f"(?:{meant})")
        return pattern

    words = {lang: tuple(expand(lang, line) for line in lines) for lang, lines in concept.words.items()}
    return concept.model_copy(update={"words": words})


@lru_cache(maxsize=1)
def shipped_matcher() -> ConceptMatcher:
    """The matcher over `criteria/concepts.yaml`."""
    return ConceptMatcher(load_concepts())


def _compile(pattern: str, concept: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.I)
    except re.error as error:
        raise ContentError(f"concepts.yaml: {concept}: {pattern!r} is not a regular expression ({error})") from error
