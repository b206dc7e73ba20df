"""Whose say an amount of money needs at a site."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.site import Role, Site
from assistant.domain.vocabulary import AUTHORITIES, in_lang


def site(*limits: tuple[str, str, float]) -> Site:
    roles = {id_: Role(id_, {"en": id_}, authority, limit) for id_, authority, limit in limits}
    return Site("here", {"en": "Here"}, ("hotel",), "CNY", roles, ())


HOTEL = site(("desk", "self", 200), ("bell", "self", 50), ("lead", "supervisor", 800), ("boss", "manager", 3000))


def test_the_lowest_authority_that_may_give_the_amount_decides():
    assert [HOTEL.authority_for(amount) for amount in (0, 200, 200.01, 800, 801, 3000)] == [
        "self", "self", "supervisor", "supervisor", "manager", "manager",
    ]  # fmt: skip


def test_what_nobody_may_give_is_for_the_highest_to_say():
    assert HOTEL.authority_for(1_000_000) == "manager"


def test_a_site_without_supervisors_asks_the_manager():
    assert site(("desk", "self", 10), ("boss", "manager", 100)).authority_for(50) == "manager"


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_more_money_never_needs_less_say(one, other):
    low, high = sorted((one, other))
    assert AUTHORITIES.index(HOTEL.authority_for(low)) <= AUTHORITIES.index(HOTEL.authority_for(high))


def test_a_text_in_one_language_is_given_in_either():
    assert in_lang({"zh": "房间"}, "en") == "房间"
    assert in_lang({"en": "room", "zh": "房间"}, "zh") == "房间"
    assert in_lang({}, "en") == ""
