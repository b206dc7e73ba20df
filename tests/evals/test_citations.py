"""Lines rest on sources that exist and say the same: no source made up, no word to say, no “not” put in or left out."""

from types import SimpleNamespace

import pytest

from assistant.knowledge.corpus import Corpus
from assistant.settings import load_settings
from evals.answer import Answer, AnsweredAction, Citation
from evals.entries import entries_of
from evals.scorers.citations import citation_support

STAY = "Stay with the guest; do not move her before the ambulance is here. Never leave a child alone."
STAY_ZH = "陪在客人身边，救护车到之前不要移动她。别让孩子一个人待着。"
SAY = "I am staying with you, and nobody will move you."
ENTRIES = {("card", "Stay"): f"{STAY}\n“{SAY}”", ("card", "陪"): STAY_ZH}


def support(text, say="", sources=("s1",), locator="Stay", entries=ENTRIES, quote=""):
    cited = Citation("s1", "card", locator, quote or {"Stay": STAY, "陪": STAY_ZH}[locator])
    answer = Answer(actions=(AnsweredAction(text, say, sources=sources),), sources=(cited,))
    return citation_support(SimpleNamespace(text="she fell in room 12"), answer, SimpleNamespace(entries=entries))


def test_a_source_that_does_not_exist_is_wrong_beside_one_that_does():
    assert support(STAY).value == 1
    found = support(STAY, sources=("s1", "s9"))
    assert (found.value, found.why) == (0, (f"source not found: {STAY}",))


def test_words_to_say_must_stand_at_the_place_that_is_cited():
    assert support(STAY, SAY).value == 1
    assert support(STAY, "I am staying with you in room 12, and nobody will move you.").value == 1
    refund = "We will give you your money back today."
    found = support(STAY, refund)
    assert (found.value, found.why) == (0, (f"not supported: {refund}",))
    assert support(STAY, "I am staying with you 24 hours, and nobody will move you.").value == 0


@pytest.mark.parametrize(
    ("text", "locator", "value"),
    [
        ("Do not move her before the ambulance is here.", "Stay", 1),
        ("Don’t move her before the ambulance is here.", "Stay", 1),
        ("Move her before the ambulance is here.", "Stay", 0),
        ("Stay with the guest; move her before the ambulance is here.", "Stay", 0),
        ("Never stay with the guest; do not move her before the ambulance is here.", "Stay", 0),
        ("Leave a child alone.", "Stay", 0),
        ("救护车到之前勿移动她。", "陪", 1),
        ("救护车到之前移动她。", "陪", 0),
        ("别陪在客人身边，救护车到之前不要移动她。", "陪", 0),
        ("让孩子一个人待着。", "陪", 0),
    ],
)
def test_a_line_says_no_where_its_quote_does_and_nowhere_else(text, locator, value):
    assert support(text, locator=locator).value == value


def test_what_is_shown_word_for_word_is_supported():
    playbooks = Corpus(load_settings().corpus).playbooks()
    entries = entries_of(playbooks)
    lines, cited = [], []
    for playbook in playbooks:
        for lang in playbook.langs:
            for entry in (*playbook.actions, *playbook.options, *playbook.avoid):
                if text := entry.text.get(lang):
                    say = getattr(entry, "say", {}).get(lang, "")
                    cited.append(Citation(f"s{len(cited)}", playbook.id, entry.locator[lang], text))
                    lines.append(AnsweredAction(text, say, sources=(cited[-1].id,)))
    answer = Answer(actions=tuple(lines), sources=tuple(cited))
    assert len(lines) > 1000
    assert citation_support(SimpleNamespace(text=""), answer, SimpleNamespace(entries=entries)).why == ()
