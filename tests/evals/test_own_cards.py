"""Companies' own cards and what is asked of them: the texts are in the language that they are said to be in."""

import pytest

from assistant.domain.language import language_of
from assistant.domain.vocabulary import LANGS
from evals.own_cards import find, read_own_cards

CARDS = read_own_cards()


def test_every_card_is_asked_about_in_both_languages():
    assert len({card.id for card in CARDS}) == len(CARDS) >= 24
    assert {card.lang for card in CARDS} == set(LANGS)
    for card in CARDS:
        assert {language_of(text) for text in (card.title, *card.signals)} == {card.lang}
        for lang in LANGS:
            texts = (*card.asked[lang], *card.beside[lang])
            assert {language_of(text) for text in texts} == {lang}
            assert not set(texts) & set(card.signals)


def test_no_card_is_one_that_is_shipped(improv):
    assert not {card.id for card in CARDS} & {playbook.id for playbook in improv.playbooks()}


@pytest.mark.parametrize("own_lang", [True, False])
def test_every_text_is_asked_and_said_what_became_of_it(improv, own_lang):
    some = CARDS[:2]
    found = [one for one in find(improv, some) if one.own_lang == own_lang]
    texts = [text for card in some for lang in LANGS if (lang == card.lang) == own_lang for text in card.asked[lang]]
    assert sum(bool(one.right) for one in found) == len(texts)
    assert {one.answered_by for one in found} <= {"", *(card.id for card in some), *(p.id for p in improv.playbooks())}
