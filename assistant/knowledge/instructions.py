"""Single sentences: whether one tells staff to do something, what it forbids, and what it says besides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.domain.vocabulary import Authority, Lang
from assistant.knowledge.deadlines import deadline_in
from assistant.knowledge.grammar import GRAMMARS, Grammar
from assistant.knowledge.roles import authority_in, owner_in
from assistant.knowledge.sentences import QUOTED
from assistant.knowledge.text import strip_marker

HIDDEN = "□"
"""Stands for each character of a quote, so that words said to a guest are not read as orders to staff."""

SHORTEST_SPEECH = 4
"""Characters; less between quotes is a term, not something to say."""

INTRODUCTION = re.compile(
    r"\b(?:as follows|the following(?: steps?| procedure)?)\W*$"
    r"|(?:如下|以下(?:步骤|规定|方法|流程)?(?:处理|执行|办理|操作)?)\W*$",
    re.I,
)
"""Announces the steps that come, and is none itself."""
NO_STATEMENT = re.compile(r"[?？:：][\s”\"’)）]*$")
"""Ends a question, or what only introduces a list."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands.

    `step`: in a list under a procedure; `forbidden`: in a list of things not to do; `beside`: what the rest
    of its table row says.
    """

    step: bool = False
    forbidden: bool = False
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Instruction:
    """One thing to do, or with `negative` not to do. `text` stands word for word in the sentence."""

    text: str
    negative: bool = False
    say: str = ""
    owner: str = "self"
    authority: Authority = "self"
    within_s: int | None = None


def instruction_in(sentence: str, lang: Lang, place: Place) -> Instruction | None:
    """What the sentence tells staff to do, or None where it tells them nothing."""
    text = strip_marker(sentence).strip()
    hidden = _without_quotes(text)
    main = _main_clause(hidden, GRAMMARS[lang])
    negative = _is_negative(main, GRAMMARS[lang], place)
    if negative is None or NO_STATEMENT.search(hidden) or INTRODUCTION.search(hidden):
        return None
    if negative:
        return Instruction(text, negative=True)
    said = speech_in(text, lang)
    return Instruction(
        text=_without_speech(text, said, lang, place),
        say=said,
        owner=owner_in(main, lang),
        authority=authority_in(hidden, lang),
        within_s=deadline_in(f"{main}\n{place.beside}"),
    )


def speech_in(sentence: str, lang: Lang) -> str:
    """The words that the sentence gives to be said aloud, without their quotation marks, or nothing."""
    for match in QUOTED.finditer(sentence):
        words = match[0][1:-1].strip()
        before = strip_marker(sentence[: match.start()]).strip()
        if len(words) >= SHORTEST_SPEECH and (not before or GRAMMARS[lang].speaks.search(before)):
            return words
    return ""


def is_only_speech(sentence: str, lang: Lang) -> bool:
    """Whether the sentence is nothing but words to be said, with a label at most (`Say:`)."""
    text = strip_marker(sentence).strip()
    if not speech_in(text, lang):
        return False
    hidden = _without_quotes(text)
    before, after = hidden[: hidden.index(HIDDEN)], hidden[hidden.rindex(HIDDEN) + 1 :]
    return not after.strip(" .。!！") and GRAMMARS[lang].labels_speech.fullmatch(before.strip()) is not None


def condition_in(sentence: str, lang: Lang) -> str:
    """The situation that the sentence speaks of (`If a guest …,` gives `a guest …`), or nothing."""
    match = GRAMMARS[lang].condition.match(strip_marker(sentence).strip())
    return next(filter(None, match.groups())).strip(" .。;；") if match else ""


def states_aim(sentence: str, lang: Lang) -> bool:
    """Whether the sentence says what all this is for."""
    return GRAMMARS[lang].aims.search(_without_quotes(sentence)) is not None


def _without_quotes(text: str) -> str:
    return QUOTED.sub(lambda match: HIDDEN * len(match[0]), text)


def _main_clause(text: str, grammar: Grammar) -> str:
    """The text from the first clause on that gives an order, where only subordinate ones stand before it."""
    for start, clause in _clauses(text, grammar):
        if grammar.opens.match(clause) or grammar.forbids.match(clause):
            return text[start:]
        if not grammar.subordinate.fullmatch(clause):
            # A comma within a condition: the order may still open a later clause.
            return text[start:] if start == 0 or grammar.directs.search(clause) else _later_order(text, start, grammar)
    return text


def _later_order(text: str, start: int, grammar: Grammar) -> str:
    later = (place for place, clause in _clauses(text, grammar) if place > start and grammar.opens.match(clause))
    return text[next(later, start) :]


def _clauses(text: str, grammar: Grammar) -> Iterator[tuple[int, str]]:
    start = 0
    for match in grammar.clause_end.finditer(text):
        yield start, text[start : match.start()]
        start = match.end()
    yield start, text[start:]


def _is_negative(main: str, grammar: Grammar, place: Place) -> bool | None:
    """True where the main clause forbids, False where it orders, None where it does neither."""
    opening = grammar.opens.match(main)
    if opening is None and grammar.no_order.match(main):
        return None
    if place.forbidden:
        return True
    ban = grammar.forbids.search(main)
    order = opening or grammar.directs.search(main.rstrip(" .。；;!！"))
    if ban and (order is None or ban.start() <= order.start() or order.end() > ban.start()):
        return True
    if order or (place.step and not grammar.no_step.match(main)):
        return False
    return None


def _without_speech(text: str, said: str, lang: Lang, place: Place) -> str:
    """`Apologise and say: “…”` gives `Apologise`, where what is left is still an order; else the whole text."""
    if not said:
        return text
    start = text.index(said) - 1
    if text[start + len(said) + 2 :].strip(" .。!！"):
        return text
    left = GRAMMARS[lang].before_speech.sub("", text[:start]).rstrip(" ,，:：")
    still = instruction_in(left, lang, replace(place, step=False)) if left else None
    return left if still and not still.negative else text
