"""Names of people, in English and Chinese, by title, by introduction and by form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.domain.playbook import Playbook
from assistant.domain.vocabulary import Lang
from assistant.knowledge.corpus import Corpus
from assistant.privacy.numbers import Span

WORD = r"[A-Z][a-z'’À-ɏ]+(?:-[A-Z][a-z]+)?"
CAPITALISED = re.compile(rf"\b{WORD}(?:\s+{WORD}){{0,2}}")
HAN = r"[\u4e00-\u9fff]"
GIVEN = rf"(?:(?![在和的是了与跟请找说把给对让被住去来到]){HAN})"
"""A character of a given name."""


class NameFinder:
    """Finds names by the words of `policies/personal_data.yaml`; `ordinary` are words that are no names."""

    def __init__(self, words: Mapping[str, Any], ordinary: frozenset[str]) -> None:
        """`ordinary` holds English words in small letters, and Chinese ones that are not to be taken for names."""
        self._small = ordinary | frozenset(words["small_words"])
        self._ordinary = ordinary | {word.casefold() for word in (*words["capitalised"], *words["titles"]["en"])}
        self._surnames = frozenset(words["surnames"]) | frozenset(words["surnames_of_two"])
        surname = f"(?:{_any(words['surnames_of_two'])}|[{words['surnames'].strip()}])"
        titles = {lang: _any(entries) for lang, entries in words["titles"].items()}
        introduced = {lang: _any(entries) for lang, entries in words["introduced"].items()}
        self._titled = (
            re.compile(rf"\b(?:{titles['en']})\b\.?\s+(?P<what>[A-Za-zÀ-ɏ'’-]{{2,}}(?-i:\s+{WORD})?)", re.I),
            re.compile(rf"(?P<what>{surname}{GIVEN}{{0,2}}?)(?={titles['zh']})"),
            re.compile(rf"(?P<what>老{surname})(?!{HAN}?(?:时|于))"),
            re.compile(rf"\b(?:{introduced['en']})\s+(?P<what>(?-i:{WORD}(?:\s+{WORD}){{0,2}}))", re.I),
            re.compile(rf"(?:{introduced['zh']})\s*(?P<what>{surname}{GIVEN}{{1,2}}|{WORD}(?:\s+{WORD})?)"),
        )

    def names_in(self, text: str) -> Iterator[Span]:
        """Every name; spans may overlap."""
        yield from self._by_context(text)
        yield from self._capitalised(text)
        yield from self._chinese(text)

    def named(self, text: str) -> list[str]:
        """The names that are surely meant as such, without titles and endings: to compare two texts by."""
        spans = list(self._by_context(text))
        starts = {match.end() for match in re.finditer(r"(?:^|[.!?:;]\s+)[\"“'‘(]*", text)}
        spans += [
            span for span in self._capitalised(text) if span.start not in starts or " " in text[span.start : span.end]
        ]
        spans += [span for span in self._chinese(text) if span.end - span.start > 2]
        return [re.sub("['’]s?$", "", text[span.start : span.end]) for span in spans]

    def _by_context(self, text: str) -> Iterator[Span]:
        for pattern in self._titled:
            for match in pattern.finditer(text):
                if match["what"].casefold() not in self._ordinary:
                    yield Span(match.start("what"), match.end("what"), "NAME")
        for match in re.finditer(rf"小{HAN}", text):
            if match[0] not in self._small:
                yield Span(match.start(), match.end(), "NAME")

    def _capitalised(self, text: str) -> Iterator[Span]:
        """Words with a capital letter that are no ordinary words; the run of them is one name."""
        for match in CAPITALISED.finditer(text):
            start = match.start()
            for word in re.finditer(r"\S+", match[0]):
                if re.split("['’]", word[0])[0].casefold() in self._ordinary:
                    if match.start() + word.start() > start:
                        yield Span(start, match.start() + word.start() - 1, "NAME")
                    start = match.start() + word.end() + 1
            if start < match.end():
                yield Span(start, match.end(), "NAME")

    def _chinese(self, text: str) -> Iterator[Span]:
        """Words that the segmenter takes for a person's name and that begin with a family name."""
        import rjieba

        place = 0
        for word, kind in rjieba.tag(text):
            start = text.find(word, place)
            if start < 0:
                continue
            place = start + len(word)
            family = word[:2] if word[:2] in self._surnames else word[:1]
            if (
                kind == "nr"
                and word not in self._small
                and 2 <= len(word) <= 4
                and family in self._surnames
                and len(word) > len(family)
            ):
                yield Span(start, place, "NAME")


def load_names(corpus: Corpus) -> NameFinder:
    """The finder for a corpus: a word that its playbooks write in small letters is ordinary."""
    import rjieba

    words, playbooks = corpus.load("policies/personal_data.yaml"), corpus.playbooks()
    ordinary = {word for p in playbooks for word in re.findall(r"\b[a-z]{2,}\b", _texts(p, "en"))}
    for playbook in playbooks:
        chinese = _texts(playbook, "zh")
        # One sign alone is a family name in front of a title, whatever it is elsewhere.
        ordinary |= {word for word, kind in rjieba.tag(chinese) if kind == "nr" and len(word) > 1 and word[0] != "小"}
        ordinary |= {word for word in re.findall(rf"小{HAN}", chinese) if word[1] not in words["surnames"]}
    return NameFinder(words, frozenset(ordinary))


def _texts(playbook: Playbook, lang: Lang) -> str:
    """All that a card says in one language."""
    parts = [playbook.title, playbook.goal, *(a.text for a in playbook.actions), *(a.say for a in playbook.actions)]
    parts += [*(o.text for o in playbook.options), *(a.text for a in playbook.avoid)]
    return " ".join([*(part.get(lang, "") for part in parts), *playbook.signals.get(lang, ())])


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
