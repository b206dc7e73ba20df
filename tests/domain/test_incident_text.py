"""What may be typed as an incident, whatever the keyboard or the client sends."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.incident import MOST_CHARACTERS, clean_incident
from assistant.errors import InvalidInput

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)


@given(ANY_TEXT)
def test_whatever_is_typed_becomes_storable_or_is_refused(text):
    try:
        tidy = clean_incident(text)
    except InvalidInput:
        return
    tidy.encode("utf-8")
    assert tidy == tidy.strip()
    assert all(unicodedata.category(char) != "Cc" or char in "\t\n\r\x85" or char >= "\x80" for char in tidy)
    assert clean_incident(tidy) == tidy


@pytest.mark.parametrize("empty", ["", "   ", "\n\t ", "\x00\x07", "\u3000\u3000"])
def test_a_text_without_words_is_refused_with_the_mend(empty):
    with pytest.raises(InvalidInput, match="type one sentence"):
        clean_incident(empty)


def test_the_longest_text_passes_and_one_character_more_does_not():
    assert len(clean_incident("房" * MOST_CHARACTERS)) == 4000
    with pytest.raises(InvalidInput, match="4001 characters"):
        clean_incident("房" * 4001)


def test_spaces_around_a_long_text_do_not_count():
    assert clean_incident(" " * 50 + "x" * 4000 + "\n" * 50) == "x" * 4000


def test_line_breaks_and_inner_words_survive():
    assert clean_incident("  guest shouting\n第二行\x0bend ") == "guest shouting\n第二行 end"


def test_lone_surrogates_of_broken_clients_are_replaced():
    assert "\ud83d" not in clean_incident("guest \ud83d angry")
    assert clean_incident("客人😡").endswith("😡")
