"""Which language a text is in, in mixed and in odd texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.language import language_of


@pytest.mark.parametrize(
    "text",
    [
        "客人要退款",
        "VIP客人的Wi-Fi连不上",
        "1208还是脏房，check-in 的客人催两遍了",
        "客户说 membership card 刷不了",
        "起火了",
        "𠮷野家的客人投诉",
    ],
)
def test_chinese_with_english_names_in_it_is_chinese(text):
    assert language_of(text) == "zh"


@pytest.mark.parametrize(
    "text",
    [
        "guest wants his money back",
        "the guest kept saying 退款 and I do not know what that means",
        "Mr. 王 is still waiting for his room and he is getting very loud at the desk",
        "1208",
        "…!!",
        "",
        "café Zoë",
    ],
)
def test_english_numbers_and_signs_are_english(text):
    assert language_of(text) == "en"


@given(st.text())
def test_every_text_has_one_of_the_two_languages(text):
    assert language_of(text) in {"zh", "en"}


@given(st.text(st.characters(codec="ascii")), st.integers(1, 40))
def test_adding_enough_chinese_makes_a_text_chinese(text, times):
    assert language_of(text + "客人" * (times + len(text))) == "zh"
