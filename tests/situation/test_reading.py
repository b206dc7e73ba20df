"""What is read from an incident: danger above all, also where nobody says the word."""

import numpy as np
import pytest

from assistant.knowledge.corpus import Corpus
from assistant.situation.storage import load_trained, save_trained

INDIRECT = {
    "the man at table nine has turned blue and is pointing at his throat": "medical",
    "she says her arm has gone numb and she cannot lift it to sign the bill": "medical",
    "there is grey stuff coming out under the door of the linen room and it stinks of burning": "fire",
    "he has the waiter by the collar and is pulling back his fist": "violence",
    "the mum says she looked away for a second and now her boy is nowhere in the toy aisle": "child_missing",
    "they have been banging on the lift doors from inside for ten minutes": "entrapment",
    "she wrote that nobody will have to put up with her after tonight and she is up on the roof": "self_harm",
    "the kitchen reeks of rotten eggs and the hob will not light": "gas_leak",
    "the kid at the bottom of the pool has not come up": "drowning",
    "there is a guy by the entrance with a long knife under his coat": "weapon",
    "靠窗那桌的老先生突然说话含糊，半边脸歪了": "medical",
    "布草间门缝里往外冒灰，一股烧焦的味道越来越浓": "fire",
    "妈妈说一转身孩子就没影了，商场里喊了半天没人应": "child_missing",
    "电梯停在三楼和四楼之间，里面的人一直拍门": "entrapment",
    "客人给前台发消息说活着没意思，以后不用再打扫他的房间了": "self_harm",
    "大堂的天花板往下掉石膏块，墙上裂了一道大缝": "structural",
}
HARMLESS = [
    "guest says the breakfast queue is killing him",
    "he would die for another portion of that cake",
    "the fire sale starts at nine, where do we put the banner",
    "the new phone is so hot that it is sold out",
    "she exploded with laughter when the waiter sang",
    "guest wants to know where the smoking area is",
    "kids want to know when the knife show in the teppanyaki room begins",
    "客人说这个价格简直要命",
    "这道菜火候不够，客人要求重做",
    "客人问消防演习几点结束",
    "排队排得客人都要炸了，让加开一个窗口",
    "客人要一把水果刀切蛋糕",
]


@pytest.mark.parametrize(("text", "hazard"), INDIRECT.items())
def test_danger_is_heard_without_its_name(improv, text, hazard):
    situation = improv.suggest(text, record=False).situation
    assert (situation.hazard, situation.urgency) == (hazard, "now")


@pytest.mark.parametrize("text", HARMLESS)
def test_alarming_words_are_not_yet_a_danger(improv, text):
    assert improv.suggest(text, record=False).situation.hazard == "none"


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("passenger missed the last train and sleeps on the platform", "transport"),
        ("航班取消了，旅客围着柜台要说法", "transport"),
        ("customer wants to return shoes without the receipt", "retail"),
        ("病人说约的两点，四点了还没叫号", "clinic"),
    ],
)
def test_the_text_names_its_sector_even_at_a_hotel(improv, text, sector):
    assert improv.suggest(text, record=False).situation.sector == sector


def test_where_the_text_does_not_say_the_site_does(improv):
    text = "somebody at the desk is unhappy"
    assert improv.suggest(text, record=False, site="demo-hotel").situation.sector == "hotel"
    assert improv.suggest(text, record=False, site="demo-station").situation.sector == "transport"


def test_needs_and_mood_are_words_of_the_vocabulary(improv):
    known = set(Corpus(improv.settings.corpus).needs)
    for text in ("guest is furious, no room and nobody says when", "老人听不懂，站在柜台前手足无措"):
        situation = improv.suggest(text, record=False).situation
        assert set(situation.needs) <= known
        assert len(situation.needs) <= 6
    assert improv.suggest("he is screaming that this is a scandal", record=False).situation.guest_state in {
        "angry",
        "abusive",
    }


def test_heads_from_the_file_judge_as_those_that_were_saved(improv, tmp_path):
    texts = [*INDIRECT, *HARMLESS, "", "…"]
    vectors = improv.embedder.incidents(texts)
    save_trained(improv.heads, tmp_path / "heads.npz")
    again = load_trained(type(improv.heads), tmp_path / "heads.npz")
    assert not list(tmp_path.glob("*.draft"))
    for name in ("sector", "urgency", "guest_state", "known"):
        before, after = getattr(improv.heads, name), getattr(again, name)
        assert after.classes == before.classes
        np.testing.assert_array_equal(after.probabilities(vectors), before.probabilities(vectors))
    np.testing.assert_array_equal(again.hazard.log_odds(texts, vectors), improv.heads.hazard.log_odds(texts, vectors))
    assert [again.hazard.chances(*pair) for pair in zip(texts, vectors, strict=True)] == [
        improv.heads.hazard.chances(*pair) for pair in zip(texts, vectors, strict=True)
    ]
    assert [again.likely_needs(v) for v in vectors] == [improv.heads.likely_needs(v) for v in vectors]
