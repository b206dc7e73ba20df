"""What is at hand and serves the need: the right things, never more than two, never what is not to be had."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.site import Resource, Site
from assistant.domain.vocabulary import AUTHORITIES
from assistant.resources.matcher import match_resources

NEEDS = ["room", "quiet", "food_drink", "transport", "language"]


def thing(id_: str, *meets: str, **more) -> Resource:
    return Resource(id_, {"en": id_}, "item", meets, **more)


def site(*resources: Resource) -> Site:
    return Site("here", {"en": "Here"}, ("hotel",), "CNY", {}, resources)


def ids(*args, **kwargs) -> list[str]:
    return [resource.id for resource in match_resources(*args, **kwargs)]


def test_what_is_not_available_is_not_named():
    assert ids(site(thing("a", "room", available=False), thing("b", "room")), ["room"], "self") == ["b"]


def test_what_is_taken_already_is_not_named_again():
    assert ids(site(thing("a", "room"), thing("b", "room", value=9)), ["room"], "self", frozenset({"a"})) == ["b"]


def test_a_thing_is_named_for_what_it_is_there_for():
    lounge = thing("lounge", "quiet", "food_drink")
    assert ids(site(lounge), ["food_drink"], "self") == []
    assert ids(site(lounge), ["quiet", "food_drink"], "self") == ["lounge"]


def test_what_meets_more_goes_first_then_what_needs_no_asking_then_what_costs_less():
    both = thing("both", "room", "quiet", value=500, authority="manager")
    assert ids(site(thing("one", "room"), both), ["room", "quiet"], "self") == ["both"]
    dear, asked = thing("dear", "room", value=50), thing("asked", "room", authority="supervisor")
    assert ids(site(dear, asked), ["room"], "self") == ["dear"]
    assert ids(site(dear, asked), ["room"], "supervisor") == ["asked"]


def test_a_second_thing_is_named_only_for_a_need_left_open():
    here = site(thing("a", "room"), thing("b", "room"), thing("c", "transport"), thing("d", "language"))
    assert ids(here, ["room"], "self") == ["a"]
    assert len(ids(here, ["room", "transport", "language"], "self")) == 2


def test_no_need_names_nothing():
    assert ids(site(thing("a", "room")), [], "self") == []


@given(
    st.lists(
        st.builds(
            Resource,
            id=st.uuids().map(str),
            name=st.just({"en": "x"}),
            kind=st.just("item"),
            meets=st.lists(st.sampled_from(NEEDS), min_size=1, max_size=3, unique=True).map(tuple),
            available=st.booleans(),
            value=st.floats(0, 1000),
            authority=st.sampled_from(AUTHORITIES),
        ),
        max_size=8,
    ),
    st.lists(st.sampled_from(NEEDS), max_size=4),
    st.sampled_from(AUTHORITIES),
)
def test_whatever_is_at_hand_the_choice_is_available_fitting_and_repeatable(resources, needs, authority):
    chosen = match_resources(site(*resources), needs, authority)
    assert len(chosen) == len({resource.id for resource in chosen}) <= 2
    assert all(resource.available and resource.meets[0] in needs for resource in chosen)
    assert chosen == match_resources(site(*reversed(resources)), needs, authority)
    if any(resource.available and resource.meets[0] in needs for resource in resources):
        assert chosen
