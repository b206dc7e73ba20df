"""Drills as trainees and trainers meet them, against a real server of its own."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from barriers import axe_finds_nothing
from playwright.sync_api import BrowserContext, Page, expect

HOTEL = "hotel.room-not-ready-funeral"
GOOD = "You booked this for two and it's our fault, I'm so sorry. What do you need most in the next hour?"
WALL = "That is our policy, there is nothing I can do."
PHONE = {"viewport": {"width": 320, "height": 700}, "has_touch": True, "is_mobile": True}
CHINESE = {"locale": "zh-CN"}


@pytest.fixture(scope="module")
def served(copied_home, start_server) -> Iterator[str]:
    own = copied_home()
    with start_server(own, IMPROV_REQUESTS_PER_MINUTE="100000") as url:
        played(url, "", GOOD)  # on a fresh home the first reply waits for the recogniser's training
        yield url


@pytest.fixture
def page(context: BrowserContext, served: str) -> Iterator[Page]:
    """The drills page, on which no script may fail."""
    opened = context.new_page()
    failures: list[str] = []
    opened.on("pageerror", lambda error: failures.append(str(error)))
    opened.on("console", lambda said: failures.append(said.text) if "Content Security Policy" in said.text else None)
    opened.goto(f"{served}/drills/")
    expect(opened.locator("h1")).to_be_visible()
    yield opened
    assert failures == []


def go(page: Page, address: str) -> None:
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator("h1")).to_be_visible()


def played(served: str, who: str, *replies: str) -> str:
    with httpx.Client(base_url=served, timeout=300, trust_env=False) as api:
        drill = api.post("/api/drills", json={"scenario": HOTEL, "lang": "en", "seed": 7, "trainee": who}).json()["id"]
        for text in replies:
            api.post(f"/api/drills/{drill}/turns", json={"text": text}).raise_for_status()
        return drill


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_a_drill_is_played_to_its_debrief_by_keyboard_on_a_phone(page: Page, served: str):
    page.locator("#name").focus()
    page.keyboard.type("Ida")
    page.keyboard.press("Enter")
    expect(page.locator("body > .unseen[role=status]")).to_contain_text("Ida")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("will not wait")
    page.locator(".all .row-link").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Begin").press("Enter")
    reply = page.locator("#reply")
    expect(reply).to_be_focused()
    expect(page.locator(".said.guest")).to_have_count(1)
    page.keyboard.type(GOOD)
    page.keyboard.press("Enter")
    expect(page.locator(".said.guest")).to_have_count(2)
    expect(page.locator(".move.helps").first).to_be_visible()
    said = page.locator(".said.guest .words").last.inner_text()
    expect(page.locator("body > .unseen[role=status]")).to_contain_text(said)
    expect(reply).to_be_focused()
    page.keyboard.type(WALL)
    page.keyboard.press("Enter")
    expect(page.locator(".move.harms").first).to_be_visible()
    page.get_by_role("button", name="Hint").press("Enter")
    expect(page.locator(".said.aside")).to_contain_text("−3")
    page.get_by_role("button", name="Pause").press("Enter")
    expect(page.get_by_role("heading", name="Paused")).to_be_visible()
    page.keyboard.press("Enter")
    expect(reply).to_be_focused()
    assert fits(page)
    page.get_by_role("button", name="End and look back").press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="End and look back").press("Enter")
    expect(page.locator("#reflection")).to_be_visible()
    expect(page.locator(".big")).to_have_count(0)  # first the trainee's own thought, then the scores
    page.locator("#reflection").fill("I would not mention the policy.")
    page.get_by_role("button", name="Show the debrief").press("Enter")
    expect(page.locator(".big")).to_be_visible()
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator(".moment.bad .better").first).to_be_visible()
    page.locator(".timeline summary").press("Enter")
    expect(page.locator(".timeline tbody tr")).to_have_count(3)
    axe_finds_nothing(page, "debrief")
    assert fits(page)
    page.locator(".moment.bad .retry").first.press("Enter")
    expect(page.locator(".said.staff")).to_have_count(1)  # the first reply stands, the second is to be found anew
    expect(page.locator("#reply")).to_be_focused()


def test_a_reload_goes_on_where_the_conversation_was(page: Page, served: str):
    go(page, f"{served}/drills/#/play/{played(served, 'Jo', GOOD)}")
    expect(page.locator(".said.guest")).to_have_count(2)
    page.reload()
    expect(page.locator(".said.guest")).to_have_count(2)
    page.locator("#reply").fill(WALL)
    page.keyboard.press("Enter")
    expect(page.locator(".said.guest")).to_have_count(3)


def test_a_trainer_assigns_looks_on_and_sees_the_attempt(page: Page, served: str):
    go(page, f"{served}/trainer/#/assign")
    page.get_by_label("Person").fill("Kim")
    page.get_by_label("Drill", exact=True).select_option(HOTEL)
    page.get_by_role("button", name="Assign", exact=True).click()
    given = page.locator(".assignment", has=page.get_by_role("link", name="Kim"))
    expect(given).to_contain_text("0 of 1 done")
    trainee = page.context.new_page()
    go(trainee, f"{served}/drills/")
    trainee.locator("#name").fill("Kim")
    trainee.keyboard.press("Enter")
    trainee.locator("section", has_text="Assigned to you").locator(".row-link").first.click()
    trainee.get_by_role("button", name="Begin").click()
    trainee.locator("#reply").fill(GOOD)
    trainee.keyboard.press("Enter")
    expect(trainee.locator(".said.guest")).to_have_count(2)
    go(page, f"{served}/trainer/#/live")
    page.get_by_role("link", name="Kim").click()
    expect(page.locator(".said.staff")).to_have_count(1)
    trainee.locator("#reply").fill(WALL)
    trainee.keyboard.press("Enter")
    expect(page.locator(".said.staff")).to_have_count(2, timeout=15_000)  # without a reload
    trainee.get_by_role("button", name="End and look back").click()
    trainee.get_by_role("dialog").get_by_role("button", name="End and look back").click()
    trainee.get_by_role("button", name="Nothing comes to mind").click()
    expect(trainee.locator(".big")).to_be_visible()
    go(page, f"{served}/trainer/#/assign")
    expect(given).to_contain_text("1 of 1 done")
    page.get_by_role("link", name="Kim").click()
    expect(page.locator("h1")).to_have_text("Kim")
    expect(page.locator(".attempts tbody tr")).to_have_count(1)
    expect(page.locator(".skills").first).to_contain_text("too few tries to tell (1)")
    with page.expect_download() as saved:
        go(page, f"{served}/trainer/#/cohort")
        page.get_by_role("button", name="Table (CSV)").click()
    assert "Kim" in saved.value.path().read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    "context", [{**CHINESE, "color_scheme": "dark"}, {**PHONE}], ids=["zh-dark", "phone"], indirect=True
)
def test_no_barriers_are_found_and_nothing_is_wider_than_the_screen(page: Page, served: str):
    for _ in range(3):
        drill = played(served, "Lou", GOOD, WALL)
        httpx.post(f"{served}/api/drills/{drill}/debrief", timeout=60, trust_env=False)
    going = played(served, "Lou", GOOD)
    trainee = ["drills/", f"drills/#/scenario/{HOTEL}", f"drills/#/play/{going}", f"drills/#/debrief/{drill}"]
    trainer = [
        f"trainer/#/{view}" for view in ("cohort", "person/Lou", "assign", "live", f"watch/{going}", "compare", "weak")
    ]
    for address in (*trainee, *trainer):
        go(page, f"{served}/{address}")
        axe_finds_nothing(page, address)
        assert fits(page), address
