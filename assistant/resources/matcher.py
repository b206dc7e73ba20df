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

    What meets more of the needs goes first, then what the action's own authority may give, then what
    costs the house less. A second resource is named only for a need that the first leaves open.
    """
    open_needs = set(needs)
    chosen: list[Resource] = []
    candidates = [r for r in site.resources if r.available and r.id not in taken]
    while open_needs and len(chosen) < MOST:
        fitting = [r for r in candidates if open_needs.intersection(r.meets)]
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
