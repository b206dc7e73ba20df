"""What is at hand for an advice: which options are possible, what to combine, and why, in one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from assistant.advice.selection import Chosen
from assistant.domain.advice import CombinationView, ResourceView
from assistant.domain.playbook import Option
from assistant.domain.site import Resource, Role, Site
from assistant.domain.situation import Situation
from assistant.domain.vocabulary import Authority, Lang, Text, in_lang
from assistant.resources.matcher import Combination, Offer, Task, Use, Weights, match, offers
from assistant.resources.words import AtHandWords

FETCHING = ("timely_collaboration", "resource_integration")
"""Factors whose actions bring somebody or something."""
NAMED = 4
"""Things named in the one line; the rest is counted."""
OTHERS: Mapping[str, Weights] = {
    "soonest": Weights(money=3.0, minute=6.0, supervisor=20.0, manager=30.0),
    "cheapest": Weights(money=300.0, minute=0.1),
    "own_say": Weights(supervisor=70.0, manager=80.0),
}
SOON = timedelta(hours=3)
"""An end that lies further ahead decides nothing."""

MINUTES_SAVED = 3.0
SHARE_SAVED = 0.25
"""What another combination must save, in minutes or of the money, to be worth a person's look."""

LINES: Mapping[str, Text] = {
    "usual": {"en": "Best of what is at hand now: {things}.", "zh": "现在手边最合适的：{things}。"},
    "soonest": {"en": "Sooner: {things}.", "zh": "更快：{things}。"},
    "cheapest": {"en": "Costs less: {things}.", "zh": "更省：{things}。"},
    "own_say": {"en": "With less asking: {things}.", "zh": "更少请示：{things}。"},
    "more": {"en": "{n} more", "zh": "另有{n}项"},
    "minutes": {"en": "{n} min", "zh": "{n}分钟"},
    "until": {"en": "until {time}", "zh": "到{time}"},
    "supervisor": {"en": "supervisor's say", "zh": "需主管同意"},
    "manager": {"en": "manager's say", "zh": "需经理同意"},
    "cost": {"en": "{n} {currency}", "zh": "{n} {currency}"},
}


@dataclass(frozen=True, slots=True)
class AtHand:
    """What can be used for one incident, and the best use of it."""

    lang: Lang
    site: Site
    role: Role | None
    found: Sequence[Offer]
    tasks: Sequence[Task]
    best: Combination

    def views(self, task: str) -> tuple[ResourceView, ...]:
        """What is named with an action or an option."""
        return tuple(_view(use, self.site, self.lang) for use in self.best.of(task))

    def combinations(self, *, others: bool) -> tuple[CombinationView, ...]:
        """The best first; then, where `others` are asked for, at most two that really trade something off."""
        shown = [(kind, found) for kind, found in self._ranked(others=others) if _used(found, self.tasks)]
        return tuple(self._explained(kind, combination) for kind, combination in shown)

    def _ranked(self, *, others: bool) -> Iterator[tuple[str, Combination]]:
        yield "usual", self.best
        known, given = [_names(self.best, self.tasks)], 0
        for kind, weights in OTHERS.items() if others else ():
            other = match(self.site, [task for task in self.tasks if not task.choice], self.found, self.role, weights)
            names = _names(other, self.tasks)
            if given < 2 and names not in known and _saves(kind, self.best, other, self.tasks):
                known.append(names)
                given += 1
                yield kind, other

    def _explained(self, kind: str, combination: Combination) -> CombinationView:
        used = _used(combination, self.tasks)
        named = [self._fact(use) for use in used[:NAMED]]
        if len(used) > NAMED:
            named.append(_line("more", self.lang, n=len(used) - NAMED))
        things = ("；" if self.lang == "zh" else "; ").join(named)
        return CombinationView(
            kind=kind,  # type: ignore[arg-type]
            text=_line(kind, self.lang, things=things),
            resources=tuple(_view(use, self.site, self.lang) for use in used),
            actions={
                task.id: tuple(use.resource.id for use in combination.of(task.id))
                for task in self.tasks
                if not task.choice and combination.of(task.id)
            },
        )

    def _fact(self, use: Use) -> str:
        """A thing with what decides about it: how far, until when, what it costs, who has to be asked."""
        facts = []
        if use.minutes:
            facts.append(_line("minutes", self.lang, n=_number(use.minutes)))
        if use.resource.until and self.site.moment and use.resource.until - self.site.moment <= SOON:
            facts.append(_line("until", self.lang, time=f"{use.resource.until:%H:%M}"))
        if use.resource.value:
            facts.append(_line("cost", self.lang, n=_number(use.resource.value), currency=self.site.currency))
        if use.say != "self":
            facts.append(_line(use.say, self.lang))
        inside = ("，" if self.lang == "zh" else ", ").join(facts)
        brackets = ("（", "）") if self.lang == "zh" else (" (", ")")
        name = in_lang(use.resource.name, self.lang)
        return f"{name}{brackets[0]}{inside}{brackets[1]}" if facts else name


