"""The limits that no advice may cross, and the check that holds them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.domain.vocabulary import LANGS, Lang, Text
from assistant.errors import ContentError
from assistant.knowledge.corpus import Corpus

SENTENCE = re.compile(r"[^.!?;。！？；\n]+[.!?;。！？；\n]?")


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit. `forbidden` matches an instruction that would cross it; `crosses` is an example."""

    id: str
    kind: str
    text: Text
    forbidden: Mapping[Lang, tuple[re.Pattern[str], ...]]
    crosses: Text


class Envelope:
    """All limits of the corpus."""

    def __init__(self, limits: Sequence[Limit], negations: Mapping[Lang, Sequence[re.Pattern[str]]]) -> None:
        self.limits = tuple(limits)
        self._negations = negations
        # The same lines are advised again and again; a hundred patterns on each would be felt.
        self.crossed = lru_cache(maxsize=16384)(self._crossed)

    def _crossed(self, text: str, lang: Lang) -> tuple[Limit, ...]:
        """The limits that `text`, written in `lang`, would break. A warning (“do not …”) breaks none."""
        sentences = [match[0] for match in SENTENCE.finditer(text)]
        return tuple(limit for limit in self.limits if any(self._crosses(limit, s, lang) for s in sentences))

    def _crosses(self, limit: Limit, sentence: str, lang: Lang) -> bool:
        return any(
            (match := pattern.search(sentence)) is not None and not self._negated(sentence[: match.start()], lang)
            for pattern in limit.forbidden[lang]
        )

    def _negated(self, before: str, lang: Lang) -> bool:
        return any(pattern.search(before) for pattern in self._negations[lang])


def load_envelope(corpus: Corpus) -> Envelope:
    """Read `policies/envelope.yaml`. Raises ContentError that names the limit and the pattern."""
    read = corpus.load("policies/envelope.yaml")
    limits = [
        Limit(
            id=entry["id"],
            kind=entry["kind"],
            text=entry["text"],
            forbidden={lang: _compile(entry["forbidden"].get(lang, ()), entry["id"]) for lang in LANGS},
            crosses=entry["crosses"],
        )
        for entry in read["limits"]
    ]
    return Envelope(limits, {lang: _compile(read["negations"].get(lang, ()), "negations") for lang in LANGS})


def _compile(patterns: Iterable[str], where: str) -> tuple[re.Pattern[str], ...]:
    try:
        return tuple(re.compile(pattern, re.I) for pattern in patterns)
    except re.error as error:
        raise ContentError(
            f"policies/envelope.yaml: {where}: {error.pattern!r} is not a regular expression ({error}); correct it"
        ) from error
