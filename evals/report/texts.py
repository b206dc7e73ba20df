"""The words of the reports, from `texts.yaml`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import cast

import yaml

from assistant.domain.vocabulary import Lang, Text

FILE = Path(__file__).with_name("texts.yaml")


@lru_cache(maxsize=1)
def texts() -> dict[str, Text]:
    """Every text by its key, as `part.name`."""
    read = yaml.load(FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return {f"{part}.{name}": cast(Text, text) for part, named in read.items() for name, text in named.items()}


def say(key: str, lang: Lang, /, **values: object) -> str:
    """A text with its blanks filled in. Raises KeyError for an unknown key or a blank without a value."""
    return texts()[key][lang].format(**values)
