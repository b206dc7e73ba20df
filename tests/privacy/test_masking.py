"""What is private leaves as a placeholder and comes back whole; what the advice needs stays readable."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.knowledge.corpus import Corpus
from assistant.privacy.masking import Mask
from assistant.privacy.names import load_names

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def names():
    return load_names(Corpus(ROOT / "corpus"))


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("Mrs Hale in room 1208 wants a call on +44 7911 123456", ["Hale", "1208", "7911 123456"]),
        ("John Smith says his card 4111 1111 1111 1111 was charged twice", ["John", "Smith", "4111 1111 1111 1111"]),
        ("passenger's passport number E12345678, plate AB12 CDE", ["E12345678", "AB12 CDE"]),
        ("booking no. HX88231, write to tom.hale@example.com", ["HX88231", "tom.hale@example.com"]),
        ("the guest is called Aiko Tanaka and waits in 304", ["Aiko", "Tanaka", "304"]),
        ("mrs hale keeps shouting", ["hale"]),
        ("1208还是脏房，周女士催了两遍了，电话13812345678", ["1208", "周", "13812345678"]),
        ("王芳住哪间房？身份证110101199003071234", ["王芳", "110101199003071234"]),
        ("车牌京A·12345停在门口，预订人欧阳建国", ["京A·12345", "欧阳建国"]),
        ("客人李伟的银行卡6222 0202 0001 2345 678被吞了", ["李伟", "6222 0202 0001 2345 678"]),
        ("小王说老周在618房", ["小王", "老周", "618"]),
    ],
)
def test_private_details_are_hidden_and_come_back(names, text, private):
    mask = Mask(names)
    hidden = mask.hide(text)
    assert not [detail for detail in private if detail in hidden], hidden
    assert mask.reveal(hidden) == text


@pytest.mark.parametrize(
    "text",
    [
        "The room is not ready at 3 pm, 30 people wait, the bill is 5000 yuan",
        "She speaks only Korean. I'm sorry, let's ask the Manager on Monday",
        "Table 6 has waited 50 minutes and wants 10% off",
        "客人三点来办入住，房间还没打扫好，等了50分钟，要退300元",
        "收银系统瘫了，后面排了三十人，高峰期还要等一小时",
    ],
)
def test_what_the_advice_needs_stays(names, text):
    assert Mask(names).hide(text) == text


def test_the_same_detail_has_the_same_placeholder_in_every_text(names):
    mask = Mask(names)
    first = mask.hide("Mrs Hale in room 1208 is furious")
    assert mask.hide("tell hale about 1208") == "tell [NAME_1] about [ROOM_1]"
    assert "[NAME_1]" in first
    assert "[ROOM_1]" in first


def test_a_made_up_placeholder_is_noticed(names):
    mask = Mask(names)
    mask.hide("Mrs Hale is furious")
    assert not mask.is_whole(mask.reveal("Give [CARD_9] to [NAME_1]"))
