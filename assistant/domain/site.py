"""A workplace: what and who is at hand there, and who may decide what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

from assistant.domain.hours import ALWAYS_OPEN, Hours
from assistant.domain.room import CallPlan
from assistant.domain.vocabulary import AUTHORITIES, Authority, Guidance, Sector, Text

ResourceKind = Literal["place", "item", "equipment", "service", "person", "voucher", "gift", "partner"]
RESOURCE_KINDS: tuple[ResourceKind, ...] = get_args(ResourceKind)


@dataclass(frozen=True, slots=True)
class Role:
    """A post that uses the assistant. `limit`: what it may give away per incident, in the site's currency.

    `hours`: when somebody of this post can be asked; `reachable`: whether that is now. `place` is where it stands.
    """

    id: str
    name: Text
    authority: Authority
    limit: float
    place: str = ""
    hours: Hours = ALWAYS_OPEN
    reachable: bool = True


@dataclass(frozen=True, slots=True)
class Resource:
    """Something or someone at hand. `meets` lists needs; `value` is what it costs the house.

    `count`: how many there are, or None where that does not matter. `hours` are opening hours or shifts, in the
    site's time. `ready_s`: seconds from asking until it serves, without the way. `roles`: who may give it without
    asking, where not all of the right authority may. `languages`: codes of what a person speaks.
    As of one moment: `available` and `count` say what is free, `until` when that ends, `load` how often it was
    called on lately.
    """

    id: str
    name: Text
    kind: ResourceKind
    meets: tuple[str, ...]
    available: bool = True
    value: float = 0.0
    authority: Authority = "self"
    count: int | None = None
    hours: Hours = ALWAYS_OPEN
    place: str = ""
    ready_s: int = 0
    roles: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    skills: Text = field(default_factory=dict)
    post: str = ""
    channel: Text = field(default_factory=dict)
    note: Text = field(default_factory=dict)
    until: datetime | None = None
    load: int = 0


@dataclass(frozen=True, slots=True)
class Site:
    """One workplace. `minutes` is the walk between places; `hold_min` how long a reservation is kept.

    `moment`: as of when it is, in its own time; None: as its files say, whatever the hour.
    """

    id: str
    name: Text
    sectors: tuple[Sector, ...]
    currency: str
    roles: Mapping[str, Role]
    resources: tuple[Resource, ...]
    channels: Mapping[str, Text] = field(default_factory=dict)
    emergency_numbers: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Text] = field(default_factory=dict)
    minutes: Mapping[tuple[str, str], float] = field(default_factory=dict)
    timezone: str = ""
    guidance: Guidance = "balanced"
    hold_min: int = 30
    calls: CallPlan = field(default_factory=CallPlan)
    moment: datetime | None = None

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

    def say_for(self, resource: Resource, role: Role | None) -> Authority | None:
        """Whose say `role` needs to use the resource; None where nobody who may give it can be reached now."""
        needed = max(resource.authority, self.authority_for(resource.value), key=AUTHORITIES.index)
        if role is not None:
            own = not resource.roles or role.id in resource.roles
            powerful = AUTHORITIES.index(role.authority) >= AUTHORITIES.index(needed)
            if own and powerful and resource.value <= role.limit:
                return "self"
            # It is within somebody's power of this rank, but not within this person's: the next rank decides.
            next_up = AUTHORITIES[min(AUTHORITIES.index(role.authority) + 1, len(AUTHORITIES) - 1)]
            needed = max(needed, next_up, key=AUTHORITIES.index)
        return needed if needed == "self" or self._reachable(needed) else None

    def _reachable(self, authority: Authority) -> bool:
        """Whether anyone with that authority or a higher one can be asked now; who has none here is not waited for."""
        able = [r for r in self.roles.values() if AUTHORITIES.index(r.authority) >= AUTHORITIES.index(authority)]
        return not able or any(role.reachable for role in able)
