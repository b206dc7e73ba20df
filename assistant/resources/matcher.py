"""Needs → the best combination of what is at hand, as assignment problems for a solver.

A task (an action or an option) has needs. Using a resource for it costs points; a need that is met is worth more than
any cost. `linear_sum_assignment` of SciPy gives every task at once the one that makes the whole worth most; needs left
open go into a second round, so that a second thing is named only for a need that the first leaves open. Exact
integer programming (HiGHS) took ten to sixty milliseconds where this takes one, for the same choice in nearly all
cases; `tests/resources` holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from assistant.domain.site import Resource, Role, Site
from assistant.domain.vocabulary import AUTHORITIES, Authority
from assistant.resources.live import minutes_between

MOST = 2
"""Resources named for one task: a person reads them in a glance."""
NEED_MET = 100.0
"""What a need is worth that is met; the costs of one use are points of the same kind, and stay below it together."""
DEAREST = 90.0
BEYOND_ITS_PURPOSE = 30.0
"""Points for using something for what it can do besides."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """Points of cost: `money` for as much as anybody here may give, `minute` until it serves (thrice that when it
    comes too late), `supervisor` and `manager` for having to ask them, `load` for each call on a person lately.
    """

    money: float = 30.0
    minute: float = 0.6
    supervisor: float = 14.0
    manager: float = 24.0
    load: float = 3.0


USUAL = Weights()


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do that could use what is at hand.

    `choice`: one of several that a guest may pick, so it takes nothing away from other tasks. A thing is used for
    what it is there for, its first need; for the needs in `besides` also for what it can do besides.
    """

    id: str
    needs: tuple[str, ...]
    authority: Authority = "self"
    within_s: int = 300
    choice: bool = False
    besides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Use:
    """A resource for a task. `say`: whose say the asking person needs; `minutes`: until it serves, None if unknown."""

    resource: Resource
    needs: tuple[str, ...]
    say: Authority
    minutes: float | None
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Combination:
    """What is used for which task."""

    uses: Mapping[str, tuple[Use, ...]] = field(default_factory=dict)

    def of(self, task: str) -> tuple[Use, ...]:
        """What is used for one task, most useful first."""
        return self.uses.get(task, ())

    @property
    def worth(self) -> float:
        """Points for needs met, less costs."""
        return sum(NEED_MET * len(use.needs) - use.cost for uses in self.uses.values() for use in uses)


@dataclass(frozen=True, slots=True)
class Offer:
    """A resource that may be named, with whose say it needs and the minutes until it serves."""

    resource: Resource
    say: Authority
    minutes: float | None


def offers(site: Site, role: Role | None, fits: Callable[[Resource], bool] = lambda _: True) -> list[Offer]:
    """What may be named at all: at hand now, suiting, and allowed by somebody who can be asked now.

    `site` is as of this moment (`live_site`); `fits` leaves out what does not suit this guest.
    """
    found = []
    says: dict[tuple[Authority, float, tuple[str, ...]], Authority | None] = {}
    for resource in site.resources:
        if not resource.available or resource.count == 0 or not fits(resource):
            continue
        key = (resource.authority, resource.value, resource.roles)
        say = says[key] if key in says else says.setdefault(key, site.say_for(resource, role))
        if say is not None:
            walk, ready = minutes_between(site, role, resource), resource.ready_s / 60
            found.append(Offer(resource, say, None if walk is None and not ready else (walk or 0.0) + ready))
    return sorted(found, key=lambda offer: offer.resource.id)


def match(
    site: Site,
    tasks: Sequence[Task],
    found: Sequence[Offer],
    role: Role | None = None,
    weights: Weights = USUAL,
) -> Combination:
    """The best combination of what `offers` found. What is not to be had is never in it.

    Together, what is given away on the asking person's own say stays within its limit. The same question has the
    same answer, in whatever order the resources stand.
    """
    board = _Board.of(site, tasks, found, weights)
    limit = role.limit if role else np.inf
    # The guest takes one of several choices, and may take what an action names, too: each is judged alone.
    groups = [[task for task in tasks if not task.choice], *([task] for task in tasks if task.choice)]
    uses = {task: used for group in groups for task, used in _within(board, group, limit).items()}
    return Combination({task: tuple(used) for task, used in uses.items() if used})


