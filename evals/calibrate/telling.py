"""How two matters are told in one breath."""

from __future__ import annotations

from assistant.domain.vocabulary import Lang


def joined(first: str, second: str, lang: Lang) -> str:
    """Both texts as one, with a full stop between them where the first has none."""
    stop = "" if first[-1] in ".!?。！？" else {"en": ".", "zh": "。"}[lang]
    return f"{first}{stop} {second}" if lang == "en" else f"{first}{stop}{second}"
