"""The moment in which a case is asked: a site, a role, a time, and what is going on there."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import yaml
from pydantic import Field, TypeAdapter, ValidationError

from assistant.domain.live import SET_STATUSES, SetStatus
from assistant.domain.vocabulary import Lang, OptionKind
from assistant.errors import ContentError
from assistant.settings import load_settings
from evals.case import FOLDER, Strict

ZONE = ZoneInfo("Asia/Shanghai")
QUIET_AFTERNOON = "2026-11-24T15:00"
"""When a case is asked that says nothing of the time: a Tuesday on which nothing else is going on."""
BUSY = 0.45
"""Share of a site's resources that something is going on with, at a random moment."""


class State(Strict):
    """What a manager set of a resource, or how many of it are promised."""

    status: SetStatus | None = None
    for_min: Annotated[int, Field(ge=1)] | None = None
    count: Annotated[int, Field(ge=0)] | None = None
    promised: Annotated[int, Field(ge=0)] = 0


class Scene(Strict):
    """`at`: the time on the site's wall."""

    site: str = "demo-hotel"
    role: str | None = None
    at: str = QUIET_AFTERNOON
    states: dict[str, State] = Field(default_factory=dict)

    @property
    def moment(self) -> datetime:
        """The time with its zone; all demo sites are in one."""
        return datetime.fromisoformat(self.at).replace(tzinfo=ZONE)


class FeasibilityCase(Strict):
    """An incident at a moment. `named`: at least one of these; `not_named`: none of these, nor anything infeasible.

    `not_offered`: kinds of option that are impossible now; `offered`: kinds that must be among the options.
    """

    id: str
    lang: Lang
    text: Annotated[str, Field(min_length=1)]
    scene: Scene
    named: tuple[str, ...] = ()
    not_named: tuple[str, ...] = ()
    offered: tuple[OptionKind, ...] = ()
    not_offered: tuple[OptionKind, ...] = ()


CASES = TypeAdapter(tuple[FeasibilityCase, ...])


@lru_cache(maxsize=1)
def read_feasibility_cases(path: Path = FOLDER / "feasibility.yaml") -> tuple[FeasibilityCase, ...]:
    """The curated cases. Raises ContentError that names case and field."""
    read: Any = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    try:
        cases = CASES.validate_python(read)
    except ValidationError as error:
        first = error.errors()[0]
        raise ContentError(f"{path.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}; correct it") from error
    if len({case.id for case in cases}) != len(cases):
        raise ContentError(f"{path.name}: two cases have one id; give one of them another")
    return cases


@lru_cache(maxsize=16)
def site_file(name: str) -> dict[str, Any]:
    """A site's file as it is written: the truth that answers are held against."""
    path = load_settings().corpus / "sites" / f"{name}.yaml"
    read: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return read


def random_scene(rng: random.Random, sites: Sequence[str]) -> Scene:
    """Any site, role and time, with something going on with nearly half of what is there."""
    site = rng.choice(sites)
    file = site_file(site)
    moment = datetime(2026, 11, 23) + timedelta(minutes=rng.randrange(7 * 24 * 60))
    things = [*file["resources"], *file["people"]]
    states = {thing["id"]: _any_state(rng, thing) for thing in things if rng.random() < BUSY}
    role = rng.choice([None, *file["roles"]])
    return Scene(site=site, role=role, at=moment.isoformat(timespec="minutes"), states=states)


def _any_state(rng: random.Random, thing: dict[str, Any]) -> State:
    count = thing.get("count", None if "kind" in thing else 1)
    if count and rng.random() < 0.4:
        return State(promised=rng.randint(1, count))
    if count and rng.random() < 0.3:
        return State(count=rng.randint(0, count))
    status = rng.choice(SET_STATUSES)
    return State(status=status, for_min=rng.randint(1, 300) if status == "reserved" or rng.random() < 0.7 else None)
