"""Passages stand word for word in their document, lose nothing, and say where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.language import language_of
from assistant.domain.vocabulary import Lang
from assistant.knowledge.blocks import Block, Content, text_of
from assistant.knowledge.sentences import pieces, sentences
from assistant.knowledge.splitting import CHUNK, split_content
from assistant.knowledge.text import clean, strip_marker

ZH = "客人到店时房间尚未打扫完毕，前台员工应立即向客人致歉，并说明预计可以入住的时间。"
EN = "When the room is not ready, apologise once and tell the guest when it will be. "


def passages_of(*blocks: Block, title: str = "Guide") -> tuple[tuple[str, str, str], ...]:
    document = split_content(Content(title, "v", blocks), "guide.md")
    return tuple((passage.text, passage.locator, passage.heading) for passage in document.passages)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("客人要求换房", "zh"),
        ("VIP客人的Wi-Fi坏了", "zh"),
        ("Guest in room 1208 is shouting", "en"),
        ("Mr 王 wants to change his room for tonight", "en"),
        ("1208", "en"),
        ("……", "en"),
        ("", "en"),
    ],
)
def test_language_follows_the_share_of_chinese(text: str, lang: Lang) -> None:
    assert language_of(text) == lang


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Call Mr. Smith at ext. 5. Then go.", ["Call Mr. Smith at ext. 5.", "Then go."]),
        ("Wait 3.5 hours, e.g. Monday. Done.", ["Wait 3.5 hours, e.g. Monday.", "Done."]),
        ("1. Apologise. 2. Call her.", ["1. Apologise.", "2. Call her."]),
        ("See http://x.org/?a=b. Good!", ["See http://x.org/?a=b.", "Good!"]),
        ("Say: “I am sorry. It is our fault.” Then wait.", ["Say: “I am sorry. It is our fault.”", "Then wait."]),
        ("说：“抱歉。我来。”然后登记；再回访。", ["说：“抱歉。我来。”", "然后登记；", "再回访。"]),
        ("他说“不行。”，就走了。好的", ["他说“不行。”，就走了。", "好的"]),
        ("a line\nanother", ["a line", "another"]),
        ("  ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet='aB1 .!?。；“”"\n，、(1)', max_size=80))
def test_sentence_pieces_are_the_text(text: str) -> None:
    assert "".join(pieces(text)) == text


@pytest.mark.parametrize(
    ("text", "stripped"),
    [
        ("1. Call", "Call"),
        ("- [ ] Call", "Call"),
        ("（一）致歉", "致歉"),
        ("①致歉", "致歉"),
        ("第一步：致歉", "致歉"),
        ("Step 2: Call", "Call"),
        ("1.5小时内回复", "1.5小时内回复"),
        ("5 minutes later", "5 minutes later"),
        ("3.", "3."),
    ],
)
def test_list_markers_are_stripped_and_numbers_are_not(text: str, stripped: str) -> None:
    assert strip_marker(text) == stripped


def test_short_neighbours_share_a_passage_and_headings_divide() -> None:
    found = passages_of(
        Block("1. Apologise.", ("Guide", "Late")),
        Block("2. Call.", ("Guide", "Late")),
        Block("Write it down.", ("Guide", "Late", "Afterwards")),
    )
    assert found == (
        ("1. Apologise.\n2. Call.", "Late", "Guide › Late"),
        ("Write it down.", "Late › Afterwards", "Guide › Late › Afterwards"),
    )


def test_locators_name_pages_headings_or_else_the_paragraph() -> None:
    assert [locator for _, locator, _ in passages_of(Block("One.", ("Late",), 3), Block("Two.", ("Late",), 4))] == [
        "p. 3–4 · Late"
    ]
    assert [locator for _, locator, _ in passages_of(Block("One.", (), 3))] == ["p. 3"]
    assert [locator for _, locator, _ in passages_of(Block("One.", ("Guide",)))] == ["Guide"]
    assert [locator for _, locator, _ in passages_of(*(Block(EN * 9) for _ in range(3)))] == ["¶ 1", "¶ 2", "¶ 3"]


@pytest.mark.parametrize(("sentence", "lang"), [(ZH, "zh"), (EN, "en")])
def test_long_paragraphs_are_cut_between_sentences(sentence: str, lang: Lang) -> None:
    found = passages_of(Block((sentence * 40).strip()))
    assert len(found) > 3
    for text, _, _ in found:
        assert len(text) <= CHUNK[lang]
        assert text.startswith(sentence[:6])
        assert text.endswith(sentence.strip()[-6:])


def test_a_sentence_longer_than_a_passage_is_cut_at_a_clause() -> None:
    found = passages_of(Block("客人很生气，" * 100 + "好。"))
    assert all(text.endswith(("，", "。")) for text, _, _ in found)


words = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=30)
plain = st.lists(words, min_size=1, max_size=120).map(" ".join).map(clean).filter(bool)
headings = st.lists(st.sampled_from(["Late", "二、流程", "Guide"]), max_size=2).map(tuple)
blocks = st.lists(st.builds(Block, plain, headings, st.none() | st.integers(1, 3)), min_size=1, max_size=6)


@settings(max_examples=100, deadline=None)
@given(blocks)
def test_nothing_is_lost_and_every_passage_stands_word_for_word(found: list[Block]) -> None:
    document = split_content(Content("Guide", "v", tuple(found)), "guide.md")
    whole = text_of(found)
    assert all(passage.text.strip() and passage.text in whole for passage in document.passages)
    assert all(passage.locator for passage in document.passages)
    texts = [passage.text for passage in document.passages]
    for block in found:
        for word in block.text.split():
            assert any(word in text for text in texts)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(alphabet="客人经理房间致歉", min_size=3, max_size=60), min_size=1, max_size=40))
def test_no_chinese_sentence_is_lost_or_cut(said: list[str]) -> None:
    document = split_content(Content("手册", "v", (Block("。".join(said) + "。"),)), "a.txt")
    for sentence in said:
        assert any(sentence + "。" in passage.text for passage in document.passages)
