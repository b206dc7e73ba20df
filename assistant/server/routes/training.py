"""The trainer's side of drills, and what a trainee is to play."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

from assistant.assembly import Improv
from assistant.domain.drill import Scenario
from assistant.domain.training import LONGEST_NAME, Assignment, Attempt
from assistant.domain.vocabulary import Lang, Text
from assistant.errors import InvalidInput, UnknownName
from assistant.server.routes.parts import TheImprov
from assistant.server.training_schemas import (
    AssignmentLine,
    AssignmentsAnswer,
    AssignRequest,
    AttemptLine,
    AttemptsAnswer,
    CohortAnswer,
    Done,
    DueLine,
    GapNote,
    GroupLine,
    GroupRequest,
    GroupsAnswer,
    PersonLine,
    ProgressAnswer,
    SkillLine,
    SuggestionLine,
    TaskLine,
    TraineeAnswer,
    WeakSpotLine,
    WeakSpotsAnswer,
)
from assistant.training.desk import Task
from assistant.training.repetition import Suggestion
from assistant.training.skills import Skill

router = APIRouter(prefix="/api/training", tags=["training"])
trainee_router = APIRouter(prefix="/api/trainee", tags=["drills"])
MOST = 500
GroupName = Annotated[str, Query(max_length=LONGEST_NAME)]


@trainee_router.get("")
def trainee(
    name: Annotated[str, Query(max_length=LONGEST_NAME)], improv: TheImprov, lang: Lang = "en"
) -> TraineeAnswer:
    """What somebody is to play: assignments, and the drill that practises their weakest move. No scores."""
    progress, titles = improv.training.person(name, lang, improv.documents.today()), _titles(improv)
    tasks = [_task(task, titles) for task in progress.tasks if task.assignment.scenario in titles]
    # A name is no secret: who knows it sees the tasks, not how the drills went.
    hidden = [task.model_copy(update={"overall": None, "drill": ""}) for task in tasks]
    return TraineeAnswer(name=progress.name, tasks=hidden, next=_suggestion(progress.next, titles))


@router.get("/cohort")
def cohort(improv: TheImprov, group: GroupName = "") -> CohortAnswer:
    """Skills of everybody in a group, or of all."""
    rows = improv.training.cohort(group)
    return CohortAnswer(
        people=[
            PersonLine(name=row.name, attempts=row.attempts, last_at=row.last_at, skills=_skills(row.skills))
            for row in rows
        ]
    )


@router.get("/person")
def person(
    name: Annotated[str, Query(max_length=LONGEST_NAME)], improv: TheImprov, lang: Lang = "en"
) -> ProgressAnswer:
    """One person's skills over time, drills, assignments, and what to practise next."""
    progress, titles = improv.training.person(name, lang, improv.documents.today()), _titles(improv)
    return ProgressAnswer(
        name=progress.name,
        skills=_skills(progress.skills),
        due=[DueLine(move=one.move, level=round(100 * one.level), due=one.due) for one in progress.due],
        next=_suggestion(progress.next, titles),
        attempts=[_attempt(one, titles) for one in progress.attempts[:MOST]],
        tasks=[_task(task, titles) for task in progress.tasks],
    )


@router.get("/attempts")
def attempts(improv: TheImprov, group: GroupName = "", scenario: str = "") -> AttemptsAnswer:
    """Ended drills, newest first, to be compared."""
    titles = _titles(improv)
    found = improv.training.attempts(group=group, scenario=scenario)
    return AttemptsAnswer(attempts=[_attempt(one, titles) for one in found[:MOST]])


@router.get("/running")
def running(improv: TheImprov) -> AttemptsAnswer:
    """Drills that go on now; `/api/drills/{drill}` shows each, turn by turn."""
    titles = _titles(improv)
    return AttemptsAnswer(attempts=[_attempt(one, titles) for one in improv.training.running()])


@router.get("/groups")
def groups(improv: TheImprov) -> GroupsAnswer:
    """All groups."""
    known = [GroupLine(name=one.name, members=one.members) for one in improv.training.groups()]
    return GroupsAnswer(groups=known, people=[row.name for row in improv.training.cohort()])


@router.post("/groups")
def keep_group(body: GroupRequest, improv: TheImprov) -> GroupLine:
    """Add a group, or give it other members."""
    group = improv.training.keep_group(body.name, body.members)
    return GroupLine(name=group.name, members=group.members)


@router.delete("/groups")
def remove_group(name: GroupName, improv: TheImprov) -> Done:
    """Remove a group and what was assigned to it; the drills of its people stay."""
    improv.training.remove_group(name)
    return Done()


