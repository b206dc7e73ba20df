"""Placeholders for personal data, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.privacy.names import NameFinder
from assistant.privacy.numbers import Span, numbers_in

PLACEHOLDER = re.compile(r"\[(?:NAME|PHONE|CARD|ID|PLATE|EMAIL|ROOM)_\d+\]")


class Mask:
    """One request's placeholders: the same detail has the same one in all its texts. Not shared between threads."""

    def __init__(self, names: NameFinder) -> None:
        self._names = names
        self._of: dict[str, str] = {}
        self._back: dict[str, str] = {}

    def hide(self, text: str) -> str:
        """The text with placeholders. What was hidden in an earlier text is hidden here too, wherever it stands."""
        spans = _apart([*numbers_in(text), *self._names.names_in(text), *self._known(text)])
        for span in reversed(spans):
            text = f"{text[: span.start]}{self._placeholder(text[span.start : span.end], span)}{text[span.end :]}"
        return text

    def reveal(self, text: str) -> str:
        """The text with the details back in. A placeholder that was never given out stays: see `is_whole`."""
        return PLACEHOLDER.sub(lambda match: self._back.get(match[0], match[0]), text)

    @staticmethod
    def is_whole(text: str) -> bool:
        """Whether no placeholder is left in a text that was revealed."""
        return PLACEHOLDER.search(text) is None

    def _placeholder(self, detail: str, span: Span) -> str:
        key = " ".join(detail.split()).casefold()
        if key not in self._of:
            count = sum(1 for known in self._back if known.startswith(f"[{span.kind}_")) + 1
            self._of[key] = f"[{span.kind}_{count}]"
            self._back[self._of[key]] = detail
        return self._of[key]

    def _known(self, text: str) -> Iterable[Span]:
        for placeholder, detail in self._back.items():
            edges = (r"(?<!\w)", r"(?!\w)") if detail.isascii() else ("", "")
            for match in re.finditer(f"{edges[0]}{re.escape(detail)}{edges[1]}", text, re.I):
                kind = placeholder[1:].split("_")[0]
                yield Span(match.start(), match.end(), kind)  # type: ignore[arg-type]


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Without overlaps: of two that do, the longer one, else the surer."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: s.start - s.end):
        if span.end > span.start and all(span.end <= known.start or span.start >= known.end for known in kept):
            kept.append(span)
    return sorted(kept)
