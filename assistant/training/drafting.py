"""A first scenario from a playbook: everything that the card knows, and marked places for what only a trainer does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from assistant.domain.drill import Lines, Manner
from assistant.domain.language import language_of
from assistant.domain.playbook import Action, Playbook
from assistant.domain.vocabulary import FACTORS, Factor, Lang, Text
from assistant.errors import ContentError

MOST_NEEDS = 3
MOST_IDEAL = 5
WORDINGS = 4
MEETING: tuple[Factor, ...] = ("resource_integration", "intention_creation", "timely_collaboration")
"""Actions of these factors give the guest something; in this order they become needs."""
FALLBACK: Mapping[Factor, tuple[str, ...]] = {
    "immediate_response": ("move:take_ownership", "move:apologise"),
    "timely_collaboration": ("move:clarifying_question", "move:involve_colleague"),
    "intention_creation": ("move:offer_options",),
    "resource_integration": ("move:offer_remedy",),
}


@dataclass(frozen=True)
class Stock:
    """`corpus/drills/draft.yaml`: what a drafted guest says until it has words of its own."""

    name: Text
    about: Text
    wants: Text
    opening: Lines
    asks: Lines
    glad: Lines
    late: Lines
    done: Lines


def read_stock(values: Mapping[str, Any], place: str) -> Stock:
    """Raises ContentError that names the place."""
    try:
        return TypeAdapter(Stock).validate_python(values)
    except ValidationError as error:
        fault = error.errors()[0]
        raise ContentError(f"{place}: {'.'.join(map(str, fault['loc']))}: {fault['msg']}; mend it") from error


def draft(playbook: Playbook, stock: Stock, today: date, *, incident: str = "", manner: Manner = "cold") -> str:
    """The text of a scenario file. `incident` becomes the briefing in its language; take the names out before."""
    return "\n".join(_Draft(playbook, stock, incident, manner).lines(today)) + "\n"


def scenario_id(playbook: Playbook) -> str:
    """The id of a scenario drafted from a playbook, also the name of its file."""
    sector, _, rest = playbook.id.rpartition(".")
    words = re.sub(r"[^a-z0-9]+", "-", rest.lower()).strip("-") or "draft"
    return f"{re.sub(r'[^a-z_]+', '-', sector.lower()).strip('-') or playbook.sectors[0]}.{words}-drill"


class _Draft:
    def __init__(self, playbook: Playbook, stock: Stock, incident: str, manner: Manner) -> None:
        self._card, self._stock, self._incident, self._manner = playbook, stock, incident, manner
        self._langs: Sequence[Lang] = playbook.langs
        self._urgent = self._first_act() if playbook.hazard != "none" else None
        self._needs = self._chosen()

    def lines(self, today: date) -> Iterator[str]:
        card = self._card
        yield f"# Drafted from the playbook {card.id}. Lines marked with (!) wait for this guest's own words;"
        yield "# `improv drill check FILE` says what is still missing. Then put the file into corpus/drills/scenarios."
        yield f"id: {scenario_id(card)}"
        yield f"version: {_quoted(today.isoformat())}"
        yield f"sector: {card.sectors[0]}"
        yield "difficulty: 2"
        yield f"playbooks: [{_quoted(card.id)}]"
        if card.hazard != "none":
            yield f"hazard: {card.hazard}"
        yield "true_claim: right  # (!) right, partly or wrong"
        yield from self._text("title", card.title)
        yield "persona:  # (!)"
        yield from self._text("  name", self._stock.name)
        yield f"  manner: {self._manner}"
        yield from self._text("  about", self._stock.about)
        yield "# (!) What staff know at the start: place, time, what is at hand."
        yield from self._text("briefing", {lang: self._briefing(lang) for lang in self._langs})
        yield from self._text("wants", self._stock.wants)
        yield "# (!) The guest's first words."
        yield from self._lists("opening", {lang: self._opening(lang) for lang in self._langs})
        yield from self._needs_written()
        yield from self._urgent_written()
        yield from self._facts_wanted()
        yield from self._criteria()
        yield from self._lists("ideal", {lang: self._ideal(lang) for lang in self._langs})

    def _chosen(self) -> tuple[Action, ...]:
        ranked = [action for factor in MEETING for action in self._card.actions if action.factor == factor]
        speaking = [a for a in ranked if all(a.say.get(lang) for lang in self._langs) and a is not self._urgent]
        return tuple((speaking or ranked)[:MOST_NEEDS])

    def _first_act(self) -> Action | None:
        return min(self._card.actions, key=lambda action: action.within_s, default=None)

    def _briefing(self, lang: Lang) -> str:
        if self._incident and language_of(self._incident) == lang:
            return self._incident
        return next(iter(self._card.signals.get(lang, ())), self._card.title[lang])

    def _opening(self, lang: Lang) -> list[str]:
        return [line.replace("{title}", self._card.title[lang].rstrip("。.")) for line in self._stock.opening[lang]]

    def _wordings(self, action: Action, lang: Lang) -> list[str]:
        """What staff may say that meets it: the card's own sentences, then options that serve the same needs."""
        options = [o.text.get(lang, "") for o in self._card.options if not action.needs or {*o.needs} & {*action.needs}]
        others = [a.text.get(lang, "") for a in self._card.actions if a is not action and {*a.needs} & {*action.needs}]
        said = [action.say.get(lang, ""), action.text.get(lang, ""), *options, *others]
        return list(dict.fromkeys(filter(None, said)))[:WORDINGS]

    def _needs_written(self) -> Iterator[str]:
        if not self._needs:
            yield "needs: []  # (!) what must be met before the guest agrees"
            return
        yield "needs:"
        for number, action in enumerate(self._needs):
            yield f"  - id: {_own(action)}"
            yield from self._text("    text", action.text, "  # (!) what the guest gets by it")
            met = {lang: self._wordings(action, lang) for lang in self._langs}
            yield from self._lists("    met_by", met)
            yield "    # (!) How the guest brings it up."
            yield from self._lists("    asks", {lang: _share(self._stock.asks[lang], number) for lang in self._langs})
            yield from self._lists("    glad", {lang: _share(self._stock.glad[lang], number) for lang in self._langs})

    def _urgent_written(self) -> Iterator[str]:
        act = self._urgent
        if act is None:
            return
        yield "urgent:"
        yield f"  - id: {_own(act)}"
        yield "    within: 2"
        yield from self._text("    text", act.text)
        yield from self._lists("    said", {lang: self._wordings(act, lang) for lang in self._langs})
        yield from self._lists("    late", self._stock.late)
        yield from self._lists("    done", self._stock.done)

    def _facts_wanted(self) -> Iterator[str]:
        yield "# (!) What the guest tells only when asked. Give one, and let a need wait for it with `after: ID`:"
        yield "# facts:"
        yield "#   - {id: …, text: {…}, asked_by: {…: [three questions]}, tells: {…: [the answer]}}"
        if self._card.avoid:
            yield "# (!) What hardens this guest. The playbook warns of:"
            for avoid in self._card.avoid:
                yield f"#   {next(iter(avoid.text.values()))}"

    def _criteria(self) -> Iterator[str]:
        yield "criteria:"
        for factor in FACTORS:
            action = next((a for a in self._card.actions if a.factor == factor), None)
            if action is None:
                continue
            kept = [f"need:{_own(a)}" for a in self._needs if a.factor == factor]
            urgent = [f"urgent:{_own(action)}"] if action is self._urgent else []
            yield f"  - factor: {factor}"
            yield from self._text("    text", action.text)
            yield f"    met_by: [{', '.join(urgent or kept or FALLBACK[factor])}]"

    def _ideal(self, lang: Lang) -> list[str]:
        said = [action.say[lang] for action in self._card.actions if action.say.get(lang)]
        told = [action.text[lang] for action in self._card.actions if action.text.get(lang)]
        return list(dict.fromkeys([*said, *told]))[: max(3, min(MOST_IDEAL, len(said)))]

    def _text(self, key: str, text: Text, mark: str = "") -> Iterator[str]:
        yield f"{key}:{mark}"
        indent = " " * (len(key) - len(key.lstrip()) + 2)
        yield from (f"{indent}{lang}: {_quoted(text[lang])}" for lang in self._langs if lang in text)

    def _lists(self, key: str, lists: Mapping[Lang, Sequence[str]]) -> Iterator[str]:
        yield f"{key}:"
        indent = " " * (len(key) - len(key.lstrip()) + 2)
        for lang in self._langs:
            yield f"{indent}{lang}:"
            yield from (f"{indent}  - {_quoted(line)}" for line in lists[lang])


def _own(action: Action) -> str:
    return action.id.rpartition("/")[2]


def _share(lines: Sequence[str], number: int) -> list[str]:
    """The part of a stock that falls to one of the needs, so that no line is said twice."""
    return list(lines[number::MOST_NEEDS])


def _quoted(text: str) -> str:
    """JSON strings are YAML, whatever the text holds."""
    return json.dumps(text, ensure_ascii=False)
