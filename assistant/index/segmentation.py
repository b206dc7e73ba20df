"""Text into search terms, Chinese and English alike."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[0-9a-z]+|[\u3400-\u9fff\uf900-\ufaff]+")
CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
ENGLISH_ENDINGS = re.compile(r"(?<=[a-z]{3})(?:ings?|edly|ed|es|s|ly)$")


def terms(text: str) -> list[str]:
    """Lower-cased search terms: stemmed Latin words, and Chinese words with the words inside them.

    Chinese is cut with jieba's search mode (the Rust port: it needs no second to load its
    dictionary), because splitting on spaces finds nothing in a language that has none.
    """
    import rjieba

    found: list[str] = []
    for match in WORD.finditer(unicodedata.normalize("NFKC", text).casefold()):
        piece = match[0]
        if CJK.match(piece):
            found += rjieba.cut_for_search(piece)
        else:
            found.append(_stemmed(piece))
    return found


@lru_cache(maxsize=20_000)
def _stemmed(word: str) -> str:
    return ENGLISH_ENDINGS.sub("", word)
