"""Whatever is asked: every word can be found in its source, and the card keeps its form."""

import re

import pytest
from incidents import DANGERS, ORDINARY

from assistant.domain.vocabulary import in_lang

HAN = re.compile(r"[\u4e00-\u9fff]")
ASKED = [*ORDINARY, *(text for pair in DANGERS.values() for text in pair), "write a poem about rain", "帮我写首诗"]


@pytest.fixture(params=ASKED)
def advice(improv, request):
    return improv.suggest(request.param, record=False)


def shown(advice) -> list[str]:
    """Every text of an advice that a person reads."""
    actions = [text for a in advice.actions for text in (a.text, a.say, a.owner_name, a.channel)]
    things = [resource.name for action in advice.actions for resource in action.resources]
    cited = [text for source in advice.sources for text in (source.title, source.quote)]
    more = [entry.text for entry in (*advice.options, *advice.avoid)]
    return [text for text in (advice.goal.text, advice.notice, *actions, *things, *cited, *more) if text]


def test_every_quote_stands_word_for_word_at_its_place_in_its_source(improv, advice):
    for source in advice.sources:
        stored = improv.documents.passages_of("main", source.document)
        assert any(s.passage.locator == source.locator and source.quote in s.passage.text for s in stored), source
        assert source.version == stored[0].version
        assert 0.0 <= source.score <= 1.0


def test_everything_advised_cites_a_source_that_is_listed_and_none_is_idle(advice):
    cited = [entry.sources for entry in (advice.goal, *advice.actions, *advice.options, *advice.avoid)]
    assert all(cited)
    assert {id_ for ids in cited for id_ in ids} == {source.id for source in advice.sources}
    assert len({source.id for source in advice.sources}) == len(advice.sources)


def test_the_card_is_short_and_its_first_four_are_enough(advice):
    assert 1 <= len(advice.actions) <= 8
    assert len({action.id for action in advice.actions}) == len(advice.actions)
    first = advice.actions[:4]
    factors = {action.factor for action in first}
    assert "immediate_response" in factors
    assert "timely_collaboration" in factors
    assert first[0].within_s <= 60
    assert len(advice.options) <= 2
    assert len(advice.avoid) <= 4
    assert all(entry.text for entry in (advice.goal, *advice.actions, *advice.options, *advice.avoid))


def test_every_text_is_in_the_language_of_the_advice(advice):
    for text in shown(advice):
        if advice.lang == "en":
            assert not HAN.search(text), text
        else:
            assert HAN.search(text), text


def test_what_is_at_hand_is_named_once_and_is_the_sites(improv, advice):
    site = improv.site("demo-hotel")
    named = [resource.id for action in advice.actions for resource in action.resources]
    assert len(named) == len(set(named))
    assert set(named) <= {resource.id for resource in site.resources if resource.available}


def test_who_is_pulled_in_can_be_called(improv, advice):
    for action in advice.actions:
        assert action.owner_name == in_lang(improv.corpus.roles[action.owner], advice.lang)
        if action.owner in {"manager", "security", "emergency_services"}:
            assert action.channel


@pytest.mark.parametrize(
    "text", ["客人三点来办入住，1208房还没打扫好", "room 1208 is not ready, guest is furious at the desk"]
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_answer_comes_in_the_language_that_was_asked_for(improv, text, lang):
    advice = improv.suggest(text, lang=lang, record=False)
    assert advice.lang == lang
    assert {action.id.split("/")[0] for action in advice.actions} == {"hotel.room-not-ready"}
    assert all(bool(HAN.search(said)) == (lang == "zh") for said in shown(advice))
