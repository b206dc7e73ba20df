"""What the assistant stands on, over HTTP: documents to read, situations to tap, passages to search."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "lang"),
    [("客人三点来办入住，房间还没打扫好", "zh"), ("there is glass in the soup, she cut her lip", "en")],
)
def test_every_citation_can_be_opened_and_holds_the_quote_word_for_word(api, text, lang):
    advice = api.post("/api/suggest", json={"text": text}).json()
    for source in advice["sources"]:
        document = api.get(f"/api/documents/{source['document']}", params={"lang": lang}).json()
        assert document["id"] == source["document"]
        assert document["version"] == source["version"]
        sections = [section["text"] for section in document["sections"] if section["locator"] == source["locator"]]
        assert any(source["quote"] in section for section in sections), source


def test_document_is_shown_in_the_language_that_was_asked_for(api):
    chinese, english = (
        api.get("/api/documents/hotel.room-not-ready", params={"lang": lang}).json() for lang in ("zh", "en")
    )
    assert chinese["title"] == "客人到了，预订的房间还没准备好"
    assert english["title"] == "The booked room is not ready"
    assert len(chinese["sections"]) == len(english["sections"]) > 5
    whole = api.get("/api/documents/hotel.room-not-ready").json()["sections"]
    assert len(whole) == len(chinese["sections"]) + len(english["sections"])


def test_document_with_a_folder_in_its_name_can_be_read(api):
    document = api.get("/api/documents/papers/organizational-improvisation.md").json()
    assert document["id"] == "papers/organizational-improvisation.md"
    assert document["sections"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("site", ["demo-hotel", "demo-restaurant", "demo-supermarket", "demo-station"])
def test_situations_to_tap_lead_to_their_own_playbook(api, lang, site):
    situations = api.get("/api/situations", params={"lang": lang, "site": site}).json()["situations"]
    assert 1 <= len(situations) <= 6
    for situation in situations[:2]:
        advice = api.post("/api/suggest", json={"text": situation["text"], "site": site}).json()
        assert advice["covered"]
        assert advice["actions"][0]["id"].startswith(situation["id"] + "/")
        assert advice["situation"]["summary"] == situation["title"]


def test_situations_differ_by_site(api):
    by_site = [
        {s["id"] for s in api.get("/api/situations", params={"site": site}).json()["situations"]}
        for site in ("demo-hotel", "demo-restaurant")
    ]
    assert not by_site[0] & by_site[1]


def test_search_gives_the_best_first_and_as_many_as_asked(api):
    found = api.get("/api/search", params={"q": "glass in the food", "k": 4}).json()
    assert len(found) == 4
    scores = [passage["score"] for passage in found]
    assert scores == sorted(scores, reverse=True)
    assert found[0]["document"] in {"emergency.glass-in-food-or-injury", "restaurant.foreign-object-in-food"}
    assert found[0].keys() >= {"document", "title", "locator", "text", "score"}


def test_health_says_what_answers(api):
    health = api.get("/api/health").json()
    assert health["status"] == "ok"
    assert health["playbooks"] > 50
    assert "e5-small" in health["encoder"]
