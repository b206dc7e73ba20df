"""A workplace: what and who is at hand there now, and who may decide what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.domain.vocabulary import AUTHORITIES, Authority, Sector, Text


@dataclass(frozen=True, slots=True)
class Role:
    """A post that uses the assistant. `limit`: what it may give away per incident, in the site's currency."""

    id: str
    name: Text
    authority: Authority
    limit: float


@dataclass(frozen=True, slots=True)
class Resource:
    """Something or someone at hand. `meets` lists needs; `value` is what it costs the house."""

    id: str
    name: Text
    kind: str
    meets: tuple[str, ...]
    available: bool = True
    value: float = 0.0
    authority: Authority = "self"


@dataclass(frozen=True, slots=True)
class Site:
    """One workplace."""

    id: str
    name: Text
    sectors: tuple[Sector, ...]
    currency: str
    roles: Mapping[str, Role]
    resources: tuple[Resource, ...]
    channels: Mapping[str, Text] = field(default_factory=dict)
    emergency_numbers: Mapping[str, str] = field(default_factory=dict)

    def role(self, name: str | None) -> Role | None:
        """The role of that id, or the one that holds that authority; other job titles decide nothing alone."""
        if name in AUTHORITIES[1:]:
            return next((role for role in self.roles.values() if role.authority == name), None)
        return self.roles.get(name or "")

    def authority_for(self, amount: float) -> Authority:
        """The lowest authority at this site that may give away `amount`."""
        for authority in AUTHORITIES:
            limits = [role.limit for role in self.roles.values() if role.authority == authority]
            if amount <= max(limits, default=0.0):
                return authority
        return AUTHORITIES[-1]
