"""A company's own procedure becomes cards whose every action stands word for word in the document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.document import Document
from assistant.domain.language import language_of
from assistant.domain.playbook import Action, Playbook
from assistant.domain.vocabulary import Factor, Lang
from assistant.knowledge.blocks import Block, Content, sections_of
from assistant.knowledge.deadlines import deadline_in
from assistant.knowledge.instructions import Instruction, Place, condition_in, instruction_in
from assistant.knowledge.prescriptive import derive_playbooks
from assistant.knowledge.readers import read_content
from assistant.knowledge.roles import EN_ROLES, ZH_ROLES, authority_in, owner_in
from assistant.knowledge.splitting import split_content
from tests.knowledge import files

ROOT = Path(__file__).resolve().parents[2]

ZH_SOP = """# 前厅应急手册

## 一、目的

为规范突发服务事件的处理，特制定本手册。

## 二、客房未准备好

### 适用情形

客人按时到店，但预订的房间尚未打扫完毕。

### 处理流程

1. 立即向客人致歉，并说：“非常抱歉让您久等，我马上为您确认房间。”
2. 5分钟内通知客房部，问清房间可以交付的准确时间。
3. 请客人到大堂吧休息，送上欢迎饮品。
4. 先为客人办理登记手续，并妥善保管行李。
5. 如果30分钟内仍无法入住，应向值班经理报告，经值班经理同意后为客人免费升级房型。

### 禁止事项

- 不得让客人独自等候。
- 当着客人的面与客房部争执

## 三、客人投诉噪音

这样做是为了让客人睡个好觉。当客人反映噪音影响休息时，前台应先表示理解。立即通知保安到现场查看。
不得泄露投诉客人的房号。客人应出示房卡。客人立即离开了。

## 四、附则

本手册由前厅部负责解释，应每年修订。
"""

EN_SOP = """# Service recovery

## 1. Purpose

This procedure must be followed by all staff.

## 2. Room not ready

### When this applies

A guest arrives at check-in time and the room has not been released.

### Procedure

1. Acknowledge the guest by name. Say: "I'm sorry. Your room should be ready and it isn't."
2. Call housekeeping within 5 minutes and get a time you can promise.
3. If the room is not ready within 45 minutes, inform the duty manager and, with the manager's approval, upgrade them.
4. Don't hesitate to call your supervisor.

### Do not

- Blame housekeeping in front of the guest.
- Never leave the guest standing.

## 3. System down

If the system fails, all agents switch to paper cards. Is anyone hurt? Notify IT support at once. Guests must show
an ID. Most failures end by themselves.

| Step | Action | Within |
|---|---|---|
| 1 | Hand out water to people in the queue | within 10 minutes |
"""


class Factors:
    """Gives every text one factor and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []

    def __call__(self, texts: Sequence[str]) -> list[Factor]:
        self.asked.append(tuple(texts))
        return ["resource_integration" if "水" in text or "water" in text else "immediate_response" for text in texts]


def cards_of(content: Content, name: str = "sop.md") -> tuple[tuple[Playbook, ...], Document]:
    document = split_content(content, name)
    return derive_playbooks(document, sections_of(content.blocks), Factors()), document


def cards_in(text: str, folder: Path, name: str = "sop.md") -> tuple[Playbook, ...]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return cards_of(read_content(path, name), name)[0]


def texts(entries: Sequence[Action]) -> list[str]:
    return [text for entry in entries for text in entry.text.values()]


