"""What is at hand and serves the needs best: fitting, allowed, near, cheap, spread over people, never what is not there."""

from __future__ import annotations

import dataclasses
import random
import statistics
import time

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from assistant.domain.site import Resource, Role, Site
from assistant.domain.vocabulary import AUTHORITIES
from assistant.resources.matcher import DEAREST, MOST, NEED_MET, Task, match, offers

NEEDS = ["room", "quiet", "food_drink", "transport", "language"]
ROLES = {
    "desk": Role("desk", {"en": "Desk"}, "self", 200, "lobby"),
    "lead": Role("lead", {"en": "Lead"}, "supervisor", 800),
    "boss": Role("boss", {"en": "Boss"}, "manager", 3000),
}


def thing(id_: str, *meets: str, **more) -> Resource:
    return Resource(id_, {"en": id_}, more.pop("kind", "item"), meets, **more)


def site(*resources: Resource, roles=ROLES, **more) -> Site:
    return Site("here", {"en": "Here"}, ("hotel",), "CNY", roles, resources, **more)


def chosen(here: Site, *tasks: Task | list[str], role: str | None = None):
    wanted = [t if isinstance(t, Task) else Task(str(n), tuple(t)) for n, t in enumerate(tasks)]
    who = here.roles.get(role or "")
    return match(here, wanted, offers(here, who), who)


def ids(*args, **kwargs) -> list[list[str]]:
    found = chosen(*args, **kwargs)
    return [[use.resource.id for use in found.of(str(n))] for n in range(len(args) - 1)]


def test_what_is_not_there_or_used_up_is_not_named():
    here = site(thing("a", "room", available=False), thing("b", "room", count=0), thing("c", "room"))
    assert ids(here, ["room"]) == [["c"]]


def test_nothing_is_named_for_two_actions():
    assert ids(site(thing("a", "room"), thing("b", "room", value=9)), ["room"], ["room"]) == [["a"], ["b"]]


def test_the_whole_is_best_and_not_each_action_for_itself():
    # Taken one after the other, the first action would take the lounge, and the second go without.
    here = site(thing("lounge", "quiet", "room"), thing("office", "quiet", value=50))
    assert ids(here, ["quiet"], ["quiet", "room"]) == [["office"], ["lounge"]]


def test_a_thing_is_named_for_what_it_is_there_for_except_to_make_a_choice_possible():
    lounge = thing("lounge", "quiet", "food_drink")
    assert ids(site(lounge), ["food_drink"]) == [[]]
    assert ids(site(lounge), ["quiet", "food_drink"]) == [["lounge"]]
    assert ids(site(lounge), Task("0", ("food_drink",), choice=True)) == [[]]
    assert ids(site(lounge), Task("0", ("food_drink",), choice=True, besides=("food_drink",))) == [["lounge"]]


def test_a_choice_takes_nothing_away_from_an_action():
    assert ids(site(thing("a", "room")), ["room"], Task("1", ("room",), choice=True)) == [["a"], ["a"]]


def test_what_meets_more_goes_first_then_what_needs_no_asking_then_what_costs_less():
    both = thing("both", "room", "quiet", value=500, authority="manager")
    assert ids(site(thing("one", "room"), both), ["room", "quiet"]) == [["both"]]
    dear, asked = thing("dear", "room", value=50), thing("asked", "room", authority="supervisor")
    assert ids(site(dear, asked), ["room"]) == [["dear"]]
    assert ids(site(dear, asked), Task("0", ("room",), "supervisor")) == [["asked"]]


def test_a_second_thing_is_named_only_for_a_need_left_open():
    here = site(thing("a", "room"), thing("b", "room"), thing("c", "transport"), thing("d", "language"))
    assert ids(here, ["room"]) == [["a"]]
    assert len(ids(here, ["room", "transport", "language"])[0]) == 2


def test_the_nearer_one_goes_first_and_what_comes_in_time():
    minutes = {("lobby", "lobby"): 0.0, ("lobby", "pool"): 6.0}
    here = site(thing("a", "quiet", place="pool"), thing("b", "quiet", place="lobby"), minutes=minutes)
    assert ids(here, ["quiet"], role="desk") == [["b"]]
    late, dear = thing("a", "transport", ready_s=1800), thing("b", "transport", value=150)
    assert ids(site(late, dear), Task("0", ("transport",), within_s=60), role="desk") == [["b"]]


def test_work_is_spread_over_people():
    people = [thing("ann", "language", kind="person", load=3), thing("bo", "language", kind="person")]
    assert ids(site(*people), ["language"]) == [["bo"]]


def test_together_no_more_is_given_away_than_the_role_may():
    here = site(*(thing(f"gift-{n}", "food_drink", "quiet", value=90 + n) for n in range(4)))
    found = chosen(here, *[["food_drink"]] * 4, role="desk")
    given = [use.resource.value for n in range(4) for use in found.of(str(n)) if use.say == "self"]
    assert given
    assert sum(given) <= 200


def test_who_may_allow_it_must_be_there_to_be_asked():
    held = thing("held", "room", authority="supervisor")
    away = {id_: dataclasses.replace(role, reachable=id_ == "desk") for id_, role in ROLES.items()}
    assert chosen(site(held), ["room"], role="desk").of("0")[0].say == "supervisor"
    assert ids(site(held, roles=away), ["room"], role="desk") == [[]]
    assert ids(site(held, roles=away), ["room"], role="lead") == [["held"]]


def test_what_only_some_posts_may_give_needs_asking_by_others():
    cake = thing("cake", "food_drink", value=30, roles=("lead",))
    assert chosen(site(cake), ["food_drink"], role="desk").of("0")[0].say == "supervisor"
    assert chosen(site(cake), ["food_drink"], role="lead").of("0")[0].say == "self"


