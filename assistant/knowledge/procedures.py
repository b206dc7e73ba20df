"""The procedures that a document holds: what each is about, when it applies, what it orders and forbids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from assistant.domain.language import language_of
from assistant.domain.vocabulary import Lang
from assistant.knowledge.blocks import CELL_BREAK, Block, Section
from assistant.knowledge.grammar import GRAMMARS, Grammar
from assistant.knowledge.instructions import (
    Instruction,
    Place,
    condition_in,
    instruction_in,
    is_only_speech,
    speech_in,
    states_aim,
)
from assistant.knowledge.sentences import sentences
from assistant.knowledge.text import columns, strip_marker

ENOUGH = 8
"""A text without headings is cut into procedures of so many orders."""

ORDERING_SHARE = 1 / 3
"""Of the sentences of a procedure at least so many order or forbid something."""

NUMBERING = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+[章节条篇编]|\d{1,2}(?:\.\d{1,2})*[.．、]?)(?=\s|[\u4e00-\u9fff])\s*"
)
LABEL = re.compile(r"[^\s\u4e00-\u9fff]*|.{1,3}")
"""A cell of one English word or of three characters names its column or a value; it orders nothing."""

SHORTEST_CONDITION, LONGEST_CONDITION = 6, 160
"""Columns of a text by which a situation can be recognised."""


@dataclass(frozen=True, slots=True)
class Found:
    """An instruction and the headings that it stands under."""

    instruction: Instruction
    headings: tuple[str, ...]


@dataclass(slots=True)
class Procedure:
    """One part of a document. `topic` is its heading path without numbers and without `Procedure` and the like.

    `read` counts the sentences in which an order could have stood.
    """

    topic: tuple[str, ...]
    lang: Lang
    orders: list[Found] = field(default_factory=list)
    bans: list[Found] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    aim: str = ""
    read: int = 0

    @property
    def is_one(self) -> bool:
        """Whether this is a procedure, and not a story or a rule with an order somewhere in it."""
        return bool(self.orders) and len(self.orders) + len(self.bans) >= ORDERING_SHARE * self.read


def procedures_in(sections: Sequence[Section]) -> Iterator[Procedure]:
    """The procedures in order; parts that mostly tell and hardly order are left out."""
    has_headings = any(section.headings for section in sections)
    for (topic, lang), parts in groupby(sections, _subject):
        collector = _Collector(Procedure(topic, lang), enough=None if has_headings else ENOUGH)
        for part in parts:
            collector.take(part)
        yield from (procedure for procedure in collector.procedures if procedure.is_one)


def topic_of(headings: Sequence[str]) -> tuple[str, ...]:
    """The headings that name a subject, without their numbers."""
    plain = [_unnumbered(heading) for heading in headings]
    return tuple(heading for heading in plain if not names_a_part(heading))


def names_a_part(heading: str) -> bool:
    """Whether the heading names a part of a procedure or the columns of a table, and not a subject."""
    plain = heading.strip(" :：【】")
    return CELL_BREAK in heading or any(grammar.topicless.fullmatch(plain) for grammar in GRAMMARS.values())


def _subject(section: Section) -> tuple[tuple[str, ...], Lang]:
    return topic_of(section.headings), language_of(section.text)


def _unnumbered(heading: str) -> str:
    return NUMBERING.sub("", strip_marker(heading), count=1) or heading


class _Collector:
    """Reads the sections of one topic, sentence by sentence."""

    def __init__(self, first: Procedure, enough: int | None) -> None:
        self.procedures = [first]
        self._lang = first.lang
        self._grammar: Grammar = GRAMMARS[first.lang]
        self._enough = enough
        self._speaker: Block | None = None

    @property
    def _current(self) -> Procedure:
        return self.procedures[-1]

    def take(self, section: Section) -> None:
        """Read one section."""
        heading = _unnumbered(section.headings[-1]) if section.headings else ""
        silent = self._grammar.silent.search(heading)
        self._speaker = None
        for block in section.blocks:
            for place, sentence in _placed(block, heading, self._grammar):
                self._take_condition(sentence, bool(heading and self._grammar.applies.search(heading)))
                if silent or not self._take_sentence(sentence, place, block):
                    self._take_aim(sentence)

    def _take_condition(self, sentence: str, applies: bool) -> None:
        plain = strip_marker(sentence)
        condition = condition_in(sentence, self._lang) or (plain if applies else "")
        if SHORTEST_CONDITION <= columns(condition) <= LONGEST_CONDITION:
            self._current.conditions.append(condition)

    def _take_aim(self, sentence: str) -> None:
        if not self._current.aim and states_aim(sentence, self._lang):
            self._current.aim = strip_marker(sentence)

    def _take_sentence(self, sentence: str, place: Place, block: Block) -> bool:
        """Keep the sentence where it is an instruction or belongs to one, and tell whether it was."""
        self._current.read += 1
        if not place.forbidden and self._is_said_with_last(sentence, block):
            last = self._current.orders[-1]
            said = replace(last.instruction, say=speech_in(sentence, self._lang))
            self._current.orders[-1] = replace(last, instruction=said)
            self._current.read -= 1
        elif instruction := instruction_in(sentence, self._lang, place):
            self._keep(Found(instruction, block.headings), block)
        else:
            return False
        return True

    def _is_said_with_last(self, sentence: str, block: Block) -> bool:
        """Whether the sentence gives the words for the order before it, rather than being a step of its own."""
        if self._speaker is None or self._current.orders[-1].instruction.say:
            return False
        return (block is self._speaker or block.kind != "item") and is_only_speech(sentence, self._lang)

    def _keep(self, found: Found, block: Block) -> None:
        if found.instruction.negative:
            self._current.bans.append(found)
            return
        if len(self._current.orders) == self._enough:
            self.procedures.append(Procedure(self._current.topic, self._lang))
        self._current.orders.append(found)
        self._speaker = block


def _placed(block: Block, heading: str, grammar: Grammar) -> Iterator[tuple[Place, str]]:
    """Each sentence of a block, or each cell's sentences, with what its place says about it."""
    forbidden = bool(grammar.forbidding.search(heading)) and block.kind == "item"
    step = block.kind == "item" and bool(grammar.procedural.search(heading))
    if block.kind == "detail":
        return
    if block.kind == "row":
        for cell in block.text.split(CELL_BREAK):
            if not LABEL.fullmatch(cell):
                yield from ((Place(beside=block.text), sentence) for sentence in sentences(cell))
        return
    for number, sentence in enumerate(sentences(block.text)):
        yield Place(step and number == 0, forbidden and number == 0), sentence
