"""Which playbook answers an incident: across languages, within a sector, two at once, or none."""

import pytest

from assistant.domain.language import language_of
from assistant.domain.situation import Situation
from assistant.index.signals import signal_groups
from assistant.retrieval.evidence_finder import GENERAL, EvidenceFinder
from assistant.retrieval.recogniser import Recogniser


@pytest.fixture(scope="module")
def finder(improv) -> EvidenceFinder:
    playbooks = improv.playbooks()
    ids = [id_ for group in signal_groups(playbooks) for id_ in (*group.ids, group.mean_id)]
    return EvidenceFinder(
        Recogniser(playbooks, improv.library.signal_index().vectors(ids)), improv.embedder, improv.heads.odds
    )


def find(finder, text: str, sector: str, parts=(), **frame):
    return finder.find(Situation(text, language_of(text), sector), parts, **frame)


def names(evidence) -> list[str]:
    return [match.playbook.id for match in evidence.matches]


@pytest.mark.parametrize(
    ("text", "playbook"),
    [
        ("family at the desk, booked room still being cleaned, they are fed up", "hotel.room-not-ready"),
        ("客人说房卡丢了进不去门", "hotel.key-lost-or-lockout"),
        ("the whole booking system is down and thirty people are waiting at the desk", "service.system-down"),
        ("整个收银系统瘫了，后面排了三十多个人", "service.system-down"),
        ("隔壁太吵，客人半夜下来说睡不着", "hotel.noise-neighbour"),
        (
            "her soup is stone cold and she wants it heated properly",
            "restaurant.food-cold-or-undercooked-taste-complaint",
        ),
        ("乘客的箱子转盘上没等到", "transport.baggage-missing"),
    ],
)
def test_the_card_that_a_manager_would_take_comes_first(improv, finder, text, playbook):
    sector = playbook.split(".")[0]
    evidence = find(finder, text, "hotel" if sector == "service" else sector)
    assert names(evidence)[0] == playbook
    assert evidence.covered


def test_with_a_strict_sector_no_foreign_card_is_shown(finder):
    text = "member wants to cancel his gym membership and get the rest of the year back"
    assert names(find(finder, text, "venue"))[0] == "venue.gym-membership-dispute"
    strict = find(finder, text, "hotel", sectors=("hotel", "restaurant"), strict=True)
    allowed = {"hotel", "restaurant", "any"}
    assert all(allowed.intersection(match.playbook.sectors) for match in strict.matches)


def test_a_foreign_card_that_fits_far_better_is_found_from_another_site(finder):
    text = "member wants to cancel his gym membership and get the rest of the year back"
    assert names(find(finder, text, "hotel", sectors=("hotel",)))[0] == "venue.gym-membership-dispute"


def test_two_problems_in_one_text_give_two_playbooks(improv):
    text = (
        "A family waits at reception, their booked room is still being cleaned. Also a waiter spilled wine on a dress."
    )
    advice = improv.suggest(text, record=False)
    cards = {action.id.split("/")[0] for action in advice.actions}
    assert {"hotel.room-not-ready", "restaurant.spill-on-guest"} <= cards
    assert {"hotel.room-not-ready", "restaurant.spill-on-guest"} <= {a.id.split("/")[0] for a in advice.actions[:4]}


def test_two_problems_in_chinese_give_two_playbooks(improv):
    advice = improv.suggest("客人订的房间还没打扫好在前台催，另外餐厅的服务员把汤洒在客人衣服上了", record=False)
    assert {"hotel.room-not-ready", "restaurant.spill-on-guest"} <= {a.id.split("/")[0] for a in advice.actions}


@pytest.mark.parametrize(
    "text",
    [
        "write a poem about autumn leaves",
        "what is the capital of Mongolia",
        "my sourdough starter does not rise any more",
        "帮我写一首关于秋天的诗",
        "今天股市跌了三个点，要不要加仓",
        "asdf qwer zxcv",
        "12345",
        "…",
        "😀😀😀",
    ],
)
def test_where_nothing_fits_it_says_so_and_gives_the_first_minute(improv, text):
    advice = improv.suggest(text, record=False)
    assert advice.covered is False
    assert advice.notice
    assert {action.id.split("/")[0] for action in advice.actions} == {GENERAL}
    assert any(action.owner != "self" for action in advice.actions), "it says whom to call"
    assert {source.document for source in advice.sources} == {GENERAL}


def test_the_order_of_fit_does_not_depend_on_what_was_asked_before(finder):
    text = "客人要求退全款，不然就发视频"
    first = find(finder, text, "hotel")
    for other in ("room dirty", "lift stuck", "电梯坏了"):
        find(finder, other, "hotel")
    assert find(finder, text, "hotel") == first


def test_confidence_is_a_probability_and_higher_for_what_fits(finder):
    fits = find(finder, "the booked room is not ready and the guest is at the desk", "hotel")
    strange = find(finder, "a poem about leaves", "hotel")
    assert 0.0 <= strange.confidence < fits.confidence <= 1.0