def test_no_need_names_nothing():
    assert ids(site(thing("a", "room")), []) == [[]]
    assert chosen(site()).uses == {}


RESOURCES = st.lists(
    st.builds(
        Resource,
        id=st.uuids().map(str),
        name=st.just({"en": "x"}),
        kind=st.sampled_from(["item", "person"]),
        meets=st.lists(st.sampled_from(NEEDS), min_size=1, max_size=3, unique=True).map(tuple),
        available=st.booleans(),
        value=st.floats(0, 1000),
        authority=st.sampled_from(AUTHORITIES),
        count=st.sampled_from([None, 0, 1, 5]),
        ready_s=st.integers(0, 3600),
        load=st.integers(0, 5),
    ),
    max_size=10,
    unique_by=lambda resource: resource.id,
)
TASKS = st.lists(
    st.tuples(st.lists(st.sampled_from(NEEDS), max_size=4), st.sampled_from(AUTHORITIES), st.booleans()), max_size=5
)


@given(RESOURCES, TASKS, st.sampled_from([None, *ROLES]), st.sets(st.sampled_from([*ROLES])), st.randoms())
def test_whatever_is_at_hand_the_choice_keeps_to_every_limit(resources, given_tasks, role, reachable, order):
    roles = {id_: dataclasses.replace(one, reachable=id_ in reachable) for id_, one in ROLES.items()}
    here = site(*resources, roles=roles)
    tasks = [Task(str(n), tuple(needs), say, choice=choice) for n, (needs, say, choice) in enumerate(given_tasks)]
    found = chosen(here, *tasks, role=role)
    shuffled = [*resources]
    order.shuffle(shuffled)
    assert found == chosen(site(*shuffled, roles=roles), *tasks, role=role)
    shared = [use.resource.id for task in tasks if not task.choice for use in found.of(task.id)]
    assert len(shared) == len(set(shared))
    for task in tasks:
        used = found.of(task.id)
        assert len(used) <= MOST
        met = [need for use in used for need in use.needs]
        assert len(met) == len(set(met))
        assert set(met) <= set(task.needs)
        for use in used:
            assert use.resource.available
            assert use.resource.count != 0
            assert use.needs
            assert use.say == here.say_for(use.resource, roles.get(role or ""))
    if role:
        given_away = [use for task in tasks if not task.choice for use in found.of(task.id) if use.say == "self"]
        assert sum(use.resource.value for use in given_away) <= ROLES[role].limit


def exactly(here: Site, tasks: list[Task], found) -> float:
    """The most that any choice is worth, by integer programming: what the quick way is held against."""
    uses = []
    for n, task in enumerate(tasks):
        for offer in found:
            alone = match(here, [task], [offer])
            uses += [(n, offer.resource.id, use) for use in alone.of(task.id)]
    pairs = sorted({(n, need) for n, _, use in uses for need in use.needs})
    worth = np.array([use.cost for _, _, use in uses] + [-NEED_MET] * len(pairs))
    rows = [[-1.0 if n == task and need in use.needs else 0.0 for n, _, use in uses] for task, need in pairs]
    rows = [row + [float(p == q) for q in pairs] for row, p in zip(rows, pairs, strict=True)]
    tops = [0.0] * len(rows)
    for n in range(len(tasks)):
        rows.append([float(n == task) for task, _, _ in uses] + [0.0] * len(pairs))
        tops.append(MOST)
    for id_ in {id_ for _, id_, _ in uses}:
        rows.append([float(id_ == other) for _, other, _ in uses] + [0.0] * len(pairs))
        tops.append(1)
    if not uses:
        return 0.0
    whole = np.array([1] * len(uses) + [0] * len(pairs))
    return -milp(worth, integrality=whole, bounds=Bounds(0, 1), constraints=LinearConstraint(rows, -np.inf, tops)).fun


def test_the_quick_way_is_as_good_as_the_exact_one_in_nearly_all_cases():
    rng, shares = random.Random(5), []
    for _ in range(60):
        things = [
            thing(
                f"r{n}",
                *rng.sample(NEEDS, rng.randint(1, 3)),
                value=rng.choice([0, 40, 200]),
                ready_s=rng.choice([0, 600]),
            )
            for n in range(9)
        ]
        here = site(*things)
        tasks = [Task(str(n), tuple(rng.sample(NEEDS, rng.randint(1, 3)))) for n in range(5)]
        found = offers(here, None)
        shares.append(match(here, tasks, found).worth / exactly(here, tasks, found))
    assert max(shares) <= 1 + 1e-6
    assert statistics.mean(shares) > 0.98
    assert sum(share > 0.995 for share in shares) / len(shares) > 0.8


def test_a_thousand_things_and_forty_needs_take_milliseconds():
    rng = random.Random(2)
    kinds = [f"need-{n}" for n in range(28)]
    things = [
        thing(
            f"r{n}",
            *rng.sample(kinds, rng.randint(1, 3)),
            value=rng.choice([0, 60, 300]),
            authority=rng.choice(AUTHORITIES),
        )
        for n in range(1000)
    ]
    here = site(*things)
    tasks = [Task(str(n), tuple(rng.sample(kinds, 4)), choice=n > 7) for n in range(10)]
    spent = []
    for _ in range(20):
        started = time.thread_time()
        match(here, tasks, offers(here, ROLES["desk"]), ROLES["desk"])
        spent.append((time.thread_time() - started) * 1000)
    assert sorted(spent)[18] <= 15
    assert DEAREST < NEED_MET
