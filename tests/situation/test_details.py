"""Details that an incident names, worded in the language of the answer."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.situation.details import read_details

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("text", "lang", "details"),
    [
        ("room 1208 is not ready", "en", {"room": "room 1208"}),
        ("Rm. 508B still dirty", "en", {"room": "room 508B"}),
        ("1208房还没好", "zh", {"room": "1208房"}),
        ("1208房还没好", "en", {"room": "room 1208"}),
        ("table 6 found glass", "zh", {"table": "6号桌"}),
        ("十二号桌等了一小时", "zh", {"table": "十二号桌"}),
        ("flight MU5137 is delayed", "en", {"vehicle": "flight MU5137"}),
        ("MU5137航班延误", "zh", {"vehicle": "MU5137航班"}),
        ("G123次列车晚点", "en", {"vehicle": "train G123"}),
        ("at gate B12 nobody is there", "zh", {"gate": "B12登机口"}),
        ("30个客人在排队", "en", {"count": "30 people"}),
        ("party of 12 at the door", "zh", {"count": "12个人"}),
        ("he wants ¥300 back", "en", {"amount": "¥300"}),
        ("要退128块钱", "en", {"amount": "128 yuan"}),
        ("water on the 3rd floor", "en", {"floor": "the 3rd floor"}),
    ],
)
def test_a_named_detail_is_read_and_worded(text, lang, details):
    assert read_details(text, lang) == details


def test_the_first_of_two_rooms_is_meant():
    assert read_details("room 301 complains about room 402", "en") == {"room": "room 301"}
    assert read_details("402室吵，301房投诉", "zh")["room"] == "402房"


@pytest.mark.parametrize(
    "text",
    ["guest in 412 not answering", "call me at 1430 please", "rm 508 is loud", "go to 1208", "we have 20 left of 300"],
)
def test_ordinary_words_before_a_number_are_no_flight(text):
    assert "vehicle" not in read_details(text, "en")


@pytest.mark.parametrize("text", ["客人快步上楼上找人", "他在台上唱歌", "电梯层站门坏了", "一点都不行", ""])
def test_words_that_only_look_like_details_are_left(text):
    assert read_details(text, "zh") == {}


@given(
    st.text()
    | st.lists(
        st.sampled_from(["二十", "12", "个客人", "桌", "three ", "people", "点", "floor ", "楼", "second "])
    ).map("".join)
)
def test_a_detail_is_in_the_language_of_the_answer_or_left_out(text):
    assert not any(HAN.search(detail) for detail in read_details(text, "en").values())
    assert not any(re.search(r"(?i)\b(three|second|people|floor)\b", d) for d in read_details(text, "zh").values())
