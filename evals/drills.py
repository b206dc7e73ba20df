"""Whether drills reward what they teach: scripted trainees play every scenario over many seeds.

    python -m evals.drills [--seeds 20] [--scenario ID] [--json FILE]

good: the scenario's ideal replies in order, then whatever is still open; mediocre: harmless thin replies, every third
one a good one; bad: labelled replies of quality 1 and 2; polite: apologies and sympathy alone. Good must beat mediocre
must beat bad, and politeness must not win hard drills. Readings are made once for each reply; the rest is arithmetic.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import click
import numpy as np
import yaml

from assistant.assembly import open_improv
from assistant.domain.drill import Difficulty, Scenario
from assistant.domain.vocabulary import LANGS, Lang
from assistant.drills.guest import open_needs, step
from assistant.drills.hall import DrillHall
from assistant.drills.moves.examples import Example, read_examples
from assistant.drills.moves.recogniser import Reading
from assistant.drills.scoring import score
from assistant.drills.state import Heard, State, opening_state
from assistant.terminal import show_progress

POOL = 24
"""Labelled replies of each kind and language that the thin trainees draw from."""
KINDS = ("good", "mediocre", "bad", "polite")
POLITE = Path(__file__).with_name("polite.yaml")
Pick = Callable[[State, int], Heard]


@dataclass(frozen=True, slots=True)
class Game:
    """One session that was played."""

    scenario: str
    lang: Lang
    difficulty: Difficulty
    seed: int
    kind: str
    overall: float
    outcome: str
    turns: int


class Stage:
    """What one scenario's trainees say in one language, heard once."""

    def __init__(self, hall: DrillHall, scenario: Scenario, lang: Lang, pools: dict[str, list[Reading]]) -> None:
        self.scenario, self.lang = scenario, lang
        listener = hall.listener(scenario, lang)
        opening = scenario.opening[lang][0]

        def hear(texts: Sequence[str]) -> list[Heard]:
            return [listener.hear(text, opening, ()) for text in texts]

        self.ideal = hear(scenario.ideal[lang])
        self.meeting = {need.id: hear(need.met_by[lang][:3]) for need in scenario.needs}
        self.asking = {fact.id: hear(fact.asked_by[lang][:2]) for fact in scenario.facts}
        self.acting = {act.id: hear(act.said[lang][:2]) for act in scenario.urgent}
        self.thin = {kind: [listener.heard(reading, ()) for reading in readings] for kind, readings in pools.items()}

    def play(self, kind: str, difficulty: Difficulty, seed: int) -> Game:
        """One session; the same arguments give the same one."""
        pick = self._picker(kind, random.Random(f"{self.scenario.id}{self.lang}{kind}{seed}"))
        state, states, heard = opening_state(self.scenario, difficulty), [], []
        states.append(state)
        said: set[str] = set()
        while not state.ended:
            one = pick(state, state.turn)
            one = replace(one, echo=one.text in said)
            said.add(one.text)
            state = step(self.scenario, difficulty, state, one).state
            heard.append(one)
            states.append(state)
        overall = score(self.scenario, heard, states).overall
        outcome = state.outcome or "open"
        return Game(self.scenario.id, self.lang, difficulty, seed, kind, overall, outcome, state.turn)

    def _picker(self, kind: str, dice: random.Random) -> Pick:
        pool = dice.sample(self.thin[kind], len(self.thin[kind])) if kind in self.thin else []
        if kind not in {"mediocre", "good"}:
            return lambda _state, turn: pool[turn % len(pool)]
        good = self._good(dice)
        if kind == "good":
            return good
        return lambda state, turn: good(state, turn // 3) if turn % 3 == 1 else pool[turn % len(pool)]

    def _good(self, dice: random.Random) -> Pick:
        """The ideal replies, now and then another wording for what they do; then what is still open."""
        plan = list(self.ideal)

        def pick(state: State, turn: int) -> Heard:
            if turn < len(plan):
                return plan[turn]
            return dice.choice(list(self._useful(state)) or plan)

        return pick

    def _useful(self, state: State) -> Iterator[Heard]:
        for id_, heard in self.acting.items():
            yield from heard if id_ not in state.urgent else ()
        for need in open_needs(self.scenario, state):
            yield from self.meeting[need.id]
        for need in self.scenario.needs:
            if need.after and need.after not in state.facts:
                yield from self.asking[need.after]


def pools(hall: DrillHall, examples: Sequence[Example], lang: Lang) -> dict[str, list[Reading]]:
    """Readings of labelled replies for the thin trainees."""
    own = [example for example in examples if example.lang == lang]
    chosen = {
        "mediocre": [e for e in own if e.quality == 3],
        "bad": [e for e in own if e.quality <= 2 and e.moves],
    }
    dice = random.Random(0)
    polite = yaml.safe_load(POLITE.read_text(encoding="utf-8"))[lang]
    return {"polite": [hall.assess("", text) for text in polite]} | {
        kind: [hall.assess(e.guest, e.staff) for e in dice.sample(found, min(POOL, len(found)))]
        for kind, found in chosen.items()
    }


def run(hall: DrillHall, examples: Sequence[Example], seeds: int, only: str = "") -> list[Game]:
    """Every scenario and language at its own difficulty, and the polite trainee at the hardest as well."""
    games: list[Game] = []
    scenarios = [scenario for scenario in hall.scenarios() if only in scenario.id]
    for lang in LANGS:
        thin = pools(hall, examples, lang)
        for number, scenario in enumerate(scenarios, 1):
            stage = Stage(hall, scenario, lang, thin)
            for seed in range(seeds):
                games += [stage.play(kind, scenario.difficulty, seed) for kind in KINDS]
                if scenario.difficulty != 3:
                    games.append(stage.play("polite", 3, seed))
            show_progress(f"drills {lang}", number, len(scenarios))
    return games


@dataclass(frozen=True, slots=True)
class Verdict:
    """`ordered`: share of pairs in which good beats mediocre and mediocre beats bad; `polite_wins` of hard drills."""

    pairs: int
    good_over_mediocre: float
    mediocre_over_bad: float
    ordered: float
    polite_wins: float
    good_settled: float


def verdict(games: Sequence[Game]) -> Verdict:
    """What the games show."""
    by_key: dict[tuple[str, str, int], dict[str, Game]] = {}
    for game in games:
        if game.kind != "polite":
            by_key.setdefault((game.scenario, game.lang, game.seed), {})[game.kind] = game
    upper = [one["good"].overall > one["mediocre"].overall for one in by_key.values()]
    lower = [one["mediocre"].overall > one["bad"].overall for one in by_key.values()]
    hard = [game.outcome == "settled" for game in games if game.kind == "polite" and game.difficulty == 3]
    good = [game.outcome == "settled" for game in games if game.kind == "good"]
    return Verdict(
        pairs=len(by_key),
        good_over_mediocre=float(np.mean(upper)),
        mediocre_over_bad=float(np.mean(lower)),
        ordered=float(np.mean([*upper, *lower])),
        polite_wins=float(np.mean(hard)),
        good_settled=float(np.mean(good)),
    )


def turn_times(hall: DrillHall, sessions: int) -> list[float]:
    """Milliseconds of real turns, records and all."""
    times = []
    scenarios = hall.scenarios()
    for number in range(sessions):
        scenario, lang = scenarios[number % len(scenarios)], LANGS[number % 2]
        session = hall.start(scenario.id, lang=lang, seed=number)
        for text in scenario.ideal[lang]:
            if session.state.ended:
                break
            begun = time.perf_counter()
            _, session = hall.turn(session.id, text)
            times.append(1000 * (time.perf_counter() - begun))
    return times


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--seeds", default=20, show_default=True, help="Sessions of each kind in each scenario and language.")
@click.option("--scenario", default="", help="Only scenarios whose id contains this.")
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Also write every game to this file.")
def main(seeds: int, scenario: str, json_file: Path | None) -> None:
    """Play scripted trainees against every scenario."""
    with open_improv(progress=show_progress) as improv:
        hall = improv.drills
        examples = read_examples(improv.corpus.root / "drills" / "moves")
        games = run(hall, examples, seeds, scenario)
        times = turn_times(hall, 24)
    found = verdict(games)
    for name, value in asdict(found).items():
        click.echo(f"{name:<20} {value:.3f}" if isinstance(value, float) else f"{name:<20} {value}")
    click.echo(f"{'turn p50/p95 ms':<20} {np.percentile(times, 50):.0f} / {np.percentile(times, 95):.0f}")
    for kind in KINDS:
        own = [game for game in games if game.kind == kind]
        ends = {o: sum(game.outcome == o for game in own) for o in ("settled", "open", "left", "harm")}
        overall, turns = np.mean([game.overall for game in own]), np.mean([game.turns for game in own])
        click.echo(f"{kind:<10} overall {overall:5.1f}  turns {turns:4.1f}  {ends}")
    if json_file is not None:
        json_file.write_text(json.dumps([asdict(game) for game in games]), encoding="utf-8")


if __name__ == "__main__":
    main()
