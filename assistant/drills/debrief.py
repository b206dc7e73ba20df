"""The debrief: a question to the trainee first, then scores, turning points with a better wording, one next step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from assistant.domain.drill import HARMING, Difficulty, Move, Scenario
from assistant.domain.vocabulary import FACTORS, Factor, Lang, in_lang
from assistant.drills.rubric import Rubric
from assistant.drills.scoring import FACTOR_OF, Interval, fold, intervals, is_met, score
from assistant.drills.state import Heard, State
from assistant.drills.wording import Wording, Wordings

MOST_MOMENTS = 5
GOOD_MOMENTS = 2


@dataclass(frozen=True, slots=True)
class Moment:
    """A turning point. `quote`: the trainee's own words; `change`: how far the guest turned, negative for the worse.

    `better` is empty where the words were good; `source` then too, else where the wording comes from.
    """

    turn: int
    quote: str
    move: Move | str
    why: str
    change: float
    better: str
    source: Wording | None


@dataclass(frozen=True, slots=True)
class Point:
    """The guest after a turn; turn 0 is the beginning."""

    turn: int
    anger: int
    trust: int
    patience: int
    progress: int


@dataclass(frozen=True, slots=True)
class Found:
    """A hidden fact, and whether it came to light; `ask`: a question that would have brought it out."""

    id: str
    text: str
    found: bool
    ask: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A criterion and whether it was met."""

    factor: Factor
    text: str
    met: bool


@dataclass(frozen=True, slots=True)
class Debrief:
    """What the trainee takes away. `question` comes first; `scores`, `overall` 0…100 with `intervals` and `levels`."""

    question: str
    reflection: str
    outcome: str
    scores: Mapping[Factor, int]
    overall: int
    intervals: Mapping[str, Interval]
    levels: Mapping[str, str]
    moments: tuple[Moment, ...]
    timeline: tuple[Point, ...]
    facts: tuple[Found, ...]
    open: tuple[str, ...]
    criteria: tuple[Judged, ...]
    next: str
    moves: Mapping[Move, int]
    hints: int


@dataclass(frozen=True, slots=True)
class Played:
    """A session as far as the debrief needs it. `guest`: what the guest had said before each reply."""

    scenario: Scenario
    difficulty: Difficulty
    lang: Lang
    seed: int
    heard: tuple[Heard, ...]
    guest: tuple[str, ...]
    hints: int = 0
    reflection: str = ""


def debrief(played: Played, rubric: Rubric, wordings: Wordings, spread: float) -> Debrief:
    """`spread`: the usual error of the recogniser's quality."""
    scenario, lang = played.scenario, played.lang
    states = fold(scenario, played.difficulty, played.heard)
    heard = played.heard[: len(states) - 1]
    scores = score(scenario, heard, states, played.hints)
    end = states[-1]
    counted = _counted(heard)
    made: set[Move] = set(counted)
    question = rubric.questions[played.seed % len(rubric.questions)]
    named: dict[str, float] = {**dict(scores.factors.items()), "overall": scores.overall}
    return Debrief(
        question=in_lang(question, lang),
        reflection=played.reflection,
        outcome=end.outcome or "open",
        scores={factor: round(value) for factor, value in scores.factors.items()},
        overall=round(scores.overall),
        intervals=intervals(scenario, played.difficulty, heard, played.hints, spread),
        levels={name: in_lang(rubric.level(name, value), lang) for name, value in named.items()},
        moments=_moments(played, states, rubric, wordings),
        timeline=tuple(_point(scenario, state) for state in states),
        facts=tuple(Found(f.id, in_lang(f.text, lang), f.id in end.facts, f.asked_by[lang][0]) for f in scenario.facts),
        open=tuple(_open(scenario, end, lang)),
        criteria=tuple(
            Judged(c.factor, in_lang(c.text, lang), any(is_met(r, end, made) for r in c.met_by))
            for c in scenario.criteria
        ),
        next=in_lang(rubric.next[_weakest(scenario, end, counted, scores.factors, scores.overall)], lang),
        moves=counted,
        hints=played.hints,
    )


