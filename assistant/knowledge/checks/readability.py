"""Can it be read at a glance? English by a school grade, Chinese by characters a sentence.

The grade is the Automated Readability Index (Smith and Senter, *Automated Readability Index*,
AMRL-TR-66-220, 1967). It counts letters and words, so that it needs no list of syllables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.domain.vocabulary import LANGS, Lang
from assistant.knowledge.checks.card import Card
from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.checks.said import Said, texts_of

HIGHEST_GRADE = 8.0
"""School years. Earned, as all bounds here: evals/DECISIONS.md, “Checking the corpus”."""
LONGEST_ON_AVERAGE = 26.0
"""Chinese characters a sentence, over the whole card."""
LONGEST_SENTENCE = {"en": 36, "zh": 48}
"""Words in English, characters in Chinese."""
WORD = re.compile(r"[A-Za-z0-9]+(?:['’-][A-Za-z0-9]+)*")
HAN = re.compile(r"[\u3400-\u9fff]")
ENDS = {"en": re.compile(r"(?<=[.!?;])[”\"’')]*\s+"), "zh": re.compile(r"[。！？；!?;]+")}


def hard_to_read(card: Card) -> Iterator[Finding]:
    """Cards above the grade or the mean length, and single sentences that are too long."""
    said = list(texts_of(card))
    english, chinese = ([text.text[lang] for text in said if lang in text.text] for lang in ("en", "zh"))
    if english and (grade := school_grade(english)) > HIGHEST_GRADE:
        fault = f"the English reads like school year {grade:.1f}; aim at {HIGHEST_GRADE:.0f}"
        yield card.warning("readability", f"{fault}: shorter sentences, everyday words", "title:")
    if chinese and (mean := mean_sentence(chinese)) > LONGEST_ON_AVERAGE:
        fault = f"the Chinese has {mean:.0f} characters a sentence; aim at {LONGEST_ON_AVERAGE:.0f}"
        yield card.warning("readability", f"{fault}: one step a sentence", "title:", "zh:")
    for text in said:
        yield from _long_sentences(card, text)


def school_grade(texts: Sequence[str]) -> float:
    """The Automated Readability Index of English texts, in school years of the United States."""
    words = [word for text in texts for word in WORD.findall(text)]
    letters = sum(character.isalnum() for word in words for character in word)
    count = sum(len(sentences(text, "en")) for text in texts)
    if not words or not count:
        return 0.0
    grade: float = 4.71 * letters / len(words) + 0.5 * len(words) / count - 21.43
    return grade


def mean_sentence(texts: Sequence[str]) -> float:
    """Chinese characters a sentence."""
    lengths = [size(sentence, "zh") for text in texts for sentence in sentences(text, "zh")]
    return sum(lengths) / len(lengths) if lengths else 0.0


def sentences(text: str, lang: Lang) -> list[str]:
    """The sentences of a text that say anything; a semicolon ends one."""
    return [sentence for sentence in ENDS[lang].split(text) if size(sentence, lang)]


def size(sentence: str, lang: Lang) -> int:
    """Words in English, characters in Chinese."""
    return len((WORD if lang == "en" else HAN).findall(sentence))


def _long_sentences(card: Card, said: Said) -> Iterator[Finding]:
    for lang in LANGS:
        longest = max((size(sentence, lang) for sentence in sentences(said.text.get(lang, ""), lang)), default=0)
        if longest > LONGEST_SENTENCE[lang]:
            unit = "words" if lang == "en" else "characters"
            fault = f"{said.name}: a sentence of {longest} {unit} in {lang}; split it below {LONGEST_SENTENCE[lang]}"
            yield card.warning("readability", fault, *said.marks(lang))
