"""Runs the feasibility cases, then every incident case at random moments, and counts what could not be done."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.domain.playbook import Option
from assistant.domain.vocabulary import GUIDANCES
from assistant.resources.words import load_words
from evals.answer import Answer
from evals.case import Case
from evals.feasibility.scene import FeasibilityCase, Scene, random_scene
from evals.feasibility.stage import Stage
from evals.feasibility.truth import fault, met

SITES = {
    "hotel": ("demo-hotel",),
    "restaurant": ("demo-restaurant", "demo-hotel"),
    "retail": ("demo-supermarket",),
    "transport": ("demo-station",),
}
ALL_SITES = ("demo-hotel", "demo-restaurant", "demo-station", "demo-supermarket")


@dataclass(slots=True)
class Tally:
    """What was looked at, and what was wrong with it."""

    answers: int = 0
    named: int = 0
    options: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Share of names and options that are feasible."""
        looked = self.named + self.options
        return 1.0 - len(self.faults) / looked if looked else 1.0


class Checker:
    """Holds advice against the truth. `options`: every option of the corpus, by card/option."""

    def __init__(self, stage: Stage, options: Mapping[str, Option], material: frozenset[str]) -> None:
        self._stage, self._options, self._material = stage, options, material

    def curated(self, cases: Sequence[FeasibilityCase]) -> Tally:
        """The cases with what they expect beside feasibility."""
        tally = Tally()
        for case in cases:
            advice = self._stage.ask(case.text, case.scene)
            self._feasible(case.id, case.scene, advice, tally)
            ids = {id_ for id_, _ in Answer.from_advice(advice, 0.0).named}
            kinds = {option["kind"] for option in advice["options"]}
            if case.named and not ids.intersection(case.named):
                tally.faults.append(f"{case.id}: names none of {', '.join(case.named)} but {', '.join(sorted(ids))}")
            tally.faults += [f"{case.id}: names {id_}" for id_ in sorted(ids.intersection(case.not_named))]
            tally.faults += [f"{case.id}: offers {kind}" for kind in sorted(kinds.intersection(case.not_offered))]
            tally.faults += [f"{case.id}: does not offer {kind}" for kind in sorted({*case.offered} - kinds)]
        return tally

    def random(self, cases: Sequence[Case], seed: int, rounds: int) -> Tally:
        """Every case at a random site, role, time and state of things, with any guidance."""
        rng, tally = random.Random(seed), Tally()
        for _ in range(rounds):
            for case in cases:
                scene = random_scene(rng, SITES.get(case.sector, ALL_SITES))
                advice = self._stage.ask(case.text, scene, rng.choice(GUIDANCES))
                self._feasible(f"{case.id} at {scene.site} {scene.at}", scene, advice, tally)
        return tally

    def _feasible(self, name: str, scene: Scene, advice: Mapping[str, Any], tally: Tally) -> None:
        tally.answers += 1
        for id_, say in Answer.from_advice(advice, 0.0).named:
            tally.named += 1
            if wrong := fault(scene, id_, say):
                tally.faults.append(f"{name}: {id_} {wrong}")
        places = {source["id"]: source for source in advice["sources"]}
        for option in advice["options"]:
            tally.options += 1
            source = places[option["sources"][0]]
            known = self._options.get(f"{source['document']}/{source['locator'].split(' › ')[-1]}")
            if known and not met(scene, frozenset(known.needs) & self._material):
                tally.faults.append(f"{name}: offers {source['locator']}, for which nothing is there")


def open_checker(stage: Stage, improv: Any) -> Checker:  # noqa: ANN401 (the product)
    """A checker for the product that stands on the stage."""
    options = {f"{p.document}/{o.id}": o for p in improv.playbooks() for o in p.options}
    return Checker(stage, options, load_words(improv.corpus).material)
