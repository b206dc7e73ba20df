"""All scenarios of a corpus, read once and again when a file changes."""

from __future__ import annotations

import threading
from collections.abc import Collection
from pathlib import Path

from assistant.domain.drill import Scenario
from assistant.drills.scenario_reader import read_scenario, scenario_files
from assistant.errors import ContentError, UnknownName


class ScenarioLibrary:
    """Scenarios by id. A trainer's change on disk counts for the next session, without a restart."""

    def __init__(self, folder: Path, playbooks: Collection[str]) -> None:
        self._folder, self._playbooks = folder, playbooks
        self._lock = threading.Lock()
        self._read: dict[Path, tuple[int, Scenario]] = {}

    def all(self) -> tuple[Scenario, ...]:
        """Every scenario, by id. Raises InvalidScenario or ContentError."""
        with self._lock:
            paths = scenario_files(self._folder)
            for gone in self._read.keys() - set(paths):
                del self._read[gone]
            for path in paths:
                changed = path.stat().st_mtime_ns
                if path not in self._read or self._read[path][0] != changed:
                    self._read[path] = (changed, self._one(path))
            return tuple(sorted((scenario for _, scenario in self._read.values()), key=lambda one: one.id))

    def get(self, id_: str) -> Scenario:
        """The scenario of that id. Raises UnknownName."""
        scenario = next((one for one in self.all() if one.id == id_), None)
        if scenario is None:
            raise UnknownName(f"there is no scenario {id_!r}; `improv drill list` names them all")
        return scenario

    def _one(self, path: Path) -> Scenario:
        scenario = read_scenario(path.read_text(encoding="utf-8-sig"), path.name, self._playbooks)
        if scenario.id != path.stem:
            raise ContentError(f"{path.name} holds the scenario {scenario.id!r}; give file and id the same name")
        return scenario
