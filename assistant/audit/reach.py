"""Is every playbook found by what it says it is found by, and by nothing that belongs to another?

Each signal is taken out of its own playbook and then asked as if a staff member had typed it. They are
taken out a dozen at a time, one of each playbook and language, and the recogniser is built anew each time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.audit.kept_vectors import Progress
from assistant.domain.language import language_of
from assistant.domain.playbook import Playbook
from assistant.domain.situation import Situation
from assistant.domain.vocabulary import LANGS, SECTORS, Lang
from assistant.index.ports import Embedder
from assistant.index.signals import signal_vectors
from assistant.knowledge.accounts import Accounts
from assistant.knowledge.checks.card import Card
from assistant.knowledge.checks.finding import Finding
from assistant.retrieval.evidence_finder import GENERAL, GENERAL_DANGER, EvidenceFinder
from assistant.retrieval.recogniser import Recogniser
from assistant.situation.heads import Odds

MOSTLY = 0.5
"""Share of its signals that must find a playbook among the best, or it counts as hardly reachable."""
CONFUSED = 0.25
"""Share of one playbook's signals that lead to the same other one, from which the two count as confusable."""
FEWEST_CONFUSED = 3


@dataclass(frozen=True, slots=True)
class Trial:
    """One signal asked without its own help; `found` are the best playbooks, best first, five at most."""

    playbook: str
    signal: str
    found: tuple[str, ...]

    @property
    def lost(self) -> bool:
        """Whether its own playbook is not even among the best."""
        return self.playbook not in self.found


def leave_one_out(
    playbooks: Sequence[Playbook], accounts: Accounts, embedder: Embedder, progress: Progress
) -> list[Trial]:
    """A trial for every signal of every playbook but the general ones; told accounts help and are not asked."""
    asked = {playbook.id for playbook in playbooks} - {GENERAL, GENERAL_DANGER}
    if len(asked) < 2:
        return []
    longest = max(len(said) for playbook in playbooks for said in playbook.signals.values())
    rounds = [(lang, turn) for lang in LANGS for turn in range(longest)]
    known = accounts.joined_to(playbooks)  # behind the signals, whose numbers they leave as they are
    trials: list[Trial] = []
    for done, (lang, turn) in enumerate(rounds):
        progress("asking for each signal", done, len(rounds))
        # Neighbours miss signals of different numbers, or a copied card would miss the same ones as its model.
        out = [_taken(playbook, lang, (turn + place) % longest) for place, playbook in enumerate(playbooks)]
        without = [_without(whole, text) for whole, text in zip(known, out, strict=True)]
        finder = EvidenceFinder(Recogniser(without, signal_vectors(without, embedder)), embedder, _no_odds)
        trials += [_trial(finder, p, text) for p, text in zip(playbooks, out, strict=True) if p.id in asked and text]
    progress("asking for each signal", len(rounds), len(rounds))
    return trials


def weak_signals(cards: Sequence[Card], trials: Sequence[Trial]) -> Iterator[Finding]:
    """For each of the cards the signals that do not find it; a warning where that is most of them, else a note."""
    by_playbook: dict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        by_playbook[trial.playbook].append(trial)
    for card in cards:
        own = by_playbook[card.playbook.id]
        lost = [trial for trial in own if trial.lost]
        if not lost:
            continue
        quoted = "; ".join(f"“{trial.signal}” ({trial.found[0]})" for trial in lost)
        told = f"{len(lost)} of {len(own)} signals do not find this playbook but for being in it: {quoted}"
        marks = ("signals:", lost[0].signal)
        if len(lost) > (1 - MOSTLY) * len(own):
            yield card.warning("reach", f"hardly reachable, {told}; add more signals like each of them", *marks)
        else:
            yield card.note("reach", f"{told}; where one is typical, add another like it", *marks)


def confusable(cards: Sequence[Card], checked: Collection[str], trials: Sequence[Trial]) -> Iterator[Finding]:
    """Pairs where many signals of one playbook lead to another; one of the two is in a file of `checked`."""
    of: Mapping[str, Card] = {card.playbook.id: card for card in cards}
    strayed: dict[tuple[str, str], list[Trial]] = defaultdict(list)
    totals = Counter(trial.playbook for trial in trials)
    for trial in trials:
        if trial.found[0] != trial.playbook:
            strayed[trial.playbook, trial.found[0]].append(trial)
    for (one, other), given in sorted(strayed.items()):
        often = len(given) >= max(FEWEST_CONFUSED, CONFUSED * totals[one])
        if often and not {of[one].file, of[other].file}.isdisjoint(checked):
            quoted = "; ".join(f"“{trial.signal}”" for trial in given)
            told = f"{len(given)} of {totals[one]} signals lead to {other!r}: {quoted}"
            mend = "move them there, or say in them what tells the two apart"
            yield of[one].warning("confusable", f"{told}; {mend}", "signals:", given[0].signal)


def _trial(finder: EvidenceFinder, playbook: Playbook, text: str) -> Trial:
    sectors = SECTORS if "any" in playbook.sectors else playbook.sectors
    situation = Situation(text, language_of(text), playbook.sectors[0])
    return Trial(playbook.id, text, finder.find(situation, (), sectors).ranked)


def _taken(playbook: Playbook, lang: Lang, number: int) -> str:
    """The signal of that number, or nothing."""
    return "".join(playbook.signals.get(lang, ())[number : number + 1])


def _without(playbook: Playbook, signal: str) -> Playbook:
    kept = {of: tuple(text for text in said if text != signal) for of, said in playbook.signals.items()}
    return replace(playbook, signals={of: texts for of, texts in kept.items() if texts})


def _no_odds(_vector: object) -> Odds:
    """The order of playbooks, all that is asked here, does not depend on what the text is about at all."""
    return Odds(0.0, 0.0)
