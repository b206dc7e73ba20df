"""What is asked and ingested: incident texts of the retrieval cases, and passages made of them."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import yaml

from assistant.domain.language import language_of
from assistant.domain.vocabulary import LANGS, Lang

CASES = Path(__file__).resolve().parents[1] / "cases" / "retrieval.yaml"
PASSAGE_CHARACTERS: dict[Lang, int] = {"zh": 150, "en": 420}
"""About 100 tokens of the bundled encoder."""
PASSAGES_A_FILE = 5


def incident_texts(count: int) -> list[str]:
    """Distinct incidents that playbooks cover, half of them Chinese, spread over all kinds of incident."""
    cases: list[dict[str, Any]] = yaml.load(CASES.read_text(encoding="utf-8"), yaml.CSafeLoader)["cases"]
    chosen = []
    for lang in LANGS:
        texts = [case["text"] for case in cases if case["lang"] == lang and case["relevant"]]
        chosen.append([texts[i * len(texts) // (count // 2)] for i in range(count // 2)])
    return list(itertools.chain.from_iterable(zip(*chosen, strict=True)))


class EndlessIncidents:
    """Incidents that never repeat, for many clients at once: a running number keeps every text out of the cache."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._numbered = enumerate(itertools.cycle(texts), 1)
        self._lock = Lock()

    def __next__(self) -> str:
        with self._lock:
            number, text = next(self._numbered)
        return f"#{number} {text}"


def write_folders(root: Path, folders: int, passages: int) -> list[Path]:
    """Folders of Markdown files with `passages` sections each, Chinese and English in turn."""
    texts = {lang: _sections(lang) for lang in LANGS}
    written = []
    for number in range(folders):
        folder = root / f"part-{number}"
        folder.mkdir(parents=True)
        for file in range(passages // PASSAGES_A_FILE):
            lang = LANGS[file % 2]
            sections = itertools.islice(texts[lang], PASSAGES_A_FILE)
            text = "\n\n".join(f"## {number}.{file}.{i}\n\n{section}" for i, section in enumerate(sections))
            (folder / f"{lang}-{file}.md").write_text(f"# {number}.{file}\n\n{text}\n", encoding="utf-8")
        written.append(folder)
    return written


def _sections(lang: Lang) -> Iterator[str]:
    """Texts of about 100 tokens, each another mixture of sentences."""
    dice = random.Random(lang)
    sentences = [text for text in incident_texts(400) if language_of(text) == lang]
    end = "。" if lang == "zh" else ". "
    while True:
        section = ""
        while len(section) < PASSAGE_CHARACTERS[lang] - 20:
            section += dice.choice(sentences) + end
        yield section[: PASSAGE_CHARACTERS[lang]]
