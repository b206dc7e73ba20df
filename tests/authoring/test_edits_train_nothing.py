"""What a company edits is recognised at once and teaches the heads nothing: no edit waits for a training."""

from __future__ import annotations

from assistant.assembly import open_improv
from assistant.authoring.drafts import read_draft, require_playbook
from assistant.library import save_card
from assistant.situation import training

CARD = "hotel.room-not-ready"


def refuse(*_):
    raise AssertionError("an edit trained the heads")


def edited(improv, old, new):
    text = (improv.corpus.root / "playbooks" / f"{CARD}.md").read_text(encoding="utf-8").replace(old, new)
    card = require_playbook(read_draft(text, improv.corpus, improv.envelope))
    base = improv.library.find(CARD).number
    return improv.change(lambda library: save_card(library, text, card, base))


def test_an_edit_trains_nothing_now_and_nothing_at_the_next_start(small_improv, monkeypatch):
    monkeypatch.setattr(training, "_train", refuse)
    kept = sorted(small_improv.settings.models.glob("heads-*.npz"))
    signal = "    - the penguin in the lobby ate the room key\n"
    assert edited(small_improv, "signals:\n  en:\n", f"signals:\n  en:\n{signal}").status == "replaced"
    advice = small_improv.suggest("the penguin in the lobby ate the room key", record=False)
    assert advice.actions[0].id.startswith(f"{CARD}/")
    with open_improv(small_improv.settings) as again:
        assert again.suggest("the penguin in the lobby ate the room key", record=False).covered
    assert sorted(small_improv.settings.models.glob("heads-*.npz")) == kept


def test_a_rehearsal_leaves_everything_as_it_was(small_improv):
    text = (small_improv.corpus.root / "playbooks" / f"{CARD}.md").read_text(encoding="utf-8")
    card = require_playbook(
        read_draft(text.replace(CARD, "hotel.rehearsed"), small_improv.corpus, small_improv.envelope)
    )
    before = small_improv.documents.edition("main"), small_improv.playbooks()
    small_improv.rehearsal(card)
    assert (small_improv.documents.edition("main"), small_improv.playbooks()) == before
    assert small_improv.library.is_sound("main")
