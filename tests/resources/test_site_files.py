"""Site files: the shipped ones speak the common words, and a faulty one is named with its place."""

import shutil
from pathlib import Path

import pytest

from assistant.domain.vocabulary import AUTHORITIES
from assistant.errors import ContentError, UnknownName
from assistant.knowledge.corpus import Corpus
from assistant.resources.sites import load_site

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
SITES = sorted(path.stem for path in (CORPUS / "sites").glob("*.yaml"))


@pytest.mark.parametrize("name", SITES)
def test_a_shipped_site_uses_the_words_of_the_corpus_in_both_languages(name):
    corpus = Corpus(CORPUS)
    site = load_site(corpus, name)
    assert site.id == name
    assert {need for resource in site.resources for need in resource.meets} <= set(corpus.needs)
    assert set(site.channels) <= set(corpus.roles)
    texts = [site.name, *(r.name for r in (*site.roles.values(), *site.resources)), *site.channels.values()]
    assert all(text.get("en") and text.get("zh") for text in texts)
    assert len({resource.id for resource in site.resources}) == len(site.resources)


@pytest.mark.parametrize("name", SITES)
def test_at_a_shipped_site_more_say_means_more_money_and_help_can_be_called(name):
    site = load_site(Corpus(CORPUS), name)
    limits = [max(r.limit for r in site.roles.values() if r.authority == authority) for authority in AUTHORITIES]
    assert limits == sorted(set(limits))
    assert {"medical", "fire", "police"} <= set(site.emergency_numbers)
    assert {"manager", "emergency_services"} <= set(site.channels)


@pytest.fixture
def corpus(tmp_path) -> Corpus:
    for name in ("playbooks", "sites"):
        (tmp_path / name).mkdir()
    shutil.copy(CORPUS / "sites" / "demo-hotel.yaml", tmp_path / "sites" / "ours.yaml")
    return Corpus(tmp_path)


@pytest.mark.parametrize("name", ["nowhere", "../roles", "", "ours.yaml"])
def test_an_unknown_site_is_named_with_the_known_ones(corpus, name):
    with pytest.raises(UnknownName, match="known sites: ours"):
        load_site(corpus, name)


@pytest.mark.parametrize(
    ("right", "wrong", "place"),
    [
        ("authority: self, limit: 200", "authority: everybody, limit: 200", "roles.front_desk.authority"),
        ("limit: 800", "limit: -5", "roles.supervisor.limit"),
        ("available: true", "available: perhaps", "resources.0.available"),
        ("sectors: [hotel, restaurant]", "sectors: []", "sectors"),
        ("currency: CNY", "currenzy: CNY", "currency"),
        ("meets: [luggage]", "meets: []", "resources.5.meets"),
    ],
)
def test_a_fault_is_named_with_file_and_place(corpus, right, wrong, place):
    file = corpus.root / "sites" / "ours.yaml"
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(ContentError) as fault:
        load_site(corpus, "ours")
    assert "ours.yaml" in str(fault.value)
    assert place in str(fault.value)


def test_a_file_that_is_not_yaml_is_named(corpus):
    (corpus.root / "sites" / "ours.yaml").write_text("id: [unclosed", encoding="utf-8")
    with pytest.raises(ContentError, match=r"ours\.yaml is not YAML"):
        load_site(corpus, "ours")
