"""A cohort: everybody has a row, and what many miss is a gap where no playbook has words for it."""

from __future__ import annotations

from attempts import attempt, scenario

from assistant.domain.playbook import Action, Playbook
from assistant.domain.training import KeptMoment
from assistant.training.cohort import people, weak_spots

DRILL = scenario()
SOUGHT = (("immediate_response", "Says sorry"), ("resource_integration", "Meets it"))


def card(**say):
    action = Action("hotel.card/a", "immediate_response", {"en": "Say sorry"}, say)
    return Playbook("hotel.card", "hotel.card", "1", {"en": "Card"}, {"en": "Goal"}, {}, (action,))


def missing(who, day=0, documents=()):
    moments = tuple(KeptMoment(1, "dismiss", "it is nothing", document) for document in documents)
    return attempt(day, who=who, sought=SOUGHT, missed=SOUGHT[:1], moments=moments)


def test_who_has_not_begun_has_an_empty_row():
    rows = people([attempt(who="Lin")], ["Wu", "Lin"], {DRILL.id: DRILL})
    assert [(row.name, row.attempts) for row in rows] == [("Wu", 0), ("Lin", 1)]
    assert not rows[1].skills["overall"].tells


def test_a_weak_spot_needs_several_tries_of_several_people():
    assert weak_spots([missing("Lin"), missing("Lin", 1), missing("Lin", 2)], {DRILL.id: DRILL}, []) == []
    assert weak_spots([missing("Lin"), missing("Wu")], {DRILL.id: DRILL}, []) == []
    (spot,) = weak_spots([missing("Lin"), missing("Wu"), missing("Wu", 1)], {DRILL.id: DRILL}, [])
    assert (spot.text["en"], spot.tries, spot.missed, spot.people) == ("Says sorry", 3, 3, 2)
    assert spot.is_gap


def test_a_playbook_with_words_for_it_serves_it():
    tries = [missing("Lin"), missing("Wu"), missing("Wu", 1)]
    (spot,) = weak_spots(tries, {DRILL.id: DRILL}, [card(en="I am sorry.")])
    assert spot.served_by == ("hotel.card",)
    (spot,) = weak_spots(tries, {DRILL.id: DRILL}, [card(zh="对不起。")])
    assert spot.is_gap


def test_it_is_a_gap_all_the_same_where_debriefs_found_no_fitting_words_there():
    tries = [missing(who, day, (DRILL.id,)) for day, who in enumerate(("Lin", "Wu", "Wu"))]
    (spot,) = weak_spots(tries, {DRILL.id: DRILL}, [card(en="I am sorry.")])
    assert spot.is_gap
    assert spot.quotes == ("it is nothing",)
