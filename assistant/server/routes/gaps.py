"""Gaps: what staff asked and no playbook covered."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query

from assistant.domain.vocabulary import Text
from assistant.records.gaps import Gap
from assistant.server.manager_schemas import GapLine, GapRequest, GapsAnswer
from assistant.server.routes.parts import TheImprov

router = APIRouter(prefix="/api/gaps", tags=["gaps"])


@router.get("")
def gaps(improv: TheImprov, handled: bool = False, limit: Annotated[int, Query(ge=1, le=500)] = 100) -> GapsAnswer:
    """Incidents that nothing covered, newest first; those seen to where `handled` is true."""
    found, titles = improv.gaps.newest(handled=handled, limit=limit + 1), _titles(improv)
    return GapsAnswer(gaps=[_line(gap, titles) for gap in found[:limit]], more=len(found) > limit)


@router.post("/{gap}")
def mark(gap: int, body: GapRequest, improv: TheImprov) -> GapLine:
    """Mark a gap as seen to, or take that back."""
    return _line(improv.gaps.mark(gap, handled=body.handled), _titles(improv))


def _titles(improv: TheImprov) -> dict[str, Text]:
    return {playbook.id: playbook.title for playbook in improv.playbooks()}


def _line(gap: Gap, titles: Mapping[str, Text]) -> GapLine:
    return GapLine(**dataclasses.asdict(gap), nearest_title=titles.get(gap.nearest, {}))