def test_a_chinese_procedure_becomes_a_card_for_each_situation(tmp_path: Path) -> None:
    room, noise = cards_in(ZH_SOP, tmp_path)
    assert (room.id, room.document, room.title) == ("sop.md#1", "sop.md", {"zh": "客房未准备好"})
    assert [(a.text["zh"], a.within_s, a.owner, a.authority) for a in room.actions] == [
        ("立即向客人致歉", 60, "self", "self"),
        ("5分钟内通知客房部，问清房间可以交付的准确时间。", 300, "housekeeping", "self"),
        ("请客人到大堂吧休息，送上欢迎饮品。", 120, "self", "self"),
        ("先为客人办理登记手续，并妥善保管行李。", 240, "self", "self"),
        (
            "如果30分钟内仍无法入住，应向值班经理报告，经值班经理同意后为客人免费升级房型。",
            360,
            "manager",
            "manager",
        ),
    ]
    assert room.actions[0].say == {"zh": "非常抱歉让您久等，我马上为您确认房间。"}
    assert [avoid.text["zh"] for avoid in room.avoid] == ["不得让客人独自等候。", "当着客人的面与客房部争执"]
    assert room.signals["zh"] == (
        "前厅应急手册 › 客房未准备好",
        "客房未准备好",
        "客人按时到店，但预订的房间尚未打扫完毕。",
        "30分钟内仍无法入住",
    )
    assert texts(noise.actions) == ["当客人反映噪音影响休息时，前台应先表示理解。", "立即通知保安到现场查看。"]
    assert [avoid.text["zh"] for avoid in noise.avoid] == ["不得泄露投诉客人的房号。"]
    assert noise.goal == {"zh": "这样做是为了让客人睡个好觉。"}


def test_an_english_procedure_becomes_a_card_for_each_situation(tmp_path: Path) -> None:
    room, system = cards_in(EN_SOP, tmp_path)
    assert [(a.text["en"], a.within_s, a.owner, a.authority) for a in room.actions] == [
        ("Acknowledge the guest by name.", 120, "self", "self"),
        ("Call housekeeping within 5 minutes and get a time you can promise.", 300, "housekeeping", "self"),
        (
            "If the room is not ready within 45 minutes, inform the duty manager and, with the manager's approval, "
            "upgrade them.",
            240,
            "manager",
            "manager",
        ),
        ("Don't hesitate to call your supervisor.", 360, "supervisor", "self"),
    ]
    assert room.actions[0].say == {"en": "I'm sorry. Your room should be ready and it isn't."}
    assert room.goal == room.title == {"en": "Room not ready"}
    assert [avoid.text["en"] for avoid in room.avoid] == [
        "Blame housekeeping in front of the guest.",
        "Never leave the guest standing.",
    ]
    assert [(a.text["en"], a.within_s, a.factor) for a in system.actions] == [
        ("If the system fails, all agents switch to paper cards.", 59, "immediate_response"),
        ("Notify IT support at once.", 60, "immediate_response"),
        ("Hand out water to people in the queue", 600, "resource_integration"),
    ]
    assert "the system fails" in system.signals["en"]


@pytest.mark.parametrize("sop", [ZH_SOP, EN_SOP])
def test_every_action_and_prohibition_can_be_cited(tmp_path: Path, sop: str) -> None:
    (tmp_path / "sop.md").write_text(sop, encoding="utf-8")
    cards, document = cards_of(read_content(tmp_path / "sop.md", "sop.md"))
    assert cards
    for card in cards:
        assert (card.version, card.sectors, card.hazard) == (document.version, ("any",), "none")
        for entry in (*card.actions, *card.avoid):
            for lang, text in entry.text.items():
                assert any(text in p.text and p.locator == entry.locator[lang] for p in document.passages)


def test_factors_are_asked_once_a_document_and_not_at_all_without_actions(tmp_path: Path) -> None:
    (tmp_path / "sop.md").write_text(EN_SOP, encoding="utf-8")
    content = read_content(tmp_path / "sop.md", "sop.md")
    factors = Factors()
    cards = derive_playbooks(split_content(content, "sop.md"), sections_of(content.blocks), factors)
    assert factors.asked == [tuple(text for card in cards for text in texts(card.actions))]
    story = Content("Story", "v", (Block("The guest was angry. It rained."),))
    assert derive_playbooks(split_content(story, "s.txt"), sections_of(story.blocks), factors) == ()
    assert len(factors.asked) == 1


def test_a_word_procedure_with_styles_and_a_table(tmp_path: Path) -> None:
    parts = [
        ("Title", "前台手册"),
        ("Heading 1", "系统故障"),
        ("List Bullet", "启用手工登记单"),
        ("table", "步骤|做法|时限\n1|向排队客人说明情况并发放饮用水|10分钟内"),
    ]
    (card,), _ = cards_of(read_content(files.word(tmp_path / "a.docx", parts), "a.docx"), "a.docx")
    assert [(a.text["zh"], a.within_s) for a in card.actions] == [
        ("启用手工登记单", 120),
        ("向排队客人说明情况并发放饮用水", 600),
    ]


