"""What advice can tell a staff member to do: the things that criteria ask for and playbook lines are labelled with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import TypeAdapter, ValidationError

from assistant.domain.vocabulary import Factor
from assistant.errors import ContentError
from evals.case import Strict

FOLDER = Path(__file__).with_name("criteria")


class Concept(Strict):
    """One thing to do. `prohibition`: it is itself a warning, so that lines that warn carry it."""

    id: str
    factor: Factor | Literal["must_not"]
    en: str
    zh: str
    prohibition: bool = False


@lru_cache(maxsize=1)
def load_concepts(path: Path = FOLDER / "concepts.yaml") -> Mapping[str, Concept]:
    """All concepts by id. Raises ContentError that names the concept and the field."""
    read: Any = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    try:
        concepts = TypeAdapter(tuple[Concept, ...]).validate_python(read)
    except ValidationError as error:
        first = error.errors()[0]
        place = first["loc"]
        name = read[place[0]].get("id", place[0]) if place and isinstance(place[0], int) else "?"
        raise ContentError(f"{path.name}: concept {name}: {'.'.join(map(str, place[1:]))}: {first['msg']}") from error
    return {concept.id: concept for concept in concepts}
