"""The page of what is at hand as a duty manager meets it on a phone, and keeping a thing from the widget's card."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from barriers import axe_finds_nothing
from playwright.sync_api import BrowserContext, Locator, Page, expect

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SMALL = {**PHONE, "viewport": {"width": 320, "height": 640}, "locale": "zh-CN"}
FAR = "2099-01-01T00:00:00Z"
ROOM = "Guest arrived at two and her room is still being cleaned, she is furious"


@pytest.fixture(scope="module")
def own_server(start_small_server) -> Iterator[str]:
    with start_small_server(IMPROV_REQUESTS_PER_MINUTE="100000") as url:
        yield url


@pytest.fixture
def page(context: BrowserContext, own_server: str) -> Iterator[Page]:
    opened = context.new_page()
    failures: list[str] = []
    opened.on("pageerror", lambda error: failures.append(str(error)))
    opened.on("console", lambda said: failures.append(said.text) if "Content Security Policy" in said.text else None)
    opened.goto(f"{own_server}/site/")
    expect(opened.locator(".thing").first).to_be_visible()
    yield opened
    assert failures == []


def thing(page: Page, id_: str) -> Locator:
    return page.locator(f'.thing[data-id="{id_}"]')


def live(url: str, id_: str) -> dict:
    lines = httpx.get(f"{url}/api/sites/demo-hotel/resources", trust_env=False).json()["resources"]
    return next(line for line in lines if line["id"] == id_)


def patch(url: str, id_: str, **body) -> None:
    httpx.patch(f"{url}/api/sites/demo-hotel/resources/{id_}", json=body, trust_env=False).raise_for_status()


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_two_taps_say_that_something_is_in_use_and_one_brings_it_back(page, own_server):
    row = thing(page, "spare-cot")
    row.get_by_role("button", name="In use").tap()
    row.get_by_role("button", name="1 h", exact=True).tap()
    expect(row.locator(".pill")).to_have_text("In use")
    expect(row.locator(".end")).to_contain_text("until")
    assert live(own_server, "spare-cot")["status"] == "used"
    row.get_by_role("button", name="Available").tap()
    expect(row.locator(".pill")).to_have_text("Available")
    assert live(own_server, "spare-cot")["status"] == "available"


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_it_works_by_keyboard_alone_and_says_what_was_done(page):
    row = thing(page, "luggage-store")
    button = row.get_by_role("button", name="Out of use")
    button.focus()
    page.keyboard.press("Enter")
    lengths = row.get_by_role("group", name="Until when?")
    expect(lengths.get_by_role("button").first).to_be_focused()
    lengths.get_by_role("button", name="Until changed back").focus()
    page.keyboard.press("Enter")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".unseen[role=status]")).to_contain_text("Out of use")


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_stock_is_counted_up_and_down(page, own_server):
    row = thing(page, "comfort-kit")
    before = live(own_server, "comfort-kit")["free"]
    row.get_by_role("button", name="One fewer").tap()
    expect(row.locator(".left")).to_contain_text(f"{before - 1}/")
    assert live(own_server, "comfort-kit")["free"] == before - 1


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_a_change_on_an_old_state_is_told_and_the_new_state_shown(page, own_server):
    row = thing(page, "power-banks")
    patch(own_server, "power-banks", status="off")
    row.get_by_role("button", name="One fewer").tap()
    expect(page.locator(".notice")).to_contain_text("somebody else")
    expect(row.locator(".pill")).to_have_text("Out of use")
    patch(own_server, "power-banks", status=None)


@pytest.mark.parametrize("context", [SMALL], indirect=True)
def test_on_a_small_phone_in_chinese_nothing_is_cut_off_and_nothing_bars_the_way(page):
    expect(page.locator("h1")).to_have_text("手边资源")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="同事").tap()
    expect(thing(page, "runner")).to_be_visible()
    expect(thing(page, "wheelchair")).to_be_hidden()
    small = page.evaluate(
        "[...document.querySelectorAll('.thing button, .choice')].filter(b => b.getClientRects().length"
        " && b.getBoundingClientRect().height < 44).length"
    )
    assert small == 0
    axe_finds_nothing(page, "site")


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_a_thing_is_kept_from_the_card_and_given_back_by_the_manager(context, page, own_server):
    patch(own_server, "clean-rooms", status="available", until=FAR, count=1)
    patch(own_server, "spare-room-upgrade", status="off")
    chat = context.new_page()
    chat.goto(own_server)
    chat.locator(".launcher").tap()
    chat.locator("textarea").fill(ROOM)
    chat.locator(".send").tap()
    chip = chat.locator('.step [data-resource="clean-rooms"]')
    chip.get_by_role("button", name="Keep").tap()
    expect(chip).to_contain_text("kept until")
    assert live(own_server, "clean-rooms")["free"] == 0
    chat.reload()
    chat.locator(".launcher").tap()
    expect(chip.get_by_role("button", name="Give back")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Not needed: Clean rooms").tap()
    expect(page.get_by_role("button", name="Not needed: Clean rooms")).to_have_count(0)
    assert live(own_server, "clean-rooms")["free"] == 1


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_who_comes_second_is_told_that_it_is_taken(context, page, own_server):
    patch(own_server, "clean-rooms", status="available", until=FAR, count=1)
    patch(own_server, "spare-room-upgrade", status="off")
    chat = context.new_page()
    chat.goto(own_server)
    chat.locator(".launcher").tap()
    chat.locator("textarea").fill(ROOM)
    chat.locator(".send").tap()
    chip = chat.locator('.step [data-resource="clean-rooms"]')
    expect(chip.get_by_role("button", name="Keep")).to_be_visible()
    taken = httpx.post(
        f"{own_server}/api/sites/demo-hotel/reservations", json={"resource": "clean-rooms"}, trust_env=False
    )
    assert taken.status_code == 200
    chip.get_by_role("button", name="Keep").tap()
    expect(chip).to_contain_text("taken by somebody else")


def test_guidance_is_chosen_in_the_widget_and_holds_for_the_next_question(context, own_server):
    chat = context.new_page()
    chat.goto(own_server)
    chat.locator(".launcher").click()
    chat.get_by_label("Guidance").select_option("empower")
    chat.locator("textarea").fill(ROOM)
    chat.locator(".send").click()
    expect(chat.locator(".card .sources")).to_be_visible()
    expect(chat.locator(".card .say")).to_have_count(0)
    chat.locator(".more").click()
    expect(chat.locator(".limits-list li")).to_have_count(3)