def test_a_text_without_headings_is_cut_so_that_no_step_is_lost() -> None:
    steps = tuple(Block(f"{number}. Check the fire door number {number}.", (), kind="item") for number in range(1, 21))
    cards, _ = cards_of(Content("Round", "v", steps))
    assert [len(card.actions) for card in cards] == [8, 8, 4]
    assert [card.id for card in cards] == ["sop.md#1", "sop.md#2", "sop.md#3"]


def test_a_section_keeps_its_first_eight_actions() -> None:
    steps = tuple(Block(f"Check the fire door number {number}.", ("Round",)) for number in range(12))
    ((card,), _) = cards_of(Content("Guide", "v", steps))
    assert texts(card.actions)[-1] == "Check the fire door number 7."
    assert [action.within_s for action in card.actions] == [120 * n for n in range(1, 9)]


def test_a_story_with_an_order_in_it_is_no_procedure() -> None:
    story = (
        "The hotel opened in 1990. It was full. Guests came from afar. The bar was loud. Call the manager. We slept."
    )
    assert cards_of(Content("Story", "v", (Block(story, ("Past",)),)))[0] == ()


def test_both_languages_of_a_bilingual_section_get_their_card(tmp_path: Path) -> None:
    cards = cards_in(
        "# Guide\n\n## Late\n\n### English\n\n- Offer the guest a seat.\n\n### 中文\n\n- 请客人先坐下。\n", tmp_path
    )
    assert [card.langs for card in cards] == [("en",), ("zh",)]
    assert {card.title[card.langs[0]] for card in cards} == {"Late"}


@pytest.mark.parametrize(
    ("sentence", "negative"),
    [
        ("- Escort the guest to the lounge.", False),
        ("When a guest complains, apologise.", False),
        ("If the guest is tired, hungry or upset, offer a seat.", False),
        ("The manager must be informed.", False),
        ("Staff should always knock.", False),
        ("Politely ask for the ticket.", False),
        ("You must never argue.", True),
        ("Please do not run.", True),
        ("Under no circumstances may the name be announced.", True),
        ("Smoking is strictly prohibited.", True),
        ("Guests must show an ID.", None),
        ("Did you call the manager?", None),
        ("The room should be quiet.", None),
        ("Check-in time is 3 pm.", None),
        ("Staff must do the following:", None),
        ("If the guest does not answer.", None),
        ("The guest said: “Call the manager.”", None),
        ("耐心倾听，不得打断客人。", False),
        ("不得与客人争辩，应耐心倾听。", True),
        ("严禁向客人索要小费。", True),
        ("客房部应在10分钟内检查房间。", False),
        ("未找到的，登记联系方式。", False),
        ("客人应出示身份证。", None),
        ("客人的行李应妥善保管。", False),
        ("客人立即离开了。", None),
        ("员工反应很快。", None),
        ("应急预案见附件。", None),
        ("陈先生很生气。", None),
        ("外面的情况说不准。", None),
        ("应按以下步骤处理：", None),
        ("客人说：“请马上叫经理。”", None),
    ],
)
def test_what_is_an_order_a_prohibition_or_neither(sentence: str, negative: bool | None) -> None:
    instruction = instruction_in(sentence, language_of(sentence), Place())
    assert (instruction.negative if instruction else None) is negative


