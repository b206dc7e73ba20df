"""One curated evaluation item: an incident, and what its advice must, should and must not contain."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from assistant.domain.vocabulary import Authority, Hazard, Lang, Sector
from assistant.errors import ContentError

FOLDER = Path(__file__).with_name("cases")
SCHEMA = FOLDER / "incidents.schema.json"
Kind = Literal[
    "complaint",
    "failure",
    "scarcity",
    "distress",
    "conflict",
    "emergency",
    "outage",
    "privacy",
    "access",
    "several",
    "uncovered",
    "misuse",
]
Need = Literal["must", "should", "must_not"]
Split = Literal["dev", "test"]
MOST_FAULTS = 5
Grade = Annotated[int, Field(ge=1, le=3)]
"""3: the card for this; 2: also fits; 1: of some use."""
RIGHT = 2


class Strict(BaseModel):
    """Unknown fields are errors: a misspelt key must not be lost in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Criterion(Strict):
    """One thing that the advice must, should or must not tell the staff member.

    `concept` is an id of `criteria/concepts.yaml`; `actions` are the actions (card/action) that do it,
    as a person judged who read the cards.
    """

    need: Need
    concept: str
    actions: tuple[str, ...] = ()


class Case(Strict):
    """An incident as staff would type it, with what is expected of an answer.

    `twin` is shared by the Chinese and the English telling of one incident. `owner`: any one of these
    roles must be pulled in. `authority`: the highest say that the solution needs. `covered: false`: no
    playbook fits, and the assistant should say so.
    """

    id: str
    twin: str = ""
    split: Split
    lang: Lang
    sector: Sector
    site: str = ""
    kind: Kind
    difficulty: Literal["easy", "medium", "hard"]
    tags: tuple[str, ...] = ()
    text: Annotated[str, Field(min_length=1, max_length=4000)]
    relevant: dict[str, Grade]
    hazard: Hazard
    covered: bool
    owner: tuple[str, ...]
    authority: Authority
    criteria: tuple[Criterion, ...]

    @model_validator(mode="after")
    def _consistent(self) -> Case:
        if bool(self.relevant) != self.covered:
            raise ValueError("`covered` is true exactly where `relevant` names a playbook")
        if self.covered and 3 not in self.relevant.values():
            raise ValueError("`relevant` grades no playbook 3; grade the best one 3")
        if not self.id.endswith(f"-{self.lang}"):
            raise ValueError(f"the id must end with -{self.lang}")
        return self

    @property
    def right(self) -> frozenset[str]:
        """The playbooks that count as right: those that fit, not those of some use."""
        return frozenset(name for name, grade in self.relevant.items() if grade >= RIGHT)

    @property
    def cluster(self) -> str:
        """Twins tell one incident: they count as one when uncertainty is estimated."""
        return self.twin or self.id


CASES = TypeAdapter(tuple[Case, ...])


@lru_cache(maxsize=1)
def read_cases(folder: Path = FOLDER / "incidents") -> tuple[Case, ...]:
    """Every curated case, in the order of files and lines. Raises ContentError that names file, case and field."""
    cases = [case for path in sorted(folder.glob("*.yaml")) for case in _read_file(path)]
    _check_ids(cases)
    return tuple(cases)


def case_schema() -> str:
    """The JSON schema that editors use; `cases/incidents.schema.json` holds it."""
    return json.dumps(CASES.json_schema(), ensure_ascii=False, indent=2) + "\n"


def _read_file(path: Path) -> tuple[Case, ...]:
    read: Any = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    try:
        return CASES.validate_python(read)
    except ValidationError as error:
        faults = "; ".join(_fault(read, found["loc"], found["msg"]) for found in error.errors()[:MOST_FAULTS])
        raise ContentError(f"{path.name}: {faults}") from error


def _fault(read: list[dict[str, Any]], place: tuple[int | str, ...], message: str) -> str:
    number = place[0] if place and isinstance(place[0], int) else None
    name = read[number].get("id", number) if number is not None else "?"
    return f"case {name}: {'.'.join(str(part) for part in place[1:]) or 'case'}: {message}"


def _check_ids(cases: Sequence[Case]) -> None:
    seen: set[str] = set()
    twins: dict[str, list[Case]] = {}
    for case in cases:
        if case.id in seen:
            raise ContentError(f"two cases have the id {case.id!r}; give one of them another")
        seen.add(case.id)
        if case.twin:
            twins.setdefault(case.twin, []).append(case)
    for name, pair in twins.items():
        if sorted(case.lang for case in pair) != ["en", "zh"] or len({case.split for case in pair}) != 1:
            raise ContentError(f"the twins {name!r} must be one Chinese and one English case of one split")
