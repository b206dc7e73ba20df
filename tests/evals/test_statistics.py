"""Intervals and tests on values whose answer is known."""

import numpy as np
import pytest

from evals.statistics import corrected, difference, estimate


def test_an_interval_holds_the_truth_about_as_often_as_it_says():
    random = np.random.default_rng(1)
    held = 0
    for trial in range(60):
        values = random.normal(0.3, 1.0, 60).tolist()
        found = estimate(values, [str(i) for i in range(60)], seed=trial)
        held += found.low <= 0.3 <= found.high
    assert 50 <= held <= 60


def test_twins_that_say_the_same_do_not_make_the_interval_narrower():
    values = [0.0, 1.0] * 10
    alone = estimate(values, [str(i) for i in range(20)])
    doubled = estimate([v for v in values for _ in range(2)], [str(i) for i in range(20) for _ in range(2)])
    assert doubled.clusters == alone.clusters == 20
    assert doubled.high - doubled.low == pytest.approx(alone.high - alone.low, rel=0.02)


def test_a_real_change_is_seen_and_chance_is_not():
    clusters = [str(i) for i in range(40)]
    before = [0.0] * 20 + [1.0] * 20
    better = [1.0] * 38 + [0.0] * 2
    found = difference(before, better, clusters)
    assert found.change.mean == pytest.approx(0.45)
    assert found.verdict == "more"
    swapped = difference(before, [*before[1:], before[0]], clusters)
    assert swapped.verdict == "no difference shown"
    assert difference(before, before, clusters).verdict == "same"


def test_few_incidents_are_too_few_to_tell_whatever_they_say():
    assert difference([0.0] * 5, [1.0] * 5, list("abcde")).verdict == "too few to tell"


def test_looking_at_many_measures_raises_every_p_and_keeps_their_order():
    clusters = [str(i) for i in range(30)]
    random = np.random.default_rng(2)
    found = {
        str(k): difference(random.random(30).tolist(), (random.random(30) + k / 10).tolist(), clusters)
        for k in range(5)
    }
    raised = corrected(found)
    assert all(raised[name].p >= found[name].p for name in found)
    order = sorted(found, key=lambda name: found[name].p)
    assert [raised[name].p for name in order] == sorted(raised[name].p for name in order)
    assert raised[order[0]].p == pytest.approx(min(1.0, found[order[0]].p * 5))
    assert all(one.change == found[name].change for name, one in raised.items())


def test_the_same_seed_gives_the_same_figures():
    values, clusters = [0.1, 0.9, 0.4, 0.7] * 5, [str(i) for i in range(20)]
    assert estimate(values, clusters, seed=3) == estimate(values, clusters, seed=3)