def find_at_hand(
    site: Site,
    role: Role | None,
    situation: Situation,
    words: AtHandWords,
    actions: Sequence[tuple[Chosen, Authority]],
    options: Sequence[tuple[str, Option]],
) -> AtHand:
    """Match the chosen actions (with whose say each needs) and the possible `options` (by id) to what is at hand.

    What notes ask for besides goes to the first action whose owner can fetch it.
    """
    found = offers(site, role, _suits(words.languages_in(_told(situation))))
    fetching = next((entry for entry, _ in actions if entry.action.factor in FETCHING), None)
    tasks = [
        Task(
            task_id(entry),
            tuple(dict.fromkeys((*entry.action.needs, *(situation.wanted if entry is fetching else ())))),
            authority,
            entry.action.within_s,
        )
        for entry, authority in actions
    ]
    tasks += [
        Task(id_, option.needs, option.authority, choice=True, besides=tuple(words.material.intersection(option.needs)))
        for id_, option in options
    ]
    return AtHand(situation.lang, site, role, found, tasks, match(site, tasks, found, role))


def possible(site: Site, role: Role | None, situation: Situation, words: AtHandWords) -> Callable[[Option], bool]:
    """Whether an option can be offered now: for each need that takes something at hand, there is something."""
    found = offers(site, role, _suits(words.languages_in(_told(situation))))
    met = frozenset(need for offer in found for need in offer.resource.meets)
    return lambda option: (frozenset(option.needs) & words.material) <= met


def _told(situation: Situation) -> str:
    return " ".join((situation.text, *situation.notes))


def task_id(entry: Chosen) -> str:
    """An action's id as advice has it."""
    return f"{entry.playbook.id}/{entry.action.id}"


def _suits(languages: frozenset[str]) -> Callable[[Resource], bool]:
    """Who is there to interpret must speak what the incident names; where it names nothing, anyone may help."""

    def suits(resource: Resource) -> bool:
        interprets = bool(resource.languages) and resource.meets[0] == "language"
        return not (languages and interprets) or not languages.isdisjoint(resource.languages)

    return suits


def _used(combination: Combination, tasks: Sequence[Task]) -> list[Use]:
    return [use for task in tasks if not task.choice for use in combination.of(task.id)]


def _names(combination: Combination, tasks: Sequence[Task]) -> frozenset[str]:
    return frozenset(use.resource.id for use in _used(combination, tasks))


def _saves(kind: str, best: Combination, other: Combination, tasks: Sequence[Task]) -> bool:
    before, after = _used(best, tasks), _used(other, tasks)
    if sum(len(use.needs) for use in after) < sum(len(use.needs) for use in before):
        return False
    if kind == "soonest":
        return _minutes(before) - _minutes(after) >= MINUTES_SAVED
    if kind == "cheapest":
        money = [sum(use.resource.value for use in used) for used in (before, after)]
        return money[0] - money[1] > SHARE_SAVED * money[0]
    return sum(use.say != "self" for use in after) < sum(use.say != "self" for use in before)


def _minutes(used: Sequence[Use]) -> float:
    return sum(use.minutes or 0.0 for use in used)


def _view(use: Use, site: Site, lang: Lang) -> ResourceView:
    resource = use.resource
    return ResourceView(
        id=resource.id,
        name=in_lang(resource.name, lang),
        kind=resource.kind,
        authority=use.say,
        value=resource.value,
        minutes=None if use.minutes is None else round(use.minutes, 1),
        until=resource.until.isoformat(timespec="minutes") if resource.until else "",
        reservable=resource.count is not None,
        channel=in_lang(resource.channel or site.channels.get(resource.post, {}), lang),
        note=in_lang(resource.note, lang),
    )


def _line(key: str, lang: Lang, **values: object) -> str:
    return LINES[key][lang].format(**values)


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 1 else "1"
