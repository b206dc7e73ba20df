"""Needs → what is at hand for them now."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain.site import Resource, Site
from assistant.domain.vocabulary import AUTHORITIES, Authority

MOST = 2


def match_resources(
    site: Site, needs: Sequence[str], authority: Authority, taken: frozenset[str] = frozenset()
) -> list[Resource]:
    """At most two available resources that meet the needs, without those already `taken`.

    A resource is named for what it is there for, the first need in its list, not for what it could do
    besides. What meets more of the needs goes first, then what the action's own authority may give,
    then what costs the house less. A second one is named only for a need that the first leaves open.
    """
    open_needs = set(needs)
    chosen: list[Resource] = []
    candidates = [r for r in site.resources if r.available and r.id not in taken and r.meets[0] in open_needs]
    while open_needs and len(chosen) < MOST:
        fitting = [r for r in candidates if r.meets[0] in open_needs]
        if not fitting:
            break
        best = min(
            fitting,
            key=lambda r: (
                -len(open_needs.intersection(r.meets)),
                AUTHORITIES.index(r.authority) > AUTHORITIES.index(authority),
                r.value,
                r.id,
            ),
        )
        chosen.append(best)
        candidates.remove(best)
        open_needs.difference_update(best.meets)
    return chosen
