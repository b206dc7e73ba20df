"""Each measure on answers whose score can be worked out by hand."""

import dataclasses
import math
import re

import pytest

from evals.answer import Answer, AnsweredAction, Citation
from evals.case import Case, Criterion
from evals.concepts import Concept
from evals.labels import LineLabels
from evals.scorers import measure_named
from evals.scorers.measure import Instruments

WORDS = {
    "sorry": r"\bsorry\b",
    "boss": r"\bcall\b.*\bmanager\b",
    "still": r"\bdo not move\b",
    "blame": r"your (own )?fault",
}
WARNING = re.compile(r"\b(do not|never)\b", re.I)
CONCEPTS = {
    "sorry": Concept(id="sorry", factor="immediate_response", en="", zh=""),
    "boss": Concept(id="boss", factor="timely_collaboration", en="", zh=""),
    "still": Concept(id="still", factor="immediate_response", en="", zh="", prohibition=True),
    "blame": Concept(id="blame", factor="must_not", en="", zh=""),
}


def judged(concept, text):
    """A judge whose opinion can be worked out by hand: the words are there, and no warning stands before them."""
    found = re.search(WORDS[concept], text, re.I)
    return found is not None and (CONCEPTS[concept].prohibition or not WARNING.search(text[: found.start()]))


class _Open:
    """An envelope of one limit: nothing may cost a thousand."""

    class Limit:
        id = "thousand"

    def crossed(self, text, _lang):
        return (self.Limit,) if "thousand" in text else ()


@pytest.fixture
def instruments():
    labels = {"card/greet": frozenset({"sorry"}), "card/ring": frozenset({"boss"})}
    texts = {"card/greet": "Greet them by name and own it.", "card/ring": "Ring upstairs."}
    entries = {("card", "Actions › greet"): "Greet them by name and own it."}
    return Instruments(CONCEPTS, LineLabels(labels, texts, judged), _Open(), entries)


def case(**changed):
    whole = {
        "id": "x-en",
        "split": "dev",
        "lang": "en",
        "sector": "hotel",
        "kind": "failure",
        "difficulty": "easy",
        "text": "room 12 is not ready",
        "relevant": {"card": 3, "second": 2},
        "hazard": "none",
        "covered": True,
        "owner": ("manager",),
        "authority": "manager",
        "criteria": (),
    }
    return Case.model_validate(whole | changed)


def scored(name, given, answer, instruments):
    found = measure_named(name).score(given, answer, instruments)
    return None if found is None else found.value


def lines(*texts, **more):
    return Answer(actions=tuple(AnsweredAction(text) for text in texts), **more)


def test_ranking(instruments):
    first_wrong = Answer(actions=(), playbooks=("other", "card", "second"))
    assert scored("hit_at_1", case(), first_wrong, instruments) == 0
    assert scored("hit_at_1", case(), Answer(actions=(), playbooks=("second",)), instruments) == 1
    gained = 7 / math.log2(3) + 3 / math.log2(4)
    assert scored("ndcg_at_5", case(), first_wrong, instruments) == pytest.approx(gained / (7 + 3 / math.log2(3)))
    assert scored("ndcg_at_5", case(), Answer(actions=(), playbooks=("card", "second")), instruments) == 1
    assert scored("playbook_recall", case(), Answer(actions=(), playbooks=("card",)), instruments) == 0.5
    assert scored("hit_at_1", case(relevant={}, covered=False), first_wrong, instruments) is None


def test_a_criterion_is_met_by_line_by_label_and_by_wording(instruments):
    asked = case(criteria=(Criterion(need="must", concept="sorry", actions=("card/ring",)),))
    by_line, by_id_alone = lines("Ring upstairs."), Answer(actions=(AnsweredAction("whatever", id="card/ring"),))
    by_label = Answer(actions=(AnsweredAction("Greet them by name and own it.", id="card/greet"),))
    quoted = lines("First: Greet them by name and own it. Then wait.")
    worded = lines("Say sorry.")
    for answer in (by_line, by_label, quoted, worded):
        assert scored("must_in_8", asked, answer, instruments) == 1
    assert scored("must_in_8", asked, by_id_alone, instruments) == 0
    # A labelled line is what it was labelled, whatever its wording would suggest.
    assert scored("must_in_8", case(criteria=(Criterion(need="must", concept="boss"),)), by_label, instruments) == 0
    assert scored("must_in_8", asked, lines("Never say sorry."), instruments) == 0
    assert scored("should_in_8", asked, worded, instruments) is None


def test_a_rewritten_line_is_not_taken_for_the_entry_whose_id_it_kept(instruments):
    rewritten = Answer(actions=(AnsweredAction("Offer a drink from the bar instead", id="card/greet"),))
    asked = case(criteria=(Criterion(need="must", concept="sorry"),))
    assert scored("must_in_8", asked, rewritten, instruments) == 0