def _point(scenario: Scenario, state: State) -> Point:
    return Point(
        state.turn, round(state.anger), round(state.trust), round(state.patience), round(state.progress(scenario))
    )


def _open(scenario: Scenario, end: State, lang: Lang) -> list[str]:
    acts = [in_lang(act.text, lang) for act in scenario.urgent if act.id not in end.urgent]
    return acts + [in_lang(need.text, lang) for need in scenario.needs if not end.is_met(need.id)]


def _counted(heard: Sequence[Heard]) -> dict[Move, int]:
    counted: dict[Move, int] = {}
    for one in heard:
        for found in one.moves:
            counted[found.move] = counted.get(found.move, 0) + 1
    return counted


def turned(before: State, after: State) -> float:
    """How far the guest turned for the better: −100…100."""
    return (before.anger - after.anger) * 0.5 + (after.trust - before.trust) + (after.patience - before.patience) * 0.5


def _moments(played: Played, states: Sequence[State], rubric: Rubric, wordings: Wordings) -> tuple[Moment, ...]:
    changes = [turned(before, after) for before, after in pairwise(states)]
    order = np.argsort(changes).tolist()
    bad = [i for i in order if changes[i] < 0 or played.heard[i].makes(*HARMING) or played.heard[i].quality < 3]
    good = [i for i in reversed(order) if changes[i] > 4 and i not in bad][:GOOD_MOMENTS]
    chosen = sorted([*bad[: MOST_MOMENTS - len(good)], *good])
    used: set[str] = set()
    moments = []
    for i in chosen:
        moment = _moment(played, i, changes[i], rubric, wordings, used, good=i in good)
        used.add(moment.better)
        moments.append(moment)
    return tuple(moments)


def _moment(
    played: Played, i: int, change: float, rubric: Rubric, wordings: Wordings, used: set[str], *, good: bool
) -> Moment:
    heard, lang = played.heard[i], played.lang
    wanted = [found for found in heard.moves if (found.move in HARMING) != good]
    found = max(wanted, key=lambda one: one.chance, default=None)
    move: Move | str = found.move if found else ""
    why = in_lang(rubric.moves[found.move], lang) if found else in_lang(NOTHING, lang)
    better = None if good else wordings.better(played.guest[i], heard.text, found.move if found else None, used)
    return Moment(
        turn=i + 1,
        quote=(found.quote if found else "") or heard.text,
        move=move,
        why=why,
        change=round(change, 1),
        better=better.text if better else "",
        source=better,
    )


NOTHING: Mapping[Lang, str] = {
    "en": "Nothing here that the guest could use; waiting cost patience.",
    "zh": "这句话客人用不上，白白耗掉耐心。",
}
ASKED_FOR: tuple[Move, ...] = (
    "clarifying_question",
    "offer_remedy",
    "take_ownership",
    "offer_options",
    "acknowledge_feeling",
    "follow_up_promise",
    "involve_colleague",
    "confirm_agreement",
)


def _weakest(
    scenario: Scenario, end: State, made: Mapping[Move, int], factors: Mapping[Factor, float], overall: float
) -> str:
    """The one thing: what is urgent, then the worst harm, then what was never done in the weakest factor."""
    if any(act.id not in end.urgent for act in scenario.urgent):
        return "urgent"
    harms = [move for move in HARMING if made.get(move)]
    if harms:
        return max(harms, key=lambda move: made[move])
    untold = {need.after for need in scenario.needs if need.after} - {*end.facts}
    if untold and not made.get("clarifying_question"):
        return "clarifying_question"
    for factor in sorted(FACTORS, key=lambda name: factors[name]):
        lacking = [move for move in ASKED_FOR if FACTOR_OF[move] == factor and not made.get(move)]
        if lacking and overall < 85:
            return lacking[0]
    return "repeat"
