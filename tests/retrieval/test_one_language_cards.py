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
CHARGER = card(
    "hotel.ev-charger-broken",
    "en",
    "The guest's electric car will not charge",
    "The guest knows how the car will be charged before departure.",
    [
        "guest's electric car is not charging in our garage",
        "ev charger in the basement shows a red light, guest leaves at six tomorrow",
        "charging cable is locked in the guest's Tesla and won't come out",
        "all our charging bays are taken by cars that are already full",
        "guest says the charging app refuses his card at our wallbox",
        "the wallbox tripped, two guests with empty batteries",
    ],
    [
        "Go to the bay with the guest and look at the light on the charger.",
        "Ring engineering and ask whether the charger can be reset now.",
        "Ask when the guest leaves and how far the next drive is.",
        "Offer the charger at the partner garage and have the car driven there.",
    ],
)


@pytest.fixture(scope="module")
def taught(own_improv, tmp_path_factory):
    """The product with one card in Chinese only and one in English only."""
    folder = tmp_path_factory.mktemp("cards")
    (folder / "hotel.delivery-robot-stuck.md").write_text(ROBOT, encoding="utf-8")
    (folder / "hotel.ev-charger-broken.md").write_text(CHARGER, encoding="utf-8")
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
    advice = taught.suggest("客人的电动车在我们地库充不进电，充电桩一直亮红灯，他明早六点要走")
    assert (advice.lang, advice.covered) == ("zh", True)
    assert "hotel.ev-charger-broken" in cards(advice)
    assert "英文" in advice.notice


def test_in_its_own_language_a_card_needs_no_notice(taught):
    advice = taught.suggest("送餐机器人停在八楼不动了，客人等着吃饭")
    assert cards(advice) == {"hotel.delivery-robot-stuck"}
    assert advice.notice == ""


def test_the_new_cards_do_not_take_over_other_incidents(taught):
    assert cards(taught.suggest("the room is not ready, guest is waiting in the lobby")) == {"hotel.room-not-ready"}
    assert cards(taught.suggest("客人的行李箱在礼宾处找不到了")).isdisjoint(
        {"hotel.delivery-robot-stuck", "hotel.ev-charger-broken"}
    )
