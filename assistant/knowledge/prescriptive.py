"""A company's own procedures as cards that advice can use: the sentences that tell staff what to do.

Nothing is reworded: every action and every prohibition stands word for word in a passage of the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from assistant.domain.document import Document
from assistant.domain.playbook import Action, Avoid, Playbook
from assistant.domain.vocabulary import Factor
from assistant.knowledge.blocks import Section
from assistant.knowledge.instructions import Instruction
from assistant.knowledge.procedures import Found, Procedure, procedures_in
from assistant.knowledge.splitting import heading_of

MOST_ACTIONS = 8
MOST_SIGNALS = 8
STEP_S = 120
"""Seconds from one step to the next where the document gives no time."""

FactorsOf = Callable[[Sequence[str]], Sequence[Factor]]
"""Tells for each text which factor it serves, in the same order."""


@dataclass(frozen=True, slots=True)
class _Cited:
    """An instruction with the locator of the passage that it stands in."""

    instruction: Instruction
    locator: str


@dataclass(frozen=True, slots=True)
class _Draft:
    """A procedure of which every instruction can be cited."""

    procedure: Procedure
    orders: tuple[_Cited, ...]
    bans: tuple[_Cited, ...]


def derive_playbooks(document: Document, sections: Sequence[Section], factors_of: FactorsOf) -> tuple[Playbook, ...]:
    """One card for each procedure in `sections` that tells staff to do something; `factors_of` is asked once.

    `sections` are those that the document's passages were cut from.
    """
    drafts = [draft for procedure in procedures_in(sections) if (draft := _draft(document, procedure)).orders]
    if not drafts:
        return ()
    texts = [cited.instruction.text for draft in drafts for cited in draft.orders]
    factors = dict(zip(texts, factors_of(texts), strict=True))
    return tuple(_playbook(document, draft, number, factors) for number, draft in enumerate(drafts, 1))


def _draft(document: Document, procedure: Procedure) -> _Draft:
    orders = tuple(_cited(document, procedure.orders))[:MOST_ACTIONS]
    return _Draft(procedure, orders, tuple(_cited(document, procedure.bans)))


def _cited(document: Document, found: Iterable[Found]) -> Iterator[_Cited]:
    """Those that stand whole in one passage, each once; a sentence too long for a passage cannot be cited."""
    seen: set[str] = set()
    for one in found:
        text = one.instruction.text
        if text not in seen and (locator := _locator(document, text, one.headings)):
            seen.add(text)
            yield _Cited(one.instruction, locator)


def _locator(document: Document, text: str, headings: Sequence[str]) -> str:
    heading = heading_of(document.title, headings)
    passages = (passage for passage in document.passages if passage.heading == heading and text in passage.text)
    return next((passage.locator for passage in passages), "")


def _playbook(document: Document, draft: _Draft, number: int, factors: dict[str, Factor]) -> Playbook:
    procedure, lang = draft.procedure, draft.procedure.lang
    title = procedure.topic[-1] if procedure.topic else document.title
    return Playbook(
        id=f"{document.name}#{number}",
        document=document.name,
        version=document.version,
        title={lang: title},
        goal={lang: procedure.aim or title},
        signals={lang: _signals(document, procedure)},
        actions=tuple(_actions(draft, factors)),
        avoid=tuple(
            Avoid(f"avoid-{place}", {lang: ban.instruction.text}, {lang: ban.locator})
            for place, ban in enumerate(draft.bans, 1)
        ),
    )


def _signals(document: Document, procedure: Procedure) -> tuple[str, ...]:
    names = (heading_of(document.title, procedure.topic), *procedure.topic[-1:])
    return tuple(dict.fromkeys((*names, *procedure.conditions)))[:MOST_SIGNALS]


def _actions(draft: _Draft, factors: dict[str, Factor]) -> Iterator[Action]:
    lang = draft.procedure.lang
    deadlines = _deadlines([order.instruction.within_s for order in draft.orders])
    for place, (order, within_s) in enumerate(zip(draft.orders, deadlines, strict=True), 1):
        told = order.instruction
        yield Action(
            id=f"step-{place}",
            factor=factors[told.text],
            text={lang: told.text},
            say={lang: told.say} if told.say else {},
            owner=told.owner,
            authority=told.authority,
            within_s=within_s,
            locator={lang: order.locator},
        )


def _deadlines(stated: Sequence[int | None]) -> list[int]:
    """Seconds for each step; one without a time of its own stays before the next that has one."""
    spaced = count(STEP_S, STEP_S)
    deadlines = [next(spaced) if within_s is None else within_s for within_s in stated]
    for place in range(len(stated) - 2, -1, -1):
        if stated[place] is None:
            deadlines[place] = min(deadlines[place], max(0, deadlines[place + 1] - 1))
    return deadlines
