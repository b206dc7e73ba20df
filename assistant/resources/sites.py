"""Site files into `Site`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.domain.site import Resource, Role, Site
from assistant.domain.vocabulary import Authority, Lang, Sector
from assistant.errors import ContentError, UnknownName
from assistant.knowledge.corpus import Corpus

Words = dict[Lang, str]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _RoleFile(_Strict):
    name: Words
    authority: Authority
    limit: Annotated[float, Field(ge=0)]


class _ResourceFile(_Strict):
    id: str
    name: Words
    kind: str
    meets: Annotated[tuple[str, ...], Field(min_length=1)]
    available: bool = True
    value: Annotated[float, Field(ge=0)] = 0.0
    authority: Authority = "self"
    note: Words = Field(default_factory=dict)


class _SiteFile(_Strict):
    id: str
    name: Words
    sectors: Annotated[tuple[Sector, ...], Field(min_length=1)]
    currency: str
    emergency_numbers: dict[str, str]
    roles: dict[str, _RoleFile]
    resources: tuple[_ResourceFile, ...]
    owners: dict[str, Words] = Field(default_factory=dict)


def load_site(corpus: Corpus, name: str) -> Site:
    """Read `sites/<name>.yaml`. Raises UnknownName, or ContentError that names file, place and mend."""
    known = sorted(path.stem for path in (corpus.root / "sites").glob("*.yaml"))
    if name not in known:
        raise UnknownName(f"there is no site {name!r}; known sites: {', '.join(known) or 'none'}")
    file = Path("sites") / f"{name}.yaml"
    try:
        read = _SiteFile.model_validate(corpus.load(str(file)))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ContentError(f"{corpus.root / file}: {where}: {first['msg']}; correct it") from error
    return Site(
        id=read.id,
        name=read.name,
        sectors=read.sectors,
        currency=read.currency,
        roles={id_: Role(id_, role.name, role.authority, role.limit) for id_, role in read.roles.items()},
        resources=tuple(
            Resource(r.id, r.name, r.kind, r.meets, r.available, r.value, r.authority) for r in read.resources
        ),
        channels=read.owners,
        emergency_numbers=read.emergency_numbers,
    )
