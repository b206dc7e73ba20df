"""Playbook files into `Playbook`: Markdown that a service manager writes, checked line by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, cast

from pydantic import BaseModel, ValidationError

from assistant.domain.playbook import Action, Avoid, Option, Playbook
from assistant.domain.vocabulary import FACTORS, LANGS, Factor, Lang, Text
from assistant.errors import InvalidPlaybook
from assistant.knowledge.front_matter import split_front_matter
from assistant.knowledge.playbook_schema import ActionEntry, AvoidEntry, Head, OptionEntry

SECTIONS: Mapping[str, Text] = {
    "immediate_response": {"en": "Immediate response", "zh": "立即反应"},
    "timely_collaboration": {"en": "Timely collaboration", "zh": "即时协同"},
    "intention_creation": {"en": "Intention creation", "zh": "意图创造"},
    "resource_integration": {"en": "Resource integration", "zh": "资源整合"},
    "options": {"en": "Options", "zh": "选择"},
    "avoid": {"en": "Avoid", "zh": "避免"},
}
FIELD = re.compile(r"^[-*]\s+([a-z_]+(?:\.[a-z]+)?):\s*(.*)$")
LISTS = {"needs"}

M = TypeVar("M", bound=BaseModel)
LineOf = Callable[[Sequence[str | int]], int]


@dataclass(slots=True)
class _RawEntry:
    """An entry as found in the text: section, id, line, and its fields with their lines."""

    section: str
    id: str
    line: int
    fields: dict[str, object] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


def read_playbook(text: str, file: str, vocabulary: PlaybookVocabulary) -> Playbook:
    """Raises InvalidPlaybook that lists every fault as `file:line: fault; mend`, one a line."""
    front = split_front_matter(text, file)
    faults: list[str] = []
    head = _validate(Head, front.values, front.line_of, file, faults)
    entries = list(_entries(front.body, front.body_line, file, faults))
    actions = tuple(_actions(entries, file, vocabulary, faults))
    options = tuple(_options(entries, file, faults))
    avoid = tuple(_avoids(entries, file, faults))
    if head is None:
        raise InvalidPlaybook("\n".join(faults))
    faults += _cross_check(head, actions, options, file, vocabulary)
    if faults:
        raise InvalidPlaybook("\n".join(faults))
    return _assemble(head, actions, options, avoid)


@dataclass(frozen=True, slots=True)
class PlaybookVocabulary:
    """The ids that playbooks may use for owners and needs."""

    roles: frozenset[str]
    needs: frozenset[str]


def _assemble(
    head: Head, actions: tuple[Action, ...], options: tuple[Option, ...], avoid: tuple[Avoid, ...]
) -> Playbook:
    signals: dict[Lang, tuple[str, ...]] = {"en": head.signals.en, "zh": head.signals.zh}
    return Playbook(
        id=head.id,
        document=head.id,
        version=head.version,
        title=head.title.text(),
        goal=head.goal.text(),
        signals={lang: said for lang, said in signals.items() if said},
        actions=actions,
        options=options,
        avoid=avoid,
        sectors=head.sectors,
        hazard=head.hazard,
        dangers=head.dangers,
        urgency=head.urgency,
        needs=head.needs,
        slots={kind: words.text() for kind, words in head.slots.items()},
        references=head.references,
    )


def _validate(model: type[M], values: Mapping[str, object], line_of: LineOf, file: str, faults: list[str]) -> M | None:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        for fault in error.errors():
            where = ".".join(map(str, fault["loc"])) or "entry"
            message = fault["msg"].removeprefix("Value error, ").replace("Input should be", "should be")
            given = "" if fault["type"] in {"missing", "value_error"} else f" (given: {fault['input']!r})"
            faults.append(f"{file}:{line_of(fault['loc'])}: {where}: {message}{given}")
        return None


def _entries(body: Sequence[str], first: int, file: str, faults: list[str]) -> Iterable[_RawEntry]:
    section, entry = "", None
    for number, line in enumerate(body, first):
        if line.startswith("## "):
            section = _section(line[3:])
            if not section:
                wanted = ", ".join(name["en"] for name in SECTIONS.values())
                faults.append(f"{file}:{number}: unknown section {line[3:].strip()!r}; use one of: {wanted}")
        elif line.startswith("### "):
            if entry:
                yield entry
            entry = _RawEntry(section, line[4:].strip(), number)
        elif match := FIELD.match(line.strip()):
            _take_field(entry, match, number, file, faults)
        elif line.strip():
            found = line.strip()[:40]
            faults.append(f"{file}:{number}: {found!r} is not a 'key: value' line; begin it with '- en:' or alike")
    if entry:
        yield entry


def _take_field(entry: _RawEntry | None, match: re.Match[str], number: int, file: str, faults: list[str]) -> None:
    key, value = match[1], match[2].strip()
    if entry is None:
        faults.append(f"{file}:{number}: {key!r} stands before any '### id'; move it under one")
    elif key in entry.fields:
        faults.append(f"{file}:{number}: {key!r} is given twice in {entry.id!r}; keep one")
    else:
        entry.fields[key] = re.findall(r"[\w-]+", value) if key in LISTS else value
        entry.lines[key] = number


def _section(heading: str) -> str:
    words = heading.casefold().replace("_", " ")
    for key, name in SECTIONS.items():
        if name["en"].casefold() in words or name["zh"] in words:
            return key
    return ""


def _locator(entry: _RawEntry) -> dict[Lang, str]:
    section = SECTIONS.get(entry.section, {})
    return {lang: f"{section.get(lang, entry.section)} › {entry.id}" for lang in LANGS}


def _checked(
    entries: Iterable[_RawEntry], model: type[M], file: str, faults: list[str]
) -> Iterable[tuple[_RawEntry, M]]:
    for raw in entries:

        def line_of(location: Sequence[str | int], raw: _RawEntry = raw) -> int:
            return raw.lines.get(str(location[0]), raw.line) if location else raw.line

        before = len(faults)
        value = _validate(model, raw.fields, line_of, file, faults)
        faults[before:] = [fault.replace(": ", f": {raw.id}: ", 1) for fault in faults[before:]]
        if value is not None:
            yield raw, value


def _actions(
    entries: list[_RawEntry], file: str, vocabulary: PlaybookVocabulary, faults: list[str]
) -> Iterable[Action]:
    for raw, entry in _checked([e for e in entries if e.section in FACTORS], ActionEntry, file, faults):
        if entry.owner not in vocabulary.roles:
            line = raw.lines.get("owner", raw.line)
            fault = f"owner {entry.owner!r} is not in corpus/roles.yaml; use one of its ids or add it"
            faults.append(f"{file}:{line}: {raw.id}: {fault}")
        faults += _unknown_needs(entry.needs, raw.lines.get("needs", raw.line), f"{raw.id}: ", file, vocabulary)
        yield Action(
            id=raw.id,
            factor=cast(Factor, raw.section),
            text=entry.text(),
            say=entry.say(),
            owner=entry.owner,
            authority=entry.authority,
            within_s=entry.within_s,
            needs=entry.needs,
            amount=entry.amount,
            locator=_locator(raw),
        )


def _options(entries: list[_RawEntry], file: str, faults: list[str]) -> Iterable[Option]:
    for raw, entry in _checked([e for e in entries if e.section == "options"], OptionEntry, file, faults):
        yield Option(raw.id, entry.text(), entry.kind, entry.authority, entry.needs, entry.amount, _locator(raw))


def _avoids(entries: list[_RawEntry], file: str, faults: list[str]) -> Iterable[Avoid]:
    for raw, entry in _checked([e for e in entries if e.section == "avoid"], AvoidEntry, file, faults):
        yield Avoid(raw.id, entry.text(), _locator(raw))


def _unknown_needs(
    needs: Iterable[str], line: int, prefix: str, file: str, vocabulary: PlaybookVocabulary
) -> list[str]:
    return [
        f"{file}:{line}: {prefix}need {need!r} is not in corpus/needs.yaml; use one of its ids or add it"
        for need in needs
        if need not in vocabulary.needs
    ]


def _cross_check(
    head: Head, actions: Sequence[Action], options: Sequence[Option], file: str, vocabulary: PlaybookVocabulary
) -> Iterable[str]:
    yield from _unknown_needs(head.needs, 1, "", file, vocabulary)
    for factor in FACTORS:
        if not any(action.factor == factor for action in actions):
            yield f"{file}:1: no action under {SECTIONS[factor]['en']!r}; every card needs one for each factor"
    ids = [action.id for action in actions] + [option.id for option in options]
    for twice in {i for i in ids if ids.count(i) > 1}:
        yield f"{file}:1: the id {twice!r} is used twice; ids are unique within a card"
    said = [text for action in actions for text in (action.text, action.say)] + [option.text for option in options]
    for kind, words in head.slots.items():
        for lang, phrase in words.text().items():
            if not any(phrase in text.get(lang, "") for text in said):
                yield f"{file}:1: slot {kind!r}: the words {phrase!r} stand in no action; change them or drop the slot"
