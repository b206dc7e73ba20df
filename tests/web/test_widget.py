"""The widget as staff meet it, against the real server."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from barriers import axe_finds_nothing
from playwright.sync_api import Locator, Page, Route, expect

ROOM_EN = "Guest arrived at two and her room is still being cleaned, she is furious"
ROOM_ZH = "客人三点来办入住，房间还没打扫好，已经发火了"
COLLAPSE = "a guest in the lobby has collapsed and is not breathing"
UNHEARD_OF = "the quarterly tax spreadsheet macro throws a circular reference"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
STREAM = "**/api/suggest/stream"

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def open_panel(page: Page) -> Locator:
    page.locator(".launcher").click()
    panel = page.locator("dialog.panel")
    expect(panel).to_be_visible()
    return panel


def ask(page: Page, text: str) -> Locator:
    """Send one message and wait until its card is complete."""
    cards = page.locator(".card")
    before = cards.count()
    page.locator("textarea").fill(text)
    page.locator(".send").click()
    card = cards.nth(before)
    expect(card.locator(".sources")).to_be_visible()
    return card


def answer_with(page: Page, *events: tuple[str, Any]) -> None:
    """Let the stream say exactly this."""
    body = "".join(f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n" for name, data in events)
    page.route(STREAM, lambda route: route.fulfill(status=200, content_type="text/event-stream", body=body))


def action(id_: str, text: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "factor": "immediate_response",
        "text": text,
        "say": f"say {text}",
        "owner": "self",
        "within_s": 30,
        "resources": [],
        "authority": "self",
        "evidence": "playbook",
        "sources": ["s1"],
        **changes,
    }


def advice(*actions: dict[str, Any], **changes: Any) -> dict[str, Any]:
    source = {"id": "s1", "document": "d", "title": "T", "locator": "L", "version": "1", "quote": "q", "score": 1}
    return {
        "id": "a1",
        "conversation": "c1",
        "lang": "en",
        "situation": {"summary": "s", "hazard": "none", "needs": []},
        "goal": {"text": "An aim", "sources": ["s1"]},
        "actions": list(actions),
        "options": [],
        "avoid": [],
        "sources": [source],
        "covered": True,
        "engine": "playbook",
        **changes,
    }


# What the card says


@pytest.mark.parametrize(("text", "lang"), [(ROOM_EN, "en"), (ROOM_ZH, "zh")])
def test_the_card_speaks_the_language_of_the_incident(page: Page, text: str, lang: str):
    open_panel(page)
    card = ask(page, text)
    expect(card).to_have_attribute("lang", lang)
    expect(card.locator(".step:visible")).to_have_count(4)
    for words in card.locator(".step-text:visible").all_inner_texts():
        assert bool(CHINESE.search(words)) == (lang == "zh"), words
    within = "分钟内|秒内" if lang == "zh" else "within"
    expect(card.locator(".when").first).to_have_text(re.compile(within))
    expect(card.locator(".goal-text")).not_to_be_empty()
    expect(card.locator(".tag").first).to_have_text("立即反应" if lang == "zh" else "Immediate response")


def test_more_shows_the_rest_on_demand(page: Page):
    open_panel(page)
    card = ask(page, ROOM_EN)
    more, options = card.locator(".more"), card.locator(".options li")
    expect(options.first).to_be_hidden()
    hidden = card.locator(".beyond ol > li, .beyond ul:not(.chips) > li").count()
    expect(more).to_have_text(f"More ({hidden})")
    more.click()
    expect(more).to_have_attribute("aria-expanded", "true")
    expect(options.first).to_be_visible()
    expect(card.locator(".avoid li").first).to_be_visible()
    more.click()
    expect(options.first).to_be_hidden()


def test_danger_comes_first_as_an_alert(page: Page):
    open_panel(page)
    card = ask(page, COLLAPSE)
    banner = card.get_by_role("alert")
    expect(banner).to_contain_text("Danger: medical emergency")
    assert banner.bounding_box()["y"] < card.locator(".goal").bounding_box()["y"]
    assert banner.bounding_box()["y"] < card.locator(".step").first.bounding_box()["y"]


def test_what_no_playbook_covers_is_said(page: Page):
    open_panel(page)
    card = ask(page, UNHEARD_OF)
    expect(card.locator(".uncovered")).to_contain_text("No playbook covers this")
    expect(card.locator(".step").first).to_be_visible()


def test_markup_in_a_message_is_shown_as_text(page: Page):
    open_panel(page)
    attack = "<img src=x onerror=\"document.title='taken'\"><b>guest furious, room not ready</b>"
    ask(page, attack)
    expect(page.locator(".question")).to_have_text(attack)
    expect(page.locator(".log img, .log .question b")).to_have_count(0)
    assert page.title() != "taken"


def test_markup_in_advice_is_shown_as_text(page: Page):
    attack = "<script>document.title='taken'</script><img src=x onerror=alert(1)>"
    source = {"id": "s1", "document": "d", "title": attack, "locator": attack, "version": attack, "quote": attack}
    resource = {"id": "r", "name": attack}
    evil = advice(action("x/1", attack, owner=attack, resources=[resource]), sources=[source])
    answer_with(page, ("done", evil))
    open_panel(page)
    card = ask(page, "anything")
    expect(card.locator(".step-text")).to_have_text(attack)
    assert page.locator(".log img, .log script").count() == 0


def test_refined_words_take_the_place_of_the_old_ones(page: Page):
    first = [action(f"x/{n}", f"old {n}") for n in range(1, 6)]
    better = [action("x/9", "quite new"), action("x/2", "new 2"), action("x/1", "new 1")]
    answer_with(page, *[("action", a) for a in first], ("done", advice(*first)), ("refined", advice(*better)))
    page.route("**/api/advice/**", lambda route: route.fulfill(status=204))
    open_panel(page)
    card = ask(page, "anything")
    expect(card.locator(".refined")).to_be_visible()
    shown = card.locator(".step:visible .step-text")
    expect(shown).to_have_text(["new 1", "new 2", "old 3", "old 4"])
    expect(card.locator(".say blockquote").first).to_have_text("say new 1")
    card.locator(".more").click()
    expect(shown).to_have_text(["new 1", "new 2", "old 3", "old 4", "old 5", "quite new"])


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_refined_words_do_not_move_what_is_being_read(page: Page):
    first = [action(f"x/{n}", f"old {n} " + "word " * 12) for n in range(1, 9)]
    longer = [action(f"x/{n}", f"new {n} " + "more words " * 30) for n in range(1, 9)]
    page.add_init_script(
        """const real = window.fetch;
        window.fetch = async (url, init) => String(url).includes('/suggest/stream')
          ? new Response(new ReadableStream({ start(c) { window.feed = (t) => c.enqueue(new TextEncoder().encode(t)); } }),
              { headers: { 'Content-Type': 'text/event-stream' } })
          : real(url, init);"""
    )
    page.reload()
    open_panel(page)
    page.locator("textarea").fill("anything")
    page.locator(".send").click()
    for _ in range(100):  # the page's policy forbids Playwright's own way of waiting for a value
        if page.evaluate("typeof window.feed") == "function":
            break
        page.wait_for_timeout(50)
    say = "(e) => window.feed(`event: ${e[0]}\\ndata: ${JSON.stringify(e[1])}\\n\\n`)"
    page.evaluate(say, ["done", advice(*first)])
    page.locator(".more").click()
    step = page.locator(".step").nth(5)
    page.locator(".log").evaluate("(log) => log.style.overflowAnchor = 'none'")
    step.locator(".step-text").evaluate("(node) => node.scrollIntoView({ block: 'start' })")
    page.locator(".log").evaluate("(log) => (log.scrollTop -= 8)")
    before = step.locator(".step-text").bounding_box()["y"]
    page.evaluate(say, ["refined", advice(*longer)])
    expect(step.locator(".step-text")).to_contain_text("new 6")
    assert abs(step.locator(".step-text").bounding_box()["y"] - before) < 2


# Ticks, conversations, memory


def test_ticks_and_cards_survive_a_reload(page: Page):
    open_panel(page)
    box = ask(page, ROOM_EN).get_by_role("checkbox").first
    with page.expect_response("**/done") as told:
        box.check()
    assert told.value.ok
    page.reload()
    open_panel(page)
    expect(page.locator(".question")).to_have_text(ROOM_EN)
    expect(page.locator(".card").get_by_role("checkbox").first).to_be_checked()
    expect(page.locator(".card").get_by_role("checkbox").nth(1)).not_to_be_checked()


def test_a_tick_that_the_server_missed_is_kept_and_told_later(page: Page):
    open_panel(page)
    card = ask(page, ROOM_EN)
    page.route("**/done", lambda route: route.abort())
    card.get_by_role("checkbox").first.check()
    expect(page.locator(".failed")).to_have_count(0)
    page.unroute("**/done")
    with page.expect_response("**/done") as told:
        page.reload()
    assert told.value.ok
    open_panel(page)
    expect(page.locator(".card").get_by_role("checkbox").first).to_be_checked()


def test_messages_join_one_conversation_until_a_new_one_begins(page: Page):
    open_panel(page)
    ask(page, ROOM_EN)
    with page.expect_request(STREAM) as sent:
        ask(page, "now she wants a refund as well")
    assert sent.value.post_data_json["conversation"]
    expect(page.locator(".turn")).to_have_count(2)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    with page.expect_request(STREAM) as sent:
        ask(page, ROOM_EN)
    assert "conversation" not in sent.value.post_data_json


def test_a_conversation_left_by_mistake_comes_back(page: Page):
    open_panel(page)
    ask(page, ROOM_EN)
    page.get_by_role("button", name="New conversation").click()
    page.get_by_role("button", name="Back to the last conversation").click()
    expect(page.locator(".question")).to_have_text(ROOM_EN)


def test_a_conversation_that_is_gone_starts_anew(page: Page):
    open_panel(page)
    ask(page, ROOM_EN)
    page.evaluate(
        "for (const key of Object.keys(localStorage)) "
        "if (key.endsWith('conversation')) localStorage.setItem(key, '\"nowhere\"')"
    )
    page.reload()
    open_panel(page)
    expect(page.locator(".invitation")).to_be_visible()
    ask(page, ROOM_EN)


# Sources and copying


def test_a_citation_opens_the_document_at_the_quoted_words(page: Page):
    open_panel(page)
    card = ask(page, ROOM_EN)
    cite = card.locator(".step .cite").nth(3)
    cite.click()
    panel = page.locator("dialog.source")
    mark = panel.locator("mark")
    expect(mark).to_be_in_viewport()
    expect(panel.locator("h2")).not_to_be_empty()
    assert len(mark.inner_text()) > 10
    for _ in range(4):
        page.keyboard.press("Tab")
        expect(panel.locator(":focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(cite).to_be_focused()
    expect(page.locator("dialog.panel")).to_be_visible()


@pytest.mark.parametrize("text", [ROOM_EN, ROOM_ZH, COLLAPSE])
def test_every_citation_is_found_word_for_word(page: Page, text: str):
    open_panel(page)
    buttons = ask(page, text).locator(".sources .cite")
    for index in range(buttons.count()):
        buttons.nth(index).click()
        expect(page.locator("dialog.source mark")).to_have_count(1)
        page.keyboard.press("Escape")


def test_a_document_that_cannot_be_read_still_shows_the_quote(page: Page):
    open_panel(page)
    card = ask(page, ROOM_EN)
    page.route("**/api/documents/**", lambda route: route.abort())
    card.locator(".step .cite").first.click()
    expect(page.locator("dialog.source .source-quote")).not_to_be_empty()


@pytest.mark.parametrize("context", [{"permissions": ["clipboard-read", "clipboard-write"]}], indirect=True)
def test_a_sentence_is_copied_and_said_to_be(page: Page):
    open_panel(page)
    say = ask(page, ROOM_EN).locator(".say").first
    say.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == say.locator("blockquote").inner_text()


def test_copying_works_without_the_clipboard_interface(page: Page):
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    open_panel(page)
    button = ask(page, ROOM_EN).locator(".copy").first
    button.click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    expect(button).to_be_focused()


# When things go wrong


def test_a_failure_is_explained_and_the_text_is_kept(page: Page):
    detail = {"title": "Service Unavailable", "status": 503, "detail": "The index is being rebuilt."}

    def refuse(route: Route) -> None:
        route.fulfill(status=503, content_type="application/problem+json", body=json.dumps(detail))

    page.route(STREAM, refuse)
    open_panel(page)
    page.locator("textarea").fill(ROOM_EN)
    page.keyboard.press("Enter")
    expect(page.locator(".failed")).to_contain_text("The index is being rebuilt.")
    expect(page.locator("textarea")).to_have_value(ROOM_EN)
    page.unroute(STREAM)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".card .step").first).to_be_visible()
    expect(page.locator(".failed")).to_have_count(0)
    expect(page.locator("textarea")).to_have_value("")


def test_a_stream_that_breaks_off_keeps_what_came(page: Page):
    answer_with(page, ("situation", {"hazard": "none", "lang": "en"}), ("action", action("x/1", "only this")))
    open_panel(page)
    page.locator("textarea").fill(ROOM_EN)
    page.keyboard.press("Enter")
    expect(page.locator(".step-text")).to_have_text("only this")
    expect(page.locator(".failed")).to_contain_text("broke off")
    expect(page.locator("textarea")).to_have_value(ROOM_EN)


def test_an_unreachable_server_is_said_kindly(page: Page):
    page.route(STREAM, lambda route: route.abort())
    open_panel(page)
    page.locator("textarea").fill(ROOM_EN)
    page.keyboard.press("Enter")
    expect(page.locator(".failed")).to_contain_text("cannot be reached")
    page.reload()
    open_panel(page)
    expect(page.locator("textarea")).to_have_value(ROOM_EN)


def test_sending_can_be_stopped(page: Page):
    page.route(STREAM, lambda route: None)  # never answered
    open_panel(page)
    page.locator("textarea").fill(ROOM_EN)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Send")).to_be_visible()
    expect(page.locator("textarea")).to_have_value(ROOM_EN)
    expect(page.locator(".turn")).to_have_count(0)


def test_too_long_a_text_is_not_sent_and_not_cut(page: Page):
    open_panel(page)
    page.locator("textarea").fill("长" * 4001)
    expect(page.locator(".count")).to_contain_text("At most 4,000")
    expect(page.get_by_role("button", name="Send")).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(0)
    assert len(page.locator("textarea").input_value()) == 4001


# Hands, keyboards, screens


def test_enter_while_a_word_is_composed_does_not_send(page: Page):
    open_panel(page)
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "kefang", "selectionStart": 6, "selectionEnd": 6})
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(0)
    keyboard.send("Input.insertText", {"text": ROOM_ZH})
    page.keyboard.press("Shift+Enter")
    expect(page.locator(".turn")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(1)


def test_a_keydown_marked_as_composing_does_not_send(page: Page):
    open_panel(page)
    page.locator("textarea").fill(ROOM_ZH)
    press = "(field, init) => field.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, ...init}))"
    page.locator("textarea").evaluate(press, {"isComposing": True})
    page.locator("textarea").evaluate(press, {"keyCode": 229})
    expect(page.locator(".turn")).to_have_count(0)


def test_everything_works_from_the_keyboard(page: Page):
    page.locator(".launcher").focus()
    page.keyboard.press("Enter")
    expect(page.locator("textarea")).to_be_focused()
    page.keyboard.type(ROOM_EN)
    page.keyboard.press("Enter")
    card = page.locator(".card")
    expect(card.locator(".sources")).to_be_visible()
    box = page.locator(".step input:focus")
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if box.count():
            break
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.panel")).to_be_hidden()
    expect(page.locator(".launcher")).to_be_focused()


def test_a_common_moment_is_one_tap(page: Page):
    open_panel(page)
    moment = page.locator(".quick button").first
    text = moment.get_attribute("title")
    moment.click()
    expect(page.locator(".question")).to_have_text(text or "")
    expect(page.locator(".card .step").first).to_be_visible()


def test_readiness_is_announced_once(page: Page):
    page.evaluate(
        """() => {
          window.heard = [];
          const status = document.querySelector('improv-chat').shadowRoot.querySelector('[role=status]');
          new MutationObserver(() => status.textContent && heard.push(status.textContent))
            .observe(status, {childList: true, characterData: true, subtree: true});
        }"""
    )
    open_panel(page)
    card = ask(page, ROOM_EN)
    actions = card.locator(".step").count()
    expect(page.get_by_role("status")).to_have_text(f"Advice ready: {actions} actions")
    assert page.evaluate("heard") == [f"Advice ready: {actions} actions"]


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_a_phone_gives_the_whole_screen(page: Page):
    panel = open_panel(page)
    page.wait_for_timeout(300)
    assert panel.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    ask(page, ROOM_ZH)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    log = page.locator(".log")
    assert log.evaluate("log => log.scrollWidth <= log.clientWidth")
    for button in page.locator("dialog.panel button:visible").all():
        box = button.bounding_box()
        assert box["width"] >= 44, button.inner_text()
        assert box["height"] >= 44, button.inner_text()


def test_a_window_made_narrow_becomes_the_phones_and_back(page: Page):
    panel = open_panel(page)
    ask(page, ROOM_EN)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(panel).to_have_js_property("offsetWidth", 390)
    expect(page.locator("dialog.panel:modal")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 860})
    expect(panel).to_have_js_property("offsetWidth", 440)
    expect(page.locator("dialog.panel:not(:modal)")).to_be_visible()
    expect(page.locator(".launcher")).to_be_hidden()


@pytest.mark.parametrize("context", [{"reduced_motion": "reduce"}], indirect=True)
def test_reduced_motion_is_respected(page: Page):
    panel = open_panel(page)
    assert panel.evaluate("node => node.getAnimations({subtree: true}).length") == 0


@pytest.mark.parametrize("context", [{"color_scheme": "dark"}], indirect=True)
def test_dark_mode(page: Page):
    panel = open_panel(page)
    red, green, blue = map(
        int, re.findall(r"\d+", panel.evaluate("node => getComputedStyle(node).backgroundColor"))[:3]
    )
    assert max(red, green, blue) < 60


# Languages and embedding


def test_the_panel_changes_its_language_and_then_asks_for_it(page: Page):
    open_panel(page)
    with page.expect_request(STREAM) as sent:
        ask(page, ROOM_EN)
    assert "lang" not in sent.value.post_data_json
    page.locator("dialog.panel").get_by_role("button", name="中文").click()
    expect(page.get_by_role("button", name="新的对话")).to_be_visible()
    with page.expect_request(STREAM) as sent:
        card = ask(page, ROOM_EN)
    assert sent.value.post_data_json["lang"] == "zh"
    expect(card).to_have_attribute("lang", "zh")


def test_the_pages_language_is_the_widgets(page: Page):
    page.get_by_role("button", name="中文").first.click()
    expect(page.locator(".launcher")).to_have_text("现在怎么办？")
    expect(page.locator("h1 span:visible")).to_have_text("今天的班")
    page.get_by_role("button", name="English").first.click()
    expect(page.locator(".launcher")).to_have_text("What do I do now?")


def test_attributes_reach_the_server(page: Page):
    page.evaluate(
        """() => {
          const chat = document.querySelector('improv-chat');
          chat.setAttribute('role', 'front_desk');
          chat.setAttribute('token', 'secret');
          chat.setAttribute('lang', 'zh');
        }"""
    )
    open_panel(page)
    with page.expect_request(STREAM) as sent:
        ask(page, ROOM_EN)
    assert sent.value.post_data_json["role"] == "front_desk"
    assert sent.value.post_data_json["site"] == "demo-hotel"
    assert sent.value.headers["authorization"] == "Bearer secret"
    expect(page.get_by_role("button", name="新的对话")).to_be_visible()


def test_it_works_on_a_page_of_another_origin(page: Page, server_url: str):
    host = "http://allowed.example/desk"
    markup = f"""<!doctype html><html lang="zh"><title>t</title><style>* {{ font-size: 40px; color: red }}</style>
      <script type="module" src="{server_url}/widget.js"></script><improv-chat site="demo-hotel"></improv-chat>"""
    page.route(host, lambda route: route.fulfill(status=200, content_type="text/html", body=markup))
    page.goto(host)
    open_panel(page)
    expect(page.locator(".quick button").first).to_be_visible()
    card = ask(page, ROOM_ZH)
    card.get_by_role("checkbox").first.check()
    card.locator(".step .cite").first.click()
    expect(page.locator("dialog.source mark")).to_be_in_viewport()


def test_events_are_read_however_the_bytes_are_cut(page: Page):
    stream = (
        ": hello\r\nevent: goal\r\ndata: {\r\ndata: }\r\n\r\nevent: done\ndata:[1]\n\nevent: nothing\n\ndata: x\r\r"
    )
    read = page.evaluate(
        """async (stream) => {
          const { EventParser } = await import('/chat/stream.js');
          return [...stream].map((_, cut) => {
            const parser = new EventParser();
            return [...parser.push(stream.slice(0, cut)), ...parser.push(stream.slice(cut)), ...parser.push('\\n')];
          });
        }""",
        stream,
    )
    wanted = [{"event": "goal", "data": "{\n}"}, {"event": "done", "data": "[1]"}, {"event": "message", "data": "x"}]
    assert all(events == wanted for events in read)


def test_a_quote_is_found_across_line_breaks(page: Page):
    script = "async ([text, quote]) => (await import('/chat/quote.js')).findQuote(text, quote)"
    assert page.evaluate(script, ["Say  sorry\n once, then", "sorry once,"]) == [5, 17]
    assert page.evaluate(script, ["Say sorry", "never said"]) is None
    assert page.evaluate(script, ["Say sorry", " "]) is None


def nothing_stands_in_the_way(page: Page, state: str) -> None:
    page.wait_for_timeout(300)  # let what fades in arrive at its colours
    axe_finds_nothing(page, state)


@pytest.mark.parametrize("context", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True)
def test_no_barriers_are_found_when_something_fails(page: Page):
    page.route(STREAM, lambda route: route.abort())
    open_panel(page)
    page.locator("textarea").fill(ROOM_EN)
    page.keyboard.press("Enter")
    expect(page.locator(".failed")).to_be_visible()
    nothing_stands_in_the_way(page, "failed")
    page.locator("textarea").fill("long" * 1001)
    nothing_stands_in_the_way(page, "too long")


@pytest.mark.parametrize(
    ("context", "text"),
    [
        ({"color_scheme": "light", "locale": "en-GB"}, ROOM_EN),
        ({"color_scheme": "dark", "locale": "en-GB"}, COLLAPSE),
        ({"color_scheme": "light", "locale": "en-GB"}, UNHEARD_OF),
        ({**PHONE, "color_scheme": "dark", "locale": "zh-CN"}, ROOM_ZH),
    ],
    indirect=["context"],
)
def test_no_barriers_are_found(page: Page, text: str):
    nothing_stands_in_the_way(page, "closed")
    open_panel(page)
    expect(page.locator(".quick button").first).to_be_visible()
    nothing_stands_in_the_way(page, "empty")
    card = ask(page, text)
    nothing_stands_in_the_way(page, "card")
    card.get_by_role("checkbox").first.check(force=True)
    if card.locator(".more").is_visible():
        card.locator(".more").click()
    nothing_stands_in_the_way(page, "opened up")
    card.locator(".step .cite").first.click()
    expect(page.locator("dialog.source mark")).to_be_visible()
    nothing_stands_in_the_way(page, "source")
