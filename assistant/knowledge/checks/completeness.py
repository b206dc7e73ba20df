"""Is everything there, in both languages, and short enough to act on?"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.domain.vocabulary import LANGS, Lang
from assistant.knowledge.checks.card import Card
from assistant.knowledge.checks.finding import Finding
from assistant.knowledge.checks.said import texts_of

FEWEST_SIGNALS = 6
LONGEST = {"en": 215, "zh": 85}
"""Characters of an action, option or warning."""
GENERAL = "general."
"""Cards of last resort are shown by rule and not found by their signals."""
UNCOUNTED = ("title", "goal")


def missing_and_overlong(card: Card) -> Iterator[Finding]:
    """Languages, signals and texts that are missing, and texts that nobody reads on a phone."""
    for lang in LANGS:
        if lang not in card.playbook.langs:
            text = f"there is no title in {lang}; staff who ask in {lang} get the other language"
            yield card.warning("languages", text, "title:")
            continue
        yield from _signals(card, lang)
        yield from _texts(card, lang)


def _signals(card: Card, lang: Lang) -> Iterator[Finding]:
    count = len(card.playbook.signals.get(lang, ()))
    if card.playbook.id.startswith(GENERAL):
        return
    if not count:
        yield card.warning("signals", f"there are no signals in {lang}; add at least {FEWEST_SIGNALS}", "signals:")
    elif count < FEWEST_SIGNALS:
        text = f"fewer than {FEWEST_SIGNALS} signals in {lang}; more make the card easier to find"
        yield card.warning("signals", text, "signals:", f"{lang}:")


def _texts(card: Card, lang: Lang) -> Iterator[Finding]:
    for said in texts_of(card):
        text = said.text.get(lang)
        if text is None:
            yield card.warning("languages", f"{said.name}: there is no {lang} text; add it", said.heading)
        elif len(text) > LONGEST[lang] and said.name not in UNCOUNTED and not said.name.endswith(".say"):
            fault = f"{said.name}: {len(text)} characters in {lang}; keep it under {LONGEST[lang]}"
            yield card.warning("length", fault, *said.marks(lang))
