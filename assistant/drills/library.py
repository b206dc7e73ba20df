"""All scenarios of a corpus, read once and again when a file changes."""

from __future__ import annotations

import threading
from collections.abc import Collection
from pathlib import Path

from assistant.domain.drill import Scenario
from assistant.drills.scenario_reader import read_scenario, scenario_files
from assistant.errors import InvalidScenario, UnknownName


class ScenarioLibrary:
    """Scenarios by id. A trainer's change on disk counts for the next session, without a restart."""

    def __init__(self, folder: Path, playbooks: Collection[str]) -> None:
        self._folder, self._playbooks = folder, playbooks
        self._lock = threading.Lock()
        self._read: dict[Path, tuple[int, Scenario | InvalidScenario]] = {}

    def all(self) -> tuple[Scenario, ...]:
        """Every scenario that can be played, by id; one that is broken does not keep the others from it."""
        found = [one for one in self._current().values() if isinstance(one, Scenario)]
        return tuple(sorted(found, key=lambda one: one.id))

    def faults(self) -> tuple[str, ...]:
        """What is wrong with the others, `file:line: place: fault; mend`."""
        return tuple(str(one) for one in self._current().values() if isinstance(one, InvalidScenario))

    def get(self, id_: str) -> Scenario:
        """The scenario of that id. Raises UnknownName, or InvalidScenario where its file is broken."""
        for path, one in self._current().items():
            if isinstance(one, InvalidScenario) and path.stem == id_:
                raise one
            if isinstance(one, Scenario) and one.id == id_:
                return one
        raise UnknownName(f"there is no scenario {id_!r}; `improv drill list` names them all")

    def _current(self) -> dict[Path, Scenario | InvalidScenario]:
        with self._lock:
            paths = scenario_files(self._folder)
            for gone in self._read.keys() - set(paths):
                del self._read[gone]
            for path in paths:
                changed = path.stat().st_mtime_ns
                if path not in self._read or self._read[path][0] != changed:
                    self._read[path] = (changed, self._one(path))
            return {path: self._read[path][1] for path in paths}

    def _one(self, path: Path) -> Scenario | InvalidScenario:
        try:
            scenario = read_scenario(path.read_text(encoding="utf-8-sig"), path.name, self._playbooks)
        except InvalidScenario as error:
            return error
        if scenario.id != path.stem:
            fault = f"{path.name}:1: id: the file holds the scenario {scenario.id!r}; give file and id the same name"
            return InvalidScenario(fault)
        return scenario