@router.get("/assignments")
def assignments(improv: TheImprov) -> AssignmentsAnswer:
    """All assignments with how far their people are."""
    titles, lines = _titles(improv), dict[int, AssignmentLine]()
    for one in improv.training.assignments():
        lines[one.id] = _assignment(one, titles)
    for task in improv.training.tasks():
        if task.assignment.id in lines:
            lines[task.assignment.id].people.append(_task(task, titles))
    return AssignmentsAnswer(assignments=list(lines.values()))


@router.post("/assignments")
def assign(body: AssignRequest, improv: TheImprov) -> AssignmentLine:
    """Assign a drill to a person or a group."""
    made = improv.training.assign(
        body.audience, body.who, body.scenario, difficulty=body.difficulty, due=body.due, note=body.note
    )
    return _assignment(made, _titles(improv))


@router.delete("/assignments/{assignment}")
def withdraw(assignment: int, improv: TheImprov) -> Done:
    """Take an assignment back."""
    improv.training.withdraw(assignment)
    return Done()


@router.get("/weak-spots")
def weak_spots(improv: TheImprov, group: GroupName = "") -> WeakSpotsAnswer:
    """What many miss; those that no playbook serves are gaps."""
    titles = _titles(improv)
    return WeakSpotsAnswer(
        spots=[
            WeakSpotLine(**dataclasses.asdict(spot), title=titles.get(spot.scenario, {}), gap=spot.is_gap)
            for spot in improv.training.weak_spots(group)
        ]
    )


@router.post("/weak-spots")
def note_gap(body: GapNote, improv: TheImprov) -> Done:
    """Put a weak spot on the managers' list of gaps."""
    scenario = _scenarios(improv).get(body.scenario)
    if scenario is None:
        raise UnknownName(f"there is no scenario {body.scenario!r}; load the list again")
    if not body.text.strip():
        raise InvalidInput("the gap has no words; say what no playbook tells")
    improv.gaps.note(body.text.strip(), body.lang, improv.settings.site, next(iter(scenario.playbooks), ""))
    return Done()


@router.get("/export.csv", response_class=Response)
def export(improv: TheImprov, lang: Lang = "en", group: GroupName = "") -> Response:
    """All ended drills as a table for a spreadsheet."""
    headers = {"Content-Disposition": 'attachment; filename="drills.csv"'}
    return Response(improv.training.table(lang, group=group), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/xapi.json", response_class=JSONResponse)
def xapi(request: Request, improv: TheImprov, group: GroupName = "") -> JSONResponse:
    """All ended drills as statements of xAPI 1.0.3, for a learning record store."""
    statements = improv.training.statements(str(request.base_url).rstrip("/"), group=group)
    headers = {
        "Content-Disposition": 'attachment; filename="drills-xapi.json"',
        "X-Experience-API-Version": "1.0.3",
    }
    return JSONResponse(statements, headers=headers)


def _scenarios(improv: Improv) -> dict[str, Scenario]:
    return {scenario.id: scenario for scenario in improv.drills.scenarios()}


def _titles(improv: Improv) -> dict[str, Text]:
    return {id_: scenario.title for id_, scenario in _scenarios(improv).items()}


def _skills(skills: Mapping[str, Skill]) -> dict[str, SkillLine]:
    return {name: SkillLine.model_validate(dataclasses.asdict(one)) for name, one in skills.items()}


def _attempt(one: Attempt, titles: dict[str, Text]) -> AttemptLine:
    return AttemptLine(
        id=one.id,
        trainee=one.trainee,
        scenario=one.scenario,
        title=dict(titles.get(one.scenario, {})),
        lang=one.lang,
        difficulty=one.difficulty,
        outcome=one.outcome,
        hints=one.hints,
        parent=one.parent,
        from_turn=one.from_turn,
        turns=len(one.turns),
        started_at=one.started_at,
        ended_at=one.ended_at,
        scores={name: round(value) for name, value in one.scores.items()},
        spread=dict(one.spread),
    )


def _suggestion(made: Suggestion | None, titles: dict[str, Text]) -> SuggestionLine | None:
    return SuggestionLine(**dataclasses.asdict(made), title=dict(titles[made.scenario])) if made else None


def _task(task: Task, titles: dict[str, Text]) -> TaskLine:
    own, done = task.assignment, task.done
    overall = done.scores.get("overall") if done else None
    return TaskLine(
        id=own.id,
        trainee=task.trainee,
        scenario=own.scenario,
        title=dict(titles.get(own.scenario, {})),
        difficulty=own.difficulty,
        due=own.due,
        note=own.note,
        group=own.who if own.audience == "group" else "",
        done=done is not None,
        drill=done.id if done else "",
        overall=None if overall is None else round(overall),
    )


def _assignment(one: Assignment, titles: dict[str, Text]) -> AssignmentLine:
    values = {**dataclasses.asdict(one), "title": dict(titles.get(one.scenario, {})), "people": []}
    return AssignmentLine.model_validate(values)
