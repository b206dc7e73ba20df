"""What trainers and trainees ask about practice: one object that joins records, scenarios and playbooks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from assistant.domain.drill import DIFFICULTIES, Scenario
from assistant.domain.playbook import Playbook
from assistant.domain.training import Assignment, Attempt, Audience, Group, tidy_name
from assistant.domain.vocabulary import Lang
from assistant.errors import InvalidInput
from assistant.records.training import TrainingStore
from assistant.training.cohort import PersonRow, WeakSpot, people, weak_spots
from assistant.training.occasions import tries_of
from assistant.training.repetition import Due, Suggestion, due_moves, next_drill
from assistant.training.skills import Skill, skill
from assistant.training.table import table
from assistant.training.xapi import statement

QUIET = timedelta(minutes=30)
"""A drill in which nothing was said for so long is no longer running."""
LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Task:
    """An assignment as it stands for one person. `done` is the last drill that fulfils it."""

    assignment: Assignment
    trainee: str
    done: Attempt | None


@dataclass(frozen=True, slots=True)
class Progress:
    """One person's practice. `skills` by factor, move and `overall`; `due`: when each move comes back."""

    name: str
    skills: Mapping[str, Skill]
    due: tuple[Due, ...]
    next: Suggestion | None
    attempts: tuple[Attempt, ...]
    tasks: tuple[Task, ...]


class TrainingDesk:
    """Thread-safe; it keeps nothing but what the records keep."""

    def __init__(
        self,
        store: TrainingStore,
        scenarios: Callable[[], Iterable[Scenario]],
        playbooks: Callable[[], Sequence[Playbook]],
    ) -> None:
        self._store, self._scenarios, self._playbooks = store, scenarios, playbooks

    def cohort(self, group: str = "") -> list[PersonRow]:
        """The people of a group, or everybody. Raises UnknownName."""
        names = self._names(group)
        return people(self._store.attempts(names), names, self._by_id())

    def weak_spots(self, group: str = "") -> list[WeakSpot]:
        """What many of them miss. Raises UnknownName."""
        attempts = self._store.attempts(self._names(group))
        return weak_spots(attempts, self._by_id(), self._playbooks())

    def person(self, name: str, lang: Lang, today: date) -> Progress:
        """One person, by name or code; somebody unknown has simply not begun."""
        who, scenarios = tidy_name(name), self._by_id()
        attempts = self._store.attempts([who])
        tries = tries_of(attempts, scenarios)
        return Progress(
            name=who,
            skills={key: skill(values) for key, values in tries.items()},
            due=due_moves(tries),
            next=next_drill([*scenarios.values()], attempts, tries, lang, today),
            attempts=tuple(attempts),
            tasks=tuple(self._tasks(who, attempts)),
        )

    def attempts(self, *, group: str = "", scenario: str = "") -> list[Attempt]:
        """Ended drills, newest first. Raises UnknownName."""
        found = self._store.attempts(self._names(group) if group else None)
        return [one for one in found if not scenario or one.scenario == scenario]

    def running(self) -> list[Attempt]:
        """Drills that go on now."""
        return self._store.running(datetime.now(UTC) - QUIET)

    def groups(self) -> list[Group]:
        """All groups, by name."""
        return self._store.groups()

    def keep_group(self, name: str, members: Iterable[str]) -> Group:
        """Add a group or change its members. Raises InvalidInput."""
        group = Group(_named(name, "group"), tuple(dict.fromkeys(filter(None, map(tidy_name, members)))))
        self._store.keep_group(group)
        return group

    def remove_group(self, name: str) -> None:
        """Remove a group and what was assigned to it; its people's drills stay. Raises UnknownName."""
        self._store.remove_group(name)

    def assign(
        self,
        audience: Audience,
        who: str,
        scenario: str,
        *,
        difficulty: int | None = None,
        due: date | None = None,
        note: str = "",
    ) -> Assignment:
        """Assign a drill. Raises InvalidInput, or UnknownName for the group."""
        if scenario not in self._by_id():
            raise InvalidInput(f"there is no scenario {scenario!r}; choose one of the list")
        if difficulty is not None and difficulty not in DIFFICULTIES:
            raise InvalidInput(f"the difficulty is {difficulty}; use 1 (gentle), 2 (usual) or 3 (hard)")
        name = _named(who, audience)
        if audience == "group":
            self._store.group(name)
        told = note.strip()[:LONGEST_NOTE]
        return self._store.assign(audience, name, scenario, difficulty=difficulty, due=due, note=told)

    def withdraw(self, assignment: int) -> None:
        """Take an assignment back. Raises UnknownName."""
        self._store.withdraw(assignment)

    def assignments(self) -> list[Assignment]:
        """All assignments, the earliest due first."""
        return self._store.assignments()

    def tasks(self) -> list[Task]:
        """Every assignment for every person that it is for."""
        groups = {group.name: group.members for group in self._store.groups()}
        wanted = self._store.assignments()
        names = {name for one in wanted for name in _people_of(one, groups)}
        attempts = self._store.attempts(names) if names else []
        return [Task(one, name, _fulfilling(one, name, attempts)) for one in wanted for name in _people_of(one, groups)]

    def table(self, lang: Lang, *, group: str = "") -> str:
        """All attempts as CSV. Raises UnknownName."""
        return table(self.attempts(group=group), self._by_id(), lang)

    def statements(self, home: str, *, group: str = "") -> list[dict[str, Any]]:
        """All attempts as xAPI statements, oldest first. Raises UnknownName."""
        scenarios = self._by_id()
        return [statement(one, scenarios.get(one.scenario), home) for one in reversed(self.attempts(group=group))]

    def _tasks(self, name: str, attempts: Sequence[Attempt]) -> Iterable[Task]:
        groups = {group.name: group.members for group in self._store.groups()}
        for one in self._store.assignments():
            if name in _people_of(one, groups):
                yield Task(one, name, _fulfilling(one, name, attempts))

    def _names(self, group: str) -> list[str]:
        """The people of a group; without one, all who have drills, groups or assignments."""
        if group:
            return [*self._store.group(group).members]
        members = [name for one in self._store.groups() for name in one.members]
        assigned = [one.who for one in self._store.assignments() if one.audience == "person"]
        return sorted({*self._store.names(), *members, *assigned})

    def _by_id(self) -> dict[str, Scenario]:
        return {scenario.id: scenario for scenario in self._scenarios()}


def _people_of(assignment: Assignment, groups: Mapping[str, Collection[str]]) -> Iterable[str]:
    return groups.get(assignment.who, ()) if assignment.audience == "group" else (assignment.who,)


def _fulfilling(assignment: Assignment, name: str, attempts: Iterable[Attempt]) -> Attempt | None:
    """The newest drill played after it was assigned, at least as hard as wanted."""
    return next(
        (
            one
            for one in attempts
            if one.trainee == name
            and one.scenario == assignment.scenario
            and one.at >= assignment.assigned_at
            and one.difficulty >= (assignment.difficulty or 1)
            and one.turns
        ),
        None,
    )


def _named(name: str, what: str) -> str:
    tidy = tidy_name(name)
    if not tidy:
        raise InvalidInput(f"the {what} has no name; give one")
    return tidy
