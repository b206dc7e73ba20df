"""What only the encoder sees: planted in a copy of fourteen cards, and told; what is right is left alone."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant.assembly import Improv
from assistant.audit.kept_vectors import KeptVectors
from assistant.audit.reach import Trial, leave_one_out, weak_signals
from assistant.knowledge.accounts import Accounts
from assistant.knowledge.checks.card import read_cards
from assistant.settings import Settings

DAY = date(2026, 11, 23)
CARD = "hotel.room-not-ready"
BESIDE = [
    "hotel.overbooked",
    "hotel.noise-neighbour",
    "hotel.bill-dispute",
    "hotel.key-lost-or-lockout",
    "hotel.no-hot-water-or-ac",
    "restaurant.wrong-dish",
    "restaurant.spill-on-guest",
    "retail.price-mismatch",
    "transport.baggage-missing",
    "emergency.choking",
]


@pytest.fixture(scope="module")
def cards(small_corpus, improv, tmp_path_factory):
    """The small corpus with ten more cards: likeness needs others to be measured against."""
    root = tmp_path_factory.mktemp("audit") / "corpus"
    shutil.copytree(small_corpus, root)
    for name in BESIDE:
        shutil.copy(improv.corpus.root / "playbooks" / f"{name}.md", root / "playbooks")
    return root


@pytest.fixture
def corpus(cards, tmp_path):
    """A copy of them that may be harmed."""
    shutil.copytree(cards, tmp_path / "corpus")
    return tmp_path / "corpus"


@pytest.fixture(scope="module")
def examine(home):
    """`examine(corpus, path)` is the audit; vectors are kept between the tests, as between two runs."""

    def run(corpus, path=None, fast=False):
        with Improv(Settings(home=home, corpus=corpus)) as improv:
            return improv.audit(path, today=DAY, oldest_days=365, fast=fast, progress=lambda *_: None)

    return run


def file_of(corpus, card=CARD):
    return corpus / "playbooks" / f"{card}.md"


def edit(path, change):
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def line_of(path, text):
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def told(audit, check):
    return [finding.message for finding in audit.findings if finding.check == check and finding.level != "note"]


def test_right_cards_agree_and_none_is_another_one_again(cards, examine):
    audit = examine(cards)
    assert audit.checked == len(list((cards / "playbooks").iterdir()))
    assert told(audit, "agreement") == []
    assert told(audit, "duplicate") == []
    assert audit.count("error") == 0


ONE = "- zh: 直接打给楼层领班，问清这间房几点一定能交，请他们下一间就做。"
OTHER = "- zh: 证件登记、押金现在就办完，行李挂牌收好，等会儿只差一张房卡。"


def swap(text):
    return text.replace(ONE, "@").replace(OTHER, ONE).replace("@", OTHER)


def test_two_actions_whose_chinese_changed_places_are_caught(corpus, examine):
    edit(file_of(corpus), swap)
    (message,) = told(examine(corpus), "agreement")
    assert "'register-now' and 'call-housekeeping' seem to have changed places" in message
    assert f"{file_of(corpus)}:{line_of(file_of(corpus), ONE)}: " in message


def test_a_text_that_was_changed_in_one_language_only_is_caught(corpus, examine):
    edit(file_of(corpus), lambda text: text.replace(ONE, "- zh: 请客人把宠物的牵引绳系好，并出示免疫证明。"))
    (message,) = told(examine(corpus), "agreement")
    assert "call-housekeeping: en and zh seem to say different things" in message
    assert f":{line_of(file_of(corpus), '免疫证明')}: " in message


def test_a_draft_that_copies_a_card_is_told_what_it_copies(corpus, examine, tmp_path):
    draft = tmp_path / "drafts" / "hotel.check-in-late.md"
    draft.parent.mkdir()
    shutil.copy(file_of(corpus), draft)
    edit(draft, lambda text: text.replace(f"id: {CARD}", "id: hotel.check-in-late").replace("furious", "cross"))
    audit = examine(corpus, draft)
    assert audit.checked == 1
    messages = told(audit, "duplicate")
    assert any(f"its signals are nearly those of '{CARD}'" in message for message in messages)
    assert any(f"says nearly what '{CARD}/call-housekeeping' says" in message for message in messages)
    assert all(message.startswith(f"{draft}:") for message in messages)
    assert any("signals lead to" in message for message in told(audit, "confusable"))


def test_a_changed_version_of_a_shipped_card_is_not_its_own_copy(corpus, examine, tmp_path):
    shutil.copy(file_of(corpus), tmp_path)
    audit = examine(corpus, tmp_path / f"{CARD}.md")
    assert (audit.checked, told(audit, "duplicate")) == (1, [])


def test_a_card_with_the_signals_of_another_leads_to_that_one(corpus, examine):
    theirs = file_of(corpus, "transport.baggage-missing").read_text(encoding="utf-8")
    signals = theirs[theirs.index("signals:") : theirs.index("\nreferences:")]
    signals = signals.split("\nslots:")[0]

    def take(text):
        return text[: text.index("signals:")] + signals + text[text.index("\nslots:") :]

    edit(file_of(corpus), take)
    audit = examine(corpus)
    (confused,) = [message for message in told(audit, "confusable") if message.startswith(f"{file_of(corpus)}:")]
    assert "lead to 'transport.baggage-missing'" in confused


def test_a_card_that_most_of_its_signals_miss_is_a_warning(corpus, improv):
    (card,), _ = read_cards([file_of(corpus)], improv.corpus.vocabulary)
    signals = [text for said in card.playbook.signals.values() for text in said]
    trials = [Trial(CARD, text, ("hotel.overbooked",) if n < 11 else (CARD,)) for n, text in enumerate(signals)]
    (warning,) = weak_signals([card], trials)
    assert warning.level == "warning"
    assert "hardly reachable, 11 of 20 signals" in warning.message
    assert all(f"“{text}” (hotel.overbooked)" in warning.message for text in signals[:11])
    assert [finding.level for finding in weak_signals([card], trials[2:])] == ["note"]
    assert list(weak_signals([card], trials[11:])) == []


def test_told_accounts_help_a_card_and_are_not_asked_themselves(improv, corpus):
    cards, _ = read_cards([file_of(corpus), file_of(corpus, "hotel.overbooked")], improv.corpus.vocabulary)
    playbooks = [card.playbook for card in cards]
    signal = playbooks[0].signals["en"][1]
    told = Accounts({"hotel.overbooked": {"en": (f"{signal}, still", "no clean room for the family, check in time")}})
    trials = leave_one_out(playbooks, told, improv.embedder, lambda *_: None)
    assert {trial.signal for trial in trials} == {t for p in playbooks for said in p.signals.values() for t in said}
    led = next(trial.found[0] for trial in trials if trial.signal == signal)
    alone = leave_one_out(playbooks, Accounts({}), improv.embedder, lambda *_: None)
    assert (led, next(trial.found[0] for trial in alone if trial.signal == signal)) == ("hotel.overbooked", CARD)


def test_each_signal_that_does_not_find_its_card_is_quoted(corpus, examine):
    strange = "the fountain pen nib leaked purple ink across the crossword"
    edit(
        file_of(corpus),
        lambda text: text.replace("check in time but no clean room for the family standing here", strange),
    )
    (note,) = [f for f in examine(corpus).findings if f.check == "reach" and f.playbook == CARD]
    assert note.level == "note"
    assert f"“{strange}”" in note.message


def test_a_card_in_one_language_is_checked_without_the_other(corpus, examine, tmp_path):
    card = tmp_path / "hotel.robot.md"
    text = file_of(corpus).read_text(encoding="utf-8").replace(f"id: {CARD}", "id: hotel.robot")
    start, end = text.index("  zh:\n    - "), text.index("slots:")
    kept = [line for line in (text[:start] + text[end:]).splitlines() if not line.strip().startswith(("zh:", "- zh"))]
    card.write_text("\n".join(kept).replace(", zh: 这间房", ""), encoding="utf-8")
    audit = examine(corpus, card)
    assert audit.count("error") == 0, audit.findings
    assert any("no title in zh" in message for message in told(audit, "languages"))
    assert any("nearly what" in message for message in told(audit, "duplicate"))


def test_faults_of_the_corpus_are_not_the_drafts(corpus, examine, tmp_path):
    edit(file_of(corpus, "hotel.overbooked"), lambda text: text.replace("hazard: none", "hazard: dragons"))
    shutil.copy(file_of(corpus, "retail.price-mismatch"), tmp_path)
    assert examine(corpus, tmp_path / "retail.price-mismatch.md").count("error") == 0
    assert examine(corpus).count("error") == 1


def test_one_id_in_two_files_is_an_error_and_no_crash(corpus, examine):
    shutil.copy(file_of(corpus), corpus / "playbooks" / "hotel.copy.md")
    assert examine(corpus).count("error") == 2


def test_fast_leaves_the_encoder_alone(corpus, tmp_path):
    home = tmp_path / "never"
    with Improv(Settings(home=home, corpus=corpus)) as improv:
        audit = improv.audit(today=DAY, oldest_days=365, fast=True, progress=lambda *_: None)
    assert not home.exists()
    assert {finding.check for finding in audit.findings} <= {"coverage"}


class Counting:
    """An embedder whose vectors follow the text, and that counts what it encodes."""

    name = "counting"

    def __init__(self):
        self.asked = []

    def queries(self, texts):
        self.asked += texts
        return np.stack([np.eye(4, dtype=np.float32)[len(text) % 4] for text in texts])

    incidents = queries

    def passages(self, texts):
        return self.queries(texts) * -1


def test_vectors_are_kept_between_runs_and_by_kind(tmp_path):
    first = Counting()
    kept = KeptVectors(first, tmp_path)
    steps = []
    kept.encode_ahead({"query": ["a", "bb"], "passage": ["a"]}, lambda _, done, total: steps.append((done, total)))
    assert steps[0] == (0, 3)
    assert steps[-1] == (3, 3)
    kept.save()
    second = Counting()
    again = KeptVectors(second, tmp_path)
    assert (again.queries(["bb", "a"]) == kept.queries(["bb", "a"])).all()
    assert (again.passages(["a"]) == -again.queries(["a"])).all()
    assert second.asked == []


def test_a_broken_file_of_vectors_is_written_anew(tmp_path, caplog):
    kept = KeptVectors(Counting(), tmp_path)
    kept.queries(["a"])
    kept.save()
    (file,) = Path(tmp_path).iterdir()
    file.write_bytes(b"PK\x03\x04 cut off")
    again = KeptVectors(Counting(), tmp_path)
    assert "written anew" in caplog.text
    again.queries(["a"])
    again.save()
    assert KeptVectors(Counting(), tmp_path).queries(["a"]).shape == (1, 4)
