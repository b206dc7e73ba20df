"""How cards are found that a company added: in one language, about matters that nothing shipped is near to.

    python -m evals.own_cards

The cards of the corpus are no measure of that: their texts taught the encoder. Prints, by the language asked in, how
often the card comes first, is among the nearest five, and answers; and how often another card answers instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click
import yaml
from pydantic import TypeAdapter

from assistant.assembly import Improv, open_improv
from assistant.domain.playbook import Playbook
from assistant.domain.situation import Situation
from assistant.domain.vocabulary import LANGS, SECTORS, Lang
from assistant.index.signals import signal_vectors
from assistant.retrieval.evidence_finder import EvidenceFinder
from assistant.retrieval.learned_cards import read_learned_cards
from assistant.retrieval.recogniser import Recogniser
from assistant.situation.clauses import clauses

CARDS = Path(__file__).parent / "cases" / "own_cards.yaml"


@dataclass(frozen=True, slots=True)
class OwnCard:
    """A company's card; texts by others about its matter, and about one beside it that nothing covers."""

    id: str
    lang: Lang
    title: str
    signals: tuple[str, ...]
    asked: Mapping[Lang, tuple[str, ...]]
    beside: Mapping[Lang, tuple[str, ...]]

    @property
    def playbook(self) -> Playbook:
        """The card; what it says to do plays no part here."""
        title = {self.lang: self.title}
        return Playbook(self.id, self.id, "1", title, title, {self.lang: self.signals}, ())


@dataclass(frozen=True, slots=True)
class Found:
    """What became of one text: where its card stood (0 is first; None is not near), and which card answered, if any."""

    own_lang: bool
    place: int | None
    answered_by: str
    right: str


def read_own_cards() -> tuple[OwnCard, ...]:
    """The cards of `evals/cases/own_cards.yaml`."""
    read = yaml.load(CARDS.read_text(encoding="utf-8"), yaml.CSafeLoader)["cards"]
    return TypeAdapter(tuple[OwnCard, ...]).validate_python(read)


def find(improv: Improv, cards: tuple[OwnCard, ...]) -> Iterator[Found]:
    """Every text, asked where all `cards` stand among those shipped; `right` is empty where nothing covers it."""
    playbooks = [*improv.playbooks(), *(card.playbook for card in cards)]
    learned = read_learned_cards(improv.embedder.name)
    recogniser = Recogniser(playbooks, signal_vectors(playbooks, improv.embedder), learned=learned)
    finder = EvidenceFinder(recogniser, improv.embedder, improv.heads.odds)
    for card in cards:
        for lang in LANGS:
            for right, texts in ((card.id, card.asked[lang]), ("", card.beside[lang])):
                for text in texts:
                    # At a site of every sector, and no danger read: what is asked is whether the card is recognised.
                    evidence = finder.find(Situation(text, lang, "any"), clauses(text), SECTORS)
                    place = evidence.ranked.index(card.id) if card.id in evidence.ranked else None
                    answered_by = evidence.matches[0].playbook.id if evidence.covered else ""
                    yield Found(lang == card.lang, place, answered_by, right)


def _share(cases: Iterable[bool]) -> str:
    happened = list(cases)
    return f"{sum(happened) / len(happened):.2f}"


@click.command()
def main() -> None:
    """Figures by the language asked in."""
    with open_improv() as improv:
        found = list(find(improv, read_own_cards()))
    for name, own_lang in (("the card's language", True), ("the other language", False)):
        asked = [one for one in found if one.own_lang == own_lang and one.right]
        beside = [one for one in found if one.own_lang == own_lang and not one.right]
        click.echo(
            f"asked in {name}: {len(asked)} texts, first {_share(one.place == 0 for one in asked)}, "
            f"among the nearest {_share(one.place is not None for one in asked)}, "
            f"answers {_share(one.answered_by == one.right for one in asked)}, "
            f"another answers {_share(one.answered_by not in {'', one.right} for one in asked)}; "
            f"{len(beside)} beside it, answered {_share(bool(one.answered_by) for one in beside)}"
        )


if __name__ == "__main__":
    main()
