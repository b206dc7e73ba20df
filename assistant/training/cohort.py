"""A group of people at a glance, and the spots where many are weak."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.domain.drill import Move, Scenario
from assistant.domain.playbook import Playbook
from assistant.domain.training import Attempt
from assistant.domain.vocabulary import Factor, Lang, Text
from assistant.drills.scoring import FACTOR_OF
from assistant.training.occasions import tries_of
from assistant.training.skills import Skill, skill

LEAST_TRIES, LEAST_PEOPLE = 3, 2
"""A spot is a cohort's only from so many tries of so many people on."""
WEAK_SHARE = 0.5
QUOTES = 3


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person: skills by factor, move and `overall`."""

    name: str
    attempts: int
    last_at: datetime | None
    skills: Mapping[str, Skill]


@dataclass(frozen=True, slots=True)
class WeakSpot:
    """Something that a scenario asks for and that people miss. `served_by` are playbooks that hold words for it.

    Without any it is a gap: no playbook says how to do it.
    """

    scenario: str
    factor: Factor
    text: Text
    tries: int
    missed: int
    people: int
    served_by: tuple[str, ...]
    quotes: tuple[str, ...]

    @property
    def is_gap(self) -> bool:
        """Whether no playbook serves it."""
        return not self.served_by


def people(attempts: Iterable[Attempt], names: Iterable[str], scenarios: Mapping[str, Scenario]) -> list[PersonRow]:
    """A row for each name, in that order, also for those who have not begun."""
    by_name: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        by_name[attempt.trainee].append(attempt)
    rows = []
    for name in names:
        own = by_name[name]
        skills = {key: skill(tries) for key, tries in tries_of(own, scenarios).items()}
        rows.append(PersonRow(name, len(own), max((one.at for one in own), default=None), skills))
    return rows


def weak_spots(
    attempts: Sequence[Attempt], scenarios: Mapping[str, Scenario], playbooks: Iterable[Playbook]
) -> list[WeakSpot]:
    """The criteria that at least half of the tries miss, gaps first, then the most missed."""
    by_id = {playbook.id: playbook for playbook in playbooks}
    spots = []
    for id_, scenario in scenarios.items():
        own = [attempt for attempt in attempts if attempt.scenario == id_ and attempt.sought]
        for criterion in scenario.criteria:
            wordings = {(criterion.factor, text) for text in criterion.text.values()}
            sought = [one for one in own if wordings & {*one.sought}]
            missed = [one for one in sought if wordings & {*one.missed}]
            who = {one.trainee for one in missed}
            if len(sought) < LEAST_TRIES or len(who) < LEAST_PEOPLE or len(missed) < WEAK_SHARE * len(sought):
                continue
            known = [by_id[name] for name in scenario.playbooks if name in by_id]
            served = _served_by(known, criterion.factor, {one.lang for one in missed}, missed)
            spots.append(
                WeakSpot(
                    id_,
                    criterion.factor,
                    dict(criterion.text),
                    len(sought),
                    len(missed),
                    len(who),
                    served,
                    _quotes(missed, criterion.factor),
                )
            )
    return sorted(spots, key=lambda one: (not one.is_gap, -one.missed / one.tries, one.scenario))


def _served_by(
    playbooks: Sequence[Playbook], factor: Factor, langs: set[Lang], missed: Sequence[Attempt]
) -> tuple[str, ...]:
    """Playbooks that hold a sentence to say for this factor in the languages spoken.

    Where the debriefs had to take their better wording from the scenario itself, no playbook had a fitting one.
    """
    words = [m.document for one in missed for m in one.moments if m.document and _factor(m.move) == factor]
    names = {playbook.id for playbook in playbooks}
    quoted = [document for document in words if document in names]
    if words and len(quoted) * 2 < len(words):
        return ()
    return tuple(
        playbook.id
        for playbook in playbooks
        if all(any(action.factor == factor and action.say.get(lang) for action in playbook.actions) for lang in langs)
    )


def _factor(move: str) -> Factor | None:
    known: Mapping[Move, Factor] = FACTOR_OF
    return next((factor for name, factor in known.items() if name == move), None)


def _quotes(missed: Sequence[Attempt], factor: Factor) -> tuple[str, ...]:
    said = [m.quote for one in missed for m in one.moments if _factor(m.move) == factor]
    return tuple(dict.fromkeys(said))[:QUOTES]
