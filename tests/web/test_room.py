"""The room as those who come meet it on their phones: from the card in one tap, live, in both languages."""

from __future__ import annotations

import json
import re
import urllib.request

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from barriers import axe_finds_nothing
from playwright.sync_api import BrowserContext, Page, expect

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
FAINT = {"zh": "大堂有客人突然晕倒了，叫不醒", "en": "a guest in the lobby has fainted and does not wake up"}
WORDS = {
    "zh": {"on_way": "在路上", "late": "叫不到", "over": "已结束|结束", "handover": "交接："},
    "en": {"on_way": "on the way", "late": "could not get", "over": "Closed at", "handover": "Hand-over:"},
}


def post(url: str, **body: str) -> dict:
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def room_page(context: BrowserContext, server_url: str, text: str, part: str = "") -> tuple[Page, str]:
    room = post(f"{server_url}/api/rooms", text=text, by="Li")["id"]
    page = context.new_page()
    page.goto(f"{server_url}/room/{room}{part}")
    page.locator(".person").first.wait_for()
    return page, f"{server_url}/api/rooms/{room}"


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_one_tap_on_the_card_opens_the_room(page: Page, context: BrowserContext):
    page.locator(".launcher").click()
    page.locator("textarea").fill(FAINT["en"])
    page.locator(".send").click()
    with context.expect_page() as opened:
        page.get_by_role("button", name="Call for help").click()
    expect(opened.value.locator(".told")).to_have_text(FAINT["en"])
    expect(opened.value.locator('.person[data-role="first_aider"]')).to_be_visible()
    expect(page.get_by_role("link", name="Open the incident room")).to_be_visible()  # the way back in


@pytest.mark.parametrize(
    ("context", "lang"),
    [({**PHONE, "locale": "zh-CN"}, "zh"), ({**PHONE, "locale": "en-GB"}, "en")],
    indirect=["context"],
)
def test_a_room_worked_through_on_a_phone(context: BrowserContext, server_url: str, lang: str):
    page, api = room_page(context, server_url, FAINT[lang], "#as=first_aider")
    words = WORDS[lang]
    page.locator("#me-name").fill("Ma")
    page.locator(".mine .on_way").click()
    mine = page.locator('.person[data-role="first_aider"]')
    expect(mine.locator(".pill")).to_have_text(words["on_way"])
    expect(mine.locator(".end")).to_contain_text("Ma")
    page.locator(".step input").first.check()
    expect(page.locator(".step.is-done .by")).to_contain_text("Ma")
    page.locator("#note").fill("by the lifts")
    page.keyboard.press("Enter")
    expect(page.locator(".event.note")).to_contain_text("by the lifts")
    post(f"{api}/events", kind="declined", party="colleague", by="Zhao")  # somebody else, elsewhere
    expect(page.locator(".event.escalated")).to_contain_text(words["late"])
    expect(page.locator('.person[data-role="supervisor"] .waits')).not_to_be_empty()
    page.locator(".relay summary").click()
    expect(page.locator("#handover")).to_have_value(re.compile(words["handover"]))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    axe_finds_nothing(page, "room")
    page.locator(".closing button").click()
    page.locator("dialog button.main").click()
    expect(page.locator(".top .note")).to_be_visible()
    expect(page.locator(".mine .here")).to_be_disabled()


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_what_fails_is_said_and_the_same_tap_repeated_counts_once(context: BrowserContext, server_url: str):
    page, api = room_page(context, server_url, FAINT["en"], "#as=first_aider")
    page.route("**/events", lambda route: route.abort())
    page.locator(".mine .here").click()
    expect(page.get_by_role("alert")).to_contain_text("did not go through")
    page.unroute("**/events")
    page.get_by_role("alert").get_by_role("button").click()
    expect(page.locator('.person[data-role="first_aider"] .pill')).to_have_text("here")
    with urllib.request.urlopen(api, timeout=30) as answer:
        assert [event["kind"] for event in json.load(answer)["events"]].count("here") == 1


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_a_broken_connection_is_shown_and_what_was_missed_arrives(context: BrowserContext, server_url: str):
    context.route("**/stream?*", lambda route: route.abort())
    page, api = room_page(context, server_url, FAINT["en"])
    expect(page.get_by_role("note")).to_contain_text("connection is lost")
    post(f"{api}/events", kind="note", text="missed", by="Wu")
    context.unroute("**/stream?*")
    expect(page.locator(".event.note")).to_contain_text("missed", timeout=20_000)
    expect(page.get_by_text("connection is lost")).to_have_count(0)
