"""Site files into `Site`."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from assistant.domain.room import CallPlan, Webhook
from assistant.domain.site import Resource, Role, Site
from assistant.errors import ContentError, UnknownName
from assistant.knowledge.corpus import Corpus
from assistant.resources.site_schema import AddedFile, CallsFile, PersonFile, PlaceFile, ResourceFile, SiteFile

ADDED = Path("sites") / "imported"
"""Where imports lie, one file a site: the site file itself, with its comments, is left as it was written."""

Form = TypeVar("Form", bound=BaseModel)


class SiteShelf:
    """The sites of a corpus; a file that changed is read again when it is next asked for."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._read: dict[str, tuple[tuple[int, ...], Site]] = {}

    def names(self) -> list[str]:
        """All sites there are."""
        return sorted(path.stem for path in (self._corpus.root / "sites").glob("*.yaml"))

    def get(self, name: str) -> Site:
        """The site as its files say. Raises UnknownName, or ContentError that names file, place and mend."""
        stamp = tuple(map(_changed, (self._corpus.root / "sites" / f"{name}.yaml", added_file(self._corpus, name))))
        known = self._read.get(name)
        if known is None or known[0] != stamp:
            known = self._read[name] = (stamp, load_site(self._corpus, name))
        return known[1]


def load_site(corpus: Corpus, name: str) -> Site:
    """Read `sites/<name>.yaml`, with what was imported beside it.

    Raises UnknownName, or ContentError that names file, place and mend.
    """
    known = sorted(path.stem for path in (corpus.root / "sites").glob("*.yaml"))
    if name not in known:
        raise UnknownName(f"there is no site {name!r}; known sites: {', '.join(known) or 'none'}")
    file = Path("sites") / f"{name}.yaml"
    read = _as(SiteFile, corpus, file)
    added = _as(AddedFile, corpus, ADDED / file.name) if added_file(corpus, name).exists() else AddedFile()
    resources = {resource.id: resource for part in (read, added) for resource in _resources(part)}
    site = Site(
        id=read.id,
        name=read.name,
        sectors=read.sectors,
        currency=read.currency,
        roles={
            id_: Role(id_, role.name, role.authority, role.limit, role.place, role.hours)
            for id_, role in read.roles.items()
        },
        resources=tuple(resources.values()),
        channels=read.owners,
        emergency_numbers=read.emergency_numbers,
        places={id_: place.name for id_, place in read.places.items()},
        minutes=walking_minutes(read.places),
        timezone=read.timezone,
        guidance=read.guidance,
        hold_min=read.hold_min,
        calls=_calls(read.calls),
    )
    for fault in _dangling(site, read):
        raise ContentError(f"{corpus.root / file}: {fault}; correct it")
    return site


def added_file(corpus: Corpus, name: str) -> Path:
    """Where what was imported for a site lies."""
    return corpus.root / ADDED / f"{name}.yaml"


def walking_minutes(places: Mapping[str, PlaceFile]) -> dict[tuple[str, str], float]:
    """Minutes between any two places, by the shortest way; a way given in one direction holds in both."""
    names = [*places]
    minutes = {(one, other): 0.0 if one == other else math.inf for one in names for other in names}
    for one, place in places.items():
        for other, walk in place.near.items():
            minutes[one, other] = minutes[other, one] = walk
    for middle, one, other in itertools.product(names, repeat=3):
        through = minutes[one, middle] + minutes[middle, other]
        minutes[one, other] = min(minutes[one, other], through)
    return {pair: walk for pair, walk in minutes.items() if walk < math.inf}


def _changed(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0


def _as(form: type[Form], corpus: Corpus, file: Path) -> Form:
    try:
        return form.model_validate(corpus.load(str(file)))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ContentError(f"{corpus.root / file}: {where}: {first['msg']}; correct it") from error


def _calls(read: CallsFile) -> CallPlan:
    webhooks = tuple(Webhook(hook.id, hook.kind, hook.roles, hook.lang) for hook in read.webhooks)
    return CallPlan(read.answer_s, read.instead, webhooks)


def _resources(read: AddedFile) -> Iterator[Resource]:
    for thing in read.resources:
        yield _resource(thing)
    for person in read.people:
        yield _person(person)


def _resource(read: ResourceFile) -> Resource:
    return Resource(
        read.id,
        read.name,
        read.kind,
        read.meets,
        read.available,
        read.value,
        read.authority,
        count=1 if read.kind == "person" and read.count is None else read.count,
        hours=read.hours,
        place=read.place,
        ready_s=round(read.ready_min * 60),
        roles=read.roles,
        channel=read.channel,
        note=read.note,
    )


def _person(read: PersonFile) -> Resource:
    return Resource(
        read.id,
        read.name,
        "person",
        read.meets,
        read.available,
        authority=read.authority,
        count=1,
        hours=read.shifts,
        place=read.place,
        ready_s=round(read.ready_min * 60),
        languages=read.languages,
        skills=read.skills,
        post=read.post,
        channel=read.channel,
        note=read.note,
    )


def _dangling(site: Site, read: SiteFile) -> Iterator[str]:
    """What names something that is not there."""
    for id_, place in read.places.items():
        for other in place.near.keys() - read.places.keys():
            yield f"places.{id_}.near: there is no place {other!r}"
    standing = [(role.id, role.place) for role in site.roles.values()]
    for id_, where in (*standing, *((resource.id, resource.place) for resource in site.resources)):
        if where and where not in site.places:
            yield f"{id_}: there is no place {where!r}"
    for resource in site.resources:
        for role in (*resource.roles, *([resource.post] if resource.post else [])):
            if role not in site.roles:
                yield f"{resource.id}: there is no role {role!r} under roles"
    callable_ = {*read.owners, *site.roles, ""}
    calls = read.calls
    for role in {
        *calls.answer_s,
        *calls.instead,
        *calls.instead.values(),
        *(r for h in calls.webhooks for r in h.roles),
    }:
        if role not in callable_:
            yield f"calls: there is no {role!r} under owners or roles"
    if len({hook.id for hook in calls.webhooks}) < len(calls.webhooks):
        yield "calls.webhooks: two have the same id"
