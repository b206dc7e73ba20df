"""The words of the debrief, as trainers may edit them: `corpus/drills/debrief.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant.domain.drill import MOVES, Move
from assistant.domain.vocabulary import FACTORS, Factor, Text
from assistant.errors import ContentError


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a score from `least` on means."""

    least: int
    text: Text


@dataclass(frozen=True, slots=True)
class Rubric:
    """`levels` by factor and for `overall`, highest first; `moves`: what each move did to the guest; `next`: what to
    try where a move or habit is the weakest; `questions`: asked before any score is shown."""

    levels: Mapping[str, tuple[Anchor, ...]]
    names: Mapping[str, Text]
    moves: Mapping[Move, Text]
    next: Mapping[str, Text]
    questions: tuple[Text, ...]

    def level(self, name: Factor | str, score: float) -> Text:
        """The anchored description of a score."""
        return next(anchor.text for anchor in self.levels[name] if score >= anchor.least)


_RUBRIC = TypeAdapter(Rubric)


def read_rubric(values: Mapping[str, Any], place: str) -> Rubric:
    """Raises ContentError that names the place."""
    try:
        rubric = _RUBRIC.validate_python(values)
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(map(str, fault["loc"]))
        raise ContentError(f"{place}: {where}: {fault['msg']}; mend it") from error
    for name in (*FACTORS, "overall"):
        anchors = rubric.levels.get(name, ())
        if not anchors or anchors[-1].least > 0 or list(anchors) != sorted(anchors, key=lambda a: -a.least):
            raise ContentError(f"{place}: levels.{name} must run from the highest 'least' down to 0; mend the order")
    missing = [move for move in MOVES if move not in rubric.moves]
    if missing:
        raise ContentError(f"{place}: 'moves' lacks {', '.join(missing)}; add them")
    return rubric