def test_steps_and_forbidden_items_are_known_by_their_place() -> None:
    assert instruction_in("Shake hands with a smile", "en", Place()) == instruction_in(
        "- Shake hands with a smile", "en", Place(step=True)
    )
    assert instruction_in("Room key and folio", "en", Place()) is None
    assert instruction_in("Laughing at guests", "en", Place(forbidden=True)) == Instruction("Laughing at guests", True)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("within 5 minutes", 300),
        ("within half an hour", 1800),
        ("within two hours", 7200),
        ("within the first 30 seconds", 30),
        ("no later than 1 day", 86400),
        ("at once", 60),
        ("after more than 15 minutes", None),
        ("5分钟内", 300),
        ("三十分钟之内", 1800),
        ("十五分钟内", 900),
        ("两小时内", 7200),
        ("半个小时内", 1800),
        ("24小时以内", 86400),
        ("立即", 60),
        ("等候超过15分钟", None),
    ],
)
def test_deadlines(text: str, seconds: int | None) -> None:
    assert deadline_in(text) == seconds


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Call the duty manager.", "manager"),
        ("Ask your shift supervisor to come.", "supervisor"),
        ("Call an ambulance.", "emergency_services"),
        ("The police must be called.", "police"),
        ("Tell the guest that the kitchen is closed.", "self"),
        ("Send it up to the office.", "self"),
        ("The manager decides.", "self"),
        ("立即拨打120。", "emergency_services"),
        ("通知工程部派人维修。", "engineering"),
        ("向大堂副理汇报。", "manager"),
        ("必要时报警。", "police"),
        ("按下报警器。", "self"),
        ("请客人到前台。", "self"),
        ("为客人更换客房。", "self"),
    ],
)
def test_owners_are_those_who_are_to_be_called(text: str, owner: str) -> None:
    assert owner_in(text, language_of(text)) == owner


@pytest.mark.parametrize(
    ("text", "authority"),
    [
        ("Upgrade the guest with the manager's approval.", "manager"),
        ("Refunds are approved by the shift supervisor.", "supervisor"),
        ("Call the manager.", "self"),
        ("经值班经理同意后免单。", "manager"),
        ("须报主管审批。", "supervisor"),
        ("报主管审批后办理，超过500元的须报店长批准。", "manager"),
        ("通知经理。", "self"),
    ],
)
def test_authority_is_asked_for_where_an_approval_is(text: str, authority: str) -> None:
    assert authority_in(text, language_of(text)) == authority


def test_owners_are_roles_of_the_corpus() -> None:
    roles = yaml.safe_load((ROOT / "corpus" / "roles.yaml").read_text(encoding="utf-8"))
    assert set(EN_ROLES) | set(ZH_ROLES) <= set(roles)


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("If a guest is locked out, open the door.", "a guest is locked out"),
        ("Should the guest refuse, call me.", "the guest refuse"),
        ("当客人反映噪音时，先道歉。", "客人反映噪音"),
        ("如遇停电，请先安抚客人。", "停电"),
        ("顾客情绪激动的，请其就座。", "顾客情绪激动"),
        ("Open the door.", ""),
        ("如实告知客人。", ""),
    ],
)
def test_conditions_name_the_situation(sentence: str, condition: str) -> None:
    assert condition_in(sentence, language_of(sentence)) == condition


fragments = st.sampled_from(
    [
        "Call the manager.",
        "Never argue.",
        "It rained.",
        "Say: “I am so sorry.”",
        "立即致歉。",
        "不得争执。",
        "天气很好。",
        "；",
        "“",
        " ",
    ]
)
heading_paths = st.lists(st.sampled_from(["Late", "Procedure", "Do not", "二、流程", "禁止事项"]), max_size=2)
found_blocks = st.builds(
    Block,
    st.lists(fragments, min_size=1, max_size=6).map("".join).filter(str.strip).map(str.strip),
    heading_paths.map(tuple),
    st.none(),
    st.sampled_from(["paragraph", "item", "row"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(found_blocks, min_size=1, max_size=12))
def test_cards_of_any_document_are_grounded_and_small(found: list[Block]) -> None:
    cards, document = cards_of(Content("Guide", "v", tuple(found)))
    for card in cards:
        lang: Lang = card.langs[0]
        assert 1 <= len(card.actions) <= 8
        assert 1 <= len(card.signals[lang]) <= 8
        assert card.goal[lang]
        for entry in (*card.actions, *card.avoid):
            assert any(entry.text[lang] in passage.text for passage in document.passages)
        for action in card.actions:
            assert all(any(said in passage.text for passage in document.passages) for said in action.say.values())
