"""The playbooks as a plain handbook, cut into chunks: what systems without structure search in.

Titles and steps, as a company's own manual has them. Signals are a part of the product; what they are worth to a plain
system that may read them too is a system of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from langchain_text_splitters import RecursiveCharacterTextSplitter

from assistant.domain.playbook import Playbook
from assistant.domain.vocabulary import LANGS, Lang
from evals.answer import Answer, AnsweredAction, Citation

CHUNK: Mapping[Lang, int] = {"en": 240, "zh": 80}
"""Characters: one action with its sentence to say, so that eight chunks are as long as eight actions."""
MOST = 8


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of one playbook in one language."""

    playbook: str
    lang: Lang
    text: str


def chunks_of(playbooks: tuple[Playbook, ...]) -> list[Chunk]:
    """Every playbook as text, in each of its languages, cut by LangChain's splitter."""
    return [
        Chunk(playbook.id, lang, piece)
        for playbook, lang in _told(playbooks)
        for piece in _splitter(lang).split_text("\n".join(_lines(playbook, lang)))
    ]


def _told(playbooks: tuple[Playbook, ...]) -> Iterator[tuple[Playbook, Lang]]:
    yield from ((playbook, lang) for lang in LANGS for playbook in playbooks if lang in playbook.langs)


def signals_of(playbooks: tuple[Playbook, ...]) -> list[Chunk]:
    """Every title and signal as a piece by itself, in each of its languages."""
    return [
        Chunk(playbook.id, lang, text)
        for playbook, lang in _told(playbooks)
        for text in (playbook.title[lang], *playbook.signals.get(lang, ()))
    ]


def steps_of(playbook: Playbook, lang: Lang) -> list[Chunk]:
    """The actions and options of a playbook in their order, in `lang` or the language that it has."""
    told = lang if lang in playbook.langs else playbook.langs[0]
    return [Chunk(playbook.id, told, line) for line in list(_lines(playbook, told))[1:] if line]


def _splitter(lang: Lang) -> RecursiveCharacterTextSplitter:
    ends = ["\n", "。", ". ", " ", ""]
    return RecursiveCharacterTextSplitter(chunk_size=CHUNK[lang], chunk_overlap=0, separators=ends)


def answer_from(chunks: list[Chunk], seconds: float, playbooks: tuple[str, ...] = ()) -> Answer:
    """The best chunks as lines of advice, each its own source; `playbooks` as they rank, else as the chunks do."""
    return Answer(
        actions=tuple(AnsweredAction(chunk.text, sources=(f"s{i}",)) for i, chunk in enumerate(chunks)),
        playbooks=playbooks or tuple(dict.fromkeys(chunk.playbook for chunk in chunks)),
        sources=tuple(Citation(f"s{i}", chunk.playbook, "", chunk.text) for i, chunk in enumerate(chunks)),
        seconds=seconds,
    )


def handbook_text(playbook: Playbook) -> str:
    """All of a playbook's text as `chunks_of` cuts it."""
    return "\n".join(line for lang in playbook.langs for line in _lines(playbook, lang))


def _lines(playbook: Playbook, lang: Lang) -> Iterator[str]:
    yield playbook.title[lang]
    for action in playbook.actions:
        yield f"{action.text.get(lang, '')} {action.say.get(lang, '')}".strip()
    yield from (option.text.get(lang, "") for option in playbook.options)
