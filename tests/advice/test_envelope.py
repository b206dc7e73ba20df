"""The limits: each catches its own example, none stands in the way of the shipped cards."""

import pytest

from assistant.advice.envelope import load_envelope
from assistant.domain.vocabulary import LANGS
from assistant.errors import ContentError
from assistant.knowledge.checking import check_playbooks
from assistant.knowledge.corpus import Corpus


@pytest.fixture(scope="module")
def envelope(improv):
    return load_envelope(improv.corpus)


def test_every_limit_catches_its_example_in_both_languages(envelope):
    missed = [
        (limit.id, lang)
        for limit in envelope.limits
        for lang in LANGS
        if limit not in envelope.crossed(limit.crosses[lang], lang)
    ]
    assert missed == []
    assert len(envelope.limits) >= 20


def test_every_limit_is_said_in_both_languages_and_has_a_name_of_its_own(envelope):
    assert all(limit.text.get(lang) for limit in envelope.limits for lang in LANGS)
    assert len({limit.id for limit in envelope.limits}) == len(envelope.limits)
    assert {limit.kind for limit in envelope.limits} >= {"safety", "privacy", "money"}


@pytest.mark.parametrize(
    ("warning", "lang"),
    [
        ("Do not take the lift when there is smoke.", "en"),
        ("Never throw water on burning oil.", "en"),
        ("Don't cover the smoke detector with a bag.", "en"),
        ("着火时不要坐电梯下楼。", "zh"),
        ("千万别往油锅里泼水。", "zh"),
    ],
)
def test_a_warning_crosses_nothing(envelope, warning, lang):
    assert envelope.crossed(warning, lang) == ()


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Don't worry. Cover the smoke detector with a plastic bag.", "en"),
        ("Do not run. THROW A BUCKET OF WATER ON THE BURNING OIL!", "en"),
        ("别慌。先用塑料袋把烟感包起来。", "zh"),
    ],
)
def test_a_warning_before_it_does_not_cover_what_follows(envelope, text, lang):
    assert envelope.crossed(text, lang)


def test_nothing_on_a_shipped_card_crosses_a_limit(improv, envelope):
    said = [
        (playbook.id, entry.id, lang, text)
        for playbook in improv.playbooks()
        for entry in (*playbook.actions, *playbook.options)
        for texts in (entry.text, getattr(entry, "say", {}))
        for lang, text in texts.items()
    ]
    said += [(p.id, "goal", lang, text) for p in improv.playbooks() for lang, text in p.goal.items()]
    assert len(said) > 2000
    assert [(*where, lang) for *where, lang, text in said if envelope.crossed(text, lang)] == []


def test_the_shipped_corpus_has_no_errors(improv):
    assert [finding.message for finding in check_playbooks(improv.corpus) if finding.level == "error"] == []


def test_a_pattern_that_is_none_is_named_with_its_limit(tmp_path):
    (tmp_path / "playbooks").mkdir()
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "envelope.yaml").write_text(
        "negations: {en: [], zh: []}\nlimits:\n"
        "- {id: no-x, kind: law, text: {en: a, zh: b}, forbidden: {en: ['(unclosed']}, crosses: {en: a, zh: b}}\n",
        encoding="utf-8",
    )
    with pytest.raises(ContentError, match=r"no-x: '\(unclosed'"):
        load_envelope(Corpus(tmp_path))
