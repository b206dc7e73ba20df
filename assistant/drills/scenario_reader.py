"""Scenario files into `Scenario`: YAML that a trainer writes, checked line by line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant.domain.drill import MOVES, Scenario
from assistant.domain.vocabulary import LANGS, Lang
from assistant.drills.events import EVENTS
from assistant.errors import InvalidScenario
from assistant.knowledge.yaml_lines import LinedYaml, NotYaml, read_lined

LEAST: Mapping[str, int] = {
    "opening": 2,
    "needs.met_by": 3,
    "needs.asks": 2,
    "needs.glad": 1,
    "facts.asked_by": 3,
    "facts.tells": 1,
    "triggers.says": 1,
    "urgent.said": 3,
    "urgent.late": 2,
    "urgent.done": 1,
    "ideal": 3,
}
"""How many wordings a list must hold in each language: fewer make a guest who repeats, or who does not understand."""
KINDS = ("need", "fact", "urgent", "move")
_SCENARIO = TypeAdapter(Scenario)


def scenario_files(folder: Path) -> list[Path]:
    """Every scenario file below `folder`, in the order of their names."""
    return sorted(folder.rglob("*.yaml"))


def read_scenario(text: str, file: str, playbooks: Collection[str]) -> Scenario:
    """Raises InvalidScenario that lists every fault as `file:line: place: fault; mend`, one a line.

    `playbooks` are the ids that it may refer to.
    """
    try:
        source = read_lined(text)
    except NotYaml as error:
        raise InvalidScenario(f"{file}:{error.line}: {error}") from error
    try:
        scenario = _SCENARIO.validate_python(source.values)
    except ValidationError as error:
        raise InvalidScenario("\n".join(_told(error, source, file))) from error
    faults = [
        f"{file}:{source.line_of(place)}: {_name(place)}: {fault}"
        for place, fault in _faults(scenario, source.values, frozenset(playbooks))
    ]
    if faults:
        raise InvalidScenario("\n".join(faults))
    return scenario


Place = tuple[str | int, ...]


def _told(error: ValidationError, source: LinedYaml, file: str) -> Iterator[str]:
    for fault in error.errors():
        place = tuple(part for part in fault["loc"] if part != "[key]")
        message = fault["msg"].replace("Input should be", "should be")
        if fault["type"] in {"missing", "missing_argument"}:
            message = "is missing; add it"
        elif fault["type"] in {"extra_forbidden", "unexpected_keyword_argument"}:
            message = "is no field of a scenario; check its spelling"
        else:
            message += f" (given: {str(fault['input'])[:60]!r})"
        yield f"{file}:{source.line_of(place)}: {_name(place)}: {message}"


def _name(place: Place) -> str:
    return ".".join(map(str, place)) or "scenario"


def _faults(scenario: Scenario, values: Mapping[str, Any], playbooks: frozenset[str]) -> Iterator[tuple[Place, str]]:
    yield from _language_faults(values, scenario.langs)
    yield from _count_faults(values, scenario.langs)
    for number, playbook in enumerate(scenario.playbooks):
        if playbook not in playbooks:
            yield ("playbooks", number), f"there is no playbook {playbook!r}; use an id from corpus/playbooks"
    if not scenario.playbooks:
        yield ("playbooks",), "name at least one playbook; better wordings in the debrief come from it"
    if not scenario.needs and not scenario.urgent:
        yield ("needs",), "the guest needs nothing; give at least one need, or something urgent"
    for event in scenario.lines:
        if event not in EVENTS:
            yield ("lines", event), f"is no event; use one of: {', '.join(EVENTS)}"
    yield from _reference_faults(scenario)


def _reference_faults(scenario: Scenario) -> Iterator[tuple[Place, str]]:
    known: dict[str, Sequence[str]] = {
        "need": [need.id for need in scenario.needs],
        "fact": [fact.id for fact in scenario.facts],
        "urgent": [urgent.id for urgent in scenario.urgent],
        "move": list(MOVES),
    }
    for kind, ids in known.items():
        for twice in sorted({id_ for id_ in ids if ids.count(id_) > 1}):
            yield (f"{kind}s" if kind != "urgent" else kind,), f"the id {twice!r} is used twice; ids are unique"
    for number, need in enumerate(scenario.needs):
        if need.after and need.after not in known["fact"]:
            yield ("needs", number, "after"), f"there is no fact {need.after!r}; use the id of one of the facts"
    for number, trigger in enumerate(scenario.triggers):
        if not trigger.moves and not any(trigger.said.values()):
            yield ("triggers", number), "nothing sets it off; give moves, said, or both"
    for number, criterion in enumerate(scenario.criteria):
        for reference in criterion.met_by:
            kind, _, id_ = reference.partition(":")
            if id_ not in known.get(kind, ()):
                mend = f"write one of {', '.join(f'{kind}:ID' for kind in KINDS)} with an id of this file"
                yield ("criteria", number, "met_by"), f"{reference!r} is nothing in this scenario; {mend}"
    served = {need.after for need in scenario.needs if need.after}
    if scenario.needs and served and all(need.after for need in scenario.needs) and not scenario.urgent:
        yield ("needs",), "every need waits for a fact; the guest must ask for at least one at once"


def _language_faults(values: Any, langs: Sequence[Lang], place: Place = ()) -> Iterator[tuple[Place, str]]:  # noqa: ANN401
    """Every text must be there in each language of the title: a guest cannot fall into another one half-way."""
    if isinstance(values, Mapping):
        if values and set(values) <= set(LANGS):
            for lang in langs:
                if not values.get(lang):
                    yield place, f"has no {lang!r}; give it in every language that the title has"
            return
        for key, value in values.items():
            yield from _language_faults(value, langs, (*place, key))
    elif isinstance(values, list):
        for number, value in enumerate(values):
            yield from _language_faults(value, langs, (*place, number))


def _count_faults(values: Mapping[str, Any], langs: Sequence[Lang]) -> Iterator[tuple[Place, str]]:
    for path, least in LEAST.items():
        head, _, tail = path.partition(".")
        entries = values.get(head, ())
        groups = [((head,), entries)] if not tail else [((head, i, tail), e.get(tail)) for i, e in enumerate(entries)]
        for place, lines in groups:
            for lang in langs:
                found = (lines or {}).get(lang) or ()
                if len(found) < least:
                    yield (*place, lang), f"has {len(found)} lines, at least {least} are needed; add different wordings"
                elif len(set(found)) < len(found):
                    yield (*place, lang), "holds the same line twice; a guest never repeats a line"