def _within(board: _Board, tasks: Sequence[Task], limit: float) -> dict[str, list[Use]]:
    """The best choice that gives away no more than `limit` on one's own say: the dearest thing has to stay out."""
    free = np.ones(len(board.offers), dtype=bool)
    while True:
        uses = board.assign(tasks, free.copy())
        given = {at: use.resource.value for used in uses.values() for at, use in used if use.say == "self"}
        if sum(given.values()) <= limit:
            return {task: [use for _, use in used] for task, used in uses.items()}
        free[max(given, key=lambda at: (given[at], at))] = False


@dataclass(frozen=True, slots=True)
class _Board:
    """The offers that serve any task, as tables: a row each, a column for each need; costs in points."""

    offers: Sequence[Offer]
    column: Mapping[str, int]
    meets: Array
    purpose: Array
    cost: Array
    minutes: Array
    say: NDArray[np.int64]
    weights: Weights

    @classmethod
    def of(cls, site: Site, tasks: Sequence[Task], found: Sequence[Offer], weights: Weights) -> _Board:
        wanted = {need for task in tasks for need in task.needs}
        column = {need: at for at, need in enumerate(sorted(wanted))}
        able = [offer for offer in found if not wanted.isdisjoint(offer.resource.meets)]
        most = max((role.limit for role in site.roles.values()), default=0.0) or 1.0
        money = np.array([offer.resource.value for offer in able])
        load = np.array([offer.resource.load if offer.resource.kind == "person" else 0 for offer in able])
        # A thing more costs a point; among equals the first by name, in whatever order they stand in the file.
        cost = 1.0 + np.arange(len(able)) * 1e-6 + weights.money * np.minimum(1.0, money / most) + weights.load * load
        return cls(
            able,
            column,
            _incidence([offer.resource.meets for offer in able], column),
            _incidence([offer.resource.meets[:1] for offer in able], column),
            cost,
            np.array([offer.minutes or 0.0 for offer in able]),
            np.array([AUTHORITIES.index(offer.say) for offer in able], dtype=np.int64),
            weights,
        )

    def assign(self, tasks: Sequence[Task], free: NDArray[np.bool_]) -> dict[str, list[tuple[int, Use]]]:
        """Two rounds of the best assignment to all tasks at once, of the offers that are `free`."""
        uses: dict[str, list[tuple[int, Use]]] = {task.id: [] for task in tasks}
        if not (tasks and self.offers):
            return uses
        left = _incidence([task.needs for task in tasks], self.column)
        costs = self._costs(tasks)
        besides = _incidence([task.besides for task in tasks], self.column) * left
        for _ in range(MOST):
            first, any_ = left @ self.purpose.T > 0, left @ self.meets.T
            cost = np.minimum(costs + np.where(first, 0.0, BEYOND_ITS_PURPOSE), DEAREST)
            fitting = first | ((besides * left) @ self.meets.T > 0)
            worth = np.where(fitting & free, NEED_MET * any_ - cost, 0.0)
            for row, at in zip(*map(np.ndarray.tolist, linear_sum_assignment(worth, maximize=True)), strict=True):
                if worth[row, at] > 0:
                    met = left[row] * self.meets[at]
                    uses[tasks[row].id].append((at, self._use(tasks[row], at, met, float(cost[row, at]))))
                    left[row] -= met
                    free[at] = False
        return uses

    def _use(self, task: Task, at: int, met: Array, cost: float) -> Use:
        offer = self.offers[at]
        needs = tuple(need for need in dict.fromkeys(task.needs) if met[self.column[need]])
        return Use(offer.resource, needs, offer.say, offer.minutes, cost)

    def _costs(self, tasks: Sequence[Task]) -> Array:
        """Points for each task (row) and offer (column)."""
        asking = np.array([0.0, self.weights.supervisor, self.weights.manager])[self.say]
        asked = np.array([[AUTHORITIES.index(task.authority)] for task in tasks])
        late = np.maximum(0.0, self.minutes - np.array([[task.within_s / 60] for task in tasks]))
        waiting = self.weights.minute * (self.minutes + 2 * late)
        table: Array = self.cost + np.where(self.say > asked, asking, 0.0) + waiting
        return table


def _incidence(lists: Sequence[Sequence[str]], column: Mapping[str, int]) -> Array:
    table = np.zeros((len(lists), len(column)))
    places = [(row, column[name]) for row, names in enumerate(lists) for name in names if name in column]
    if places:
        table[tuple(np.array(places).T)] = 1.0
    return table
