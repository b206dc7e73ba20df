"""The forms of what trainers send and get: cohorts, progress, groups, assignments, weak spots."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from assistant.domain.training import LONGEST_NAME, Audience
from assistant.domain.vocabulary import Factor, Lang, Text
from assistant.server.drill_schemas import Name
from assistant.server.manager_schemas import Moment
from assistant.training.repetition import Reason
from assistant.training.skills import Trend

Person = Annotated[str, Field(max_length=LONGEST_NAME)]


class SkillLine(BaseModel):
    """A skill, 0…100; `level` is null where there are too few tries to tell. `values`: each try, oldest first."""

    level: int | None
    low: int | None
    high: int | None
    tries: int
    trend: Trend
    values: tuple[int, ...]


class PersonLine(BaseModel):
    """One person of a cohort; `skills` by factor, move and `overall`."""

    name: str
    attempts: int
    last_at: Moment | None
    skills: dict[str, SkillLine]


class CohortAnswer(BaseModel):
    """The people of a group, or everybody."""

    people: list[PersonLine]


class AttemptLine(BaseModel):
    """A drill as it was played; `scores` by factor and `overall`, `spread` is half the width of each interval."""

    id: str
    trainee: str
    scenario: str
    title: Text
    lang: Lang
    difficulty: int
    outcome: str
    hints: int
    parent: str
    from_turn: int
    turns: int
    started_at: Moment
    ended_at: Moment | None
    scores: dict[str, int]
    spread: dict[str, float]


class AttemptsAnswer(BaseModel):
    """Drills, newest first."""

    attempts: list[AttemptLine]


class SuggestionLine(BaseModel):
    """What to play next, and why."""

    scenario: str
    title: Text
    difficulty: int
    reason: Reason
    move: str | None
    due: date | None


class TaskLine(BaseModel):
    """An assignment as it stands for one person."""

    id: int
    trainee: str
    scenario: str
    title: Text
    difficulty: int | None
    due: date | None
    note: str
    group: str
    done: bool
    drill: str
    overall: int | None


class DueLine(BaseModel):
    """When a move comes back; `level` 0…100 is the best guess of how well it goes now."""

    move: str
    level: int
    due: date


class ProgressAnswer(BaseModel):
    """One person's practice."""

    name: str
    skills: dict[str, SkillLine]
    due: list[DueLine]
    next: SuggestionLine | None
    attempts: list[AttemptLine]
    tasks: list[TaskLine]


class TraineeAnswer(BaseModel):
    """What a trainee is to play: assignments that are open or were done, and the suggestion."""

    name: str
    tasks: list[TaskLine]
    next: SuggestionLine | None


class GroupRequest(BaseModel):
    """A group to be added, or its new members."""

    name: Person
    members: Annotated[list[Person], Field(max_length=500)]


class GroupLine(BaseModel):
    """A group."""

    name: str
    members: tuple[str, ...]


class GroupsAnswer(BaseModel):
    """All groups, and the names that are known from drills, groups and assignments."""

    groups: list[GroupLine]
    people: list[str]


class AssignRequest(BaseModel):
    """A drill for a person or a group."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"audience": "person", "who": "Lin", "scenario": "restaurant.nut-allergy", "due": "2027-01-31"}
            ]
        }
    )

    audience: Audience
    who: Person
    scenario: Name
    difficulty: int | None = None
    due: date | None = None
    note: Annotated[str, Field(max_length=500)] = ""


class AssignmentLine(BaseModel):
    """An assignment, and how far its people are."""

    id: int
    audience: Audience
    who: str
    scenario: str
    title: Text
    difficulty: int | None
    due: date | None
    note: str
    assigned_at: Moment
    people: list[TaskLine]


class AssignmentsAnswer(BaseModel):
    """All assignments, the earliest due first."""

    assignments: list[AssignmentLine]


class WeakSpotLine(BaseModel):
    """What a scenario asks for and many miss; a gap where no playbook serves it."""

    scenario: str
    title: Text
    factor: Factor
    text: Text
    tries: int
    missed: int
    people: int
    gap: bool
    served_by: tuple[str, ...]
    quotes: tuple[str, ...]


class WeakSpotsAnswer(BaseModel):
    """Gaps first, then the most missed."""

    spots: list[WeakSpotLine]


class GapNote(BaseModel):
    """A weak spot to be put on the managers' list of gaps."""

    scenario: Name
    text: Annotated[str, Field(min_length=1, max_length=1000)]
    lang: Lang


class Done(BaseModel):
    """It was done."""

    done: bool = True