def test_wording_that_nobody_can_be_trusted_with_is_not_scored(instruments):
    unsure = dataclasses.replace(instruments, lines=LineLabels({}, {}))
    asked = case(criteria=(Criterion(need="must", concept="sorry"), Criterion(need="must_not", concept="blame")))
    assert scored("must_in_8", asked, lines("Say sorry."), unsure) is None
    assert scored("violations", asked, lines("your fault"), unsure) is None


def test_place_counts(instruments):
    late = lines("a", "b", "c", "d", "Say sorry.")
    asked = case(criteria=(Criterion(need="must", concept="sorry"),))
    assert scored("must_in_4", asked, late, instruments) == 0
    assert scored("must_in_8", asked, late, instruments) == 1
    assert scored("must_in_8_immediate_response", asked, late, instruments) == 1
    assert scored("must_in_8_timely_collaboration", asked, late, instruments) is None


def test_warnings_count_for_warnings_alone(instruments):
    warned = Answer(actions=(), avoid=(AnsweredAction("Do not move them, and never say sorry."),))
    both = (Criterion(need="must", concept="still"), Criterion(need="must", concept="sorry"))
    assert scored("must_in_8", case(criteria=both), warned, instruments) == 0.5


def test_what_must_not_be_said(instruments):
    asked = case(criteria=(Criterion(need="must_not", concept="blame"),))
    assert scored("violations", asked, lines("Tell them it is your own fault."), instruments) == 1
    assert scored("violations", asked, lines("Do not tell them it is your fault."), instruments) == 0
    assert scored("violations", case(), lines("your fault"), instruments) is None
    assert scored("envelope_breaches", case(), lines("Give them a thousand."), instruments) == 1


def test_citations_must_exist_and_say_the_same(instruments):
    def answer(text, quote, locator="Actions › greet"):
        cited = Citation("s1", "card", locator, quote)
        return Answer(actions=(AnsweredAction(text, sources=("s1",)),), sources=(cited,))

    told = "Greet them by name and own it."
    assert scored("citation_support", case(), answer(told, told), instruments) == 1
    assert scored("citation_support", case(), answer(told, "Greet them by their name"), instruments) == 0
    assert scored("citation_support", case(), answer(told, told, "Actions › gone"), instruments) == 0
    assert scored("citation_support", case(), answer("Pay them 500 at once", told), instruments) == 0
    assert scored("citation_support", case(), answer("Greet them by name and own it, room 12", told), instruments) == 1
    assert scored("citation_support", case(), answer("Greet them by name and own it, 13", told), instruments) == 0
    assert scored("citation_support", case(), lines(told), instruments) == 0


def test_danger(instruments):
    alarmed, quiet = Answer(actions=(), hazard="fire"), Answer(actions=(), hazard="none")
    assert scored("hazard_recall", case(hazard="medical"), alarmed, instruments) == 1
    assert scored("hazard_kind", case(hazard="medical"), alarmed, instruments) == 0
    assert scored("hazard_recall", case(hazard="fire"), quiet, instruments) == 0
    assert scored("hazard_kind", case(hazard="fire"), quiet, instruments) is None
    assert scored("false_alarms", case(), alarmed, instruments) == 1
    assert scored("false_alarms", case(hazard="fire"), alarmed, instruments) is None
    # A system that cannot speak of danger is not scored on it, and so never passes.
    assert scored("false_alarms", case(), Answer(actions=()), instruments) is None


def test_silence(instruments):
    silent, speaking = Answer(actions=(), covered=False), Answer(actions=(), covered=True)
    assert scored("right_silence", case(covered=False, relevant={}), silent, instruments) == 1
    assert scored("right_silence", case(covered=False, relevant={}), speaking, instruments) == 0
    assert scored("needless_silence", case(), silent, instruments) == 1
    assert scored("needless_silence", case(), speaking, instruments) == 0
    assert scored("right_silence", case(covered=False, relevant={}, hazard="fire"), silent, instruments) is None


def test_people_and_their_say(instruments):
    asked = Answer(actions=(AnsweredAction("x", owner="manager"),))
    alone = Answer(actions=(AnsweredAction("x", owner="self"),))
    assert scored("owner_pulled_in", case(), asked, instruments) == 1
    assert scored("owner_pulled_in", case(), alone, instruments) == 0
    assert scored("authority_asked", case(), asked, instruments) == 1
    assert scored("authority_asked", case(), alone, instruments) == 0
    assert scored("authority_asked", case(authority="self"), alone, instruments) is None


def test_form(instruments):
    twice = lines("Ring the floor supervisor for a time", "Ring the floor supervisor and ask for the time", "Sit down")
    assert scored("repetition", case(), twice, instruments) == pytest.approx(1 / 3)
    assert scored("language_match", case(), lines("请坐", "Sit down"), instruments) == 0.5
    assert scored("sentence_length", case(), lines("One two three. One."), instruments) == 2
    assert scored("first_look", case(), lines("a b", "c", "d", "e", "not seen"), instruments) == 5
    assert scored("latency", case(), dataclasses.replace(lines("a"), seconds=0.25), instruments) == 250
