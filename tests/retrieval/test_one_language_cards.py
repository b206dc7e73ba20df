"""A card written in one language only is found from the other, and shown as it is written."""

import pytest

HEAD = """---
id: {id}
version: "1"
sectors: [hotel]
hazard: none
urgency: soon
needs: [information]
title:
  {lang}: {title}
goal:
  {lang}: {goal}
signals:
  {lang}:
{signals}
---
"""
SECTIONS = ("Immediate response", "Timely collaboration", "Intention creation", "Resource integration")


def card(id_: str, lang: str, title: str, goal: str, signals: list[str], actions: list[str]) -> str:
    head = HEAD.format(id=id_, lang=lang, title=title, goal=goal, signals="\n".join(f"    - {s}" for s in signals))
    entry = "\n## {}\n\n### step-{}\n- within_s: {}\n- owner: self\n- authority: self\n- needs: []\n- {}: {}\n"
    return head + "".join(
        entry.format(section, n, 60 * n, lang, text)
        for n, (section, text) in enumerate(zip(SECTIONS, actions, strict=True), 1)
    )


ROBOT = card(
    "hotel.delivery-robot-stuck",
    "zh",
    "送物机器人卡住了",
    "客人尽快拿到东西，机器人不挡路。",
    [
        "送餐机器人卡在六楼走廊，客人的晚饭还在里面",
        "机器人停在电梯口不动了，客人等不到外卖",
        "送物机器人打不开舱门，客人拿不到东西",
        "机器人没电趴在走廊里，挡着路",
        "客人打电话说机器人到门口了又自己走了",
        "机器人撞到客人行李后不动了",
    ],
    [
        "打给客人说明东西马上送到。",
        "请工程部到现场重启机器人。",
        "问客人要不要换一份热的。",
        "请行李员先人工把东西送上去。",
    ],
)
LAUNDRY = card(
    "hotel.laundry-late",
    "en",
    "The laundry is late",
    "The guest has the clothes before they leave, or knows where they will be sent.",
    [
        "her laundry is not back yet and she leaves at noon",
        "guest's washing was promised for six, still not here",
        "shirts sent to the laundry yesterday have not come back, he checks out in an hour",
        "laundry van is late, four guests wait for their clothes",
        "express laundry took two days, guest has nothing to wear tonight",
        "no trace of when his laundry comes back",
    ],
    [
        "Look up the slip and say when the clothes were collected.",
        "Ring the laundry and ask what is ready now.",
        "Ask what the guest needs to wear next, and when.",
        "Have what is ready brought over on its own.",
    ],
)


@pytest.fixture(scope="module")
def taught(own_improv, tmp_path_factory):
    """The product with one card in Chinese only and one in English only."""
    folder = tmp_path_factory.mktemp("cards")
    (folder / "hotel.delivery-robot-stuck.md").write_text(ROBOT, encoding="utf-8")
    (folder / "hotel.laundry-late.md").write_text(LAUNDRY, encoding="utf-8")
    assert [report.status for report in own_improv.library.ingest([folder])] == ["added", "added"]
    return own_improv


def cards(advice) -> set[str]:
    return {action.id.split("/")[0] for action in advice.actions}


def test_a_chinese_card_answers_an_english_incident_as_written(taught):
    advice = taught.suggest("the delivery robot is stuck in the corridor on floor 6 with the guest's dinner inside")
    assert (advice.lang, advice.covered) == ("en", True)
    assert "hotel.delivery-robot-stuck" in cards(advice)
    assert "打给客人说明东西马上送到。" in {action.text for action in advice.actions}
    assert "Chinese" in advice.notice


def test_an_english_card_answers_a_chinese_incident_as_written(taught):
    advice = taught.suggest("客人昨天送洗的衣服到现在还没送回来，他中午退房就走")
    assert (advice.lang, advice.covered) == ("zh", True)
    assert "hotel.laundry-late" in cards(advice)
    assert "英文" in advice.notice


def test_in_its_own_language_a_card_needs_no_notice(taught):
    advice = taught.suggest("送餐机器人停在八楼不动了，客人等着吃饭")
    assert cards(advice) == {"hotel.delivery-robot-stuck"}
    assert advice.notice == ""


def test_the_new_cards_do_not_take_over_other_incidents(taught):
    assert cards(taught.suggest("the room is not ready, guest is waiting in the lobby")) == {"hotel.room-not-ready"}
    assert cards(taught.suggest("客人的行李箱在礼宾处找不到了")).isdisjoint(
        {"hotel.delivery-robot-stuck", "hotel.laundry-late"}
    )
