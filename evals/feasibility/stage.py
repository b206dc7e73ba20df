"""The product in a scene: its clock is set, and what is going on is written down as a manager and staff would."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from sqlalchemy import create_engine

from assistant.assembly import Improv
from assistant.domain.live import Change
from assistant.domain.vocabulary import Guidance
from assistant.records.at_hand import AtHandStore
from assistant.records.tables import Base
from assistant.resources.desk import AtHandDesk
from evals.feasibility.scene import Scene


class Stage:
    """Sets scenes for one product. Its own live states are left alone: each scene has records of its own."""

    def __init__(self, improv: Improv) -> None:
        self._improv = improv
        self._scene: Scene | None = None

    def set(self, scene: Scene) -> None:
        """Make the scene the present one."""
        if scene == self._scene:
            return
        self._scene = scene
        improv, moment = self._improv, scene.moment
        improv.clock = lambda: moment
        desk = AtHandDesk(improv.corpus, _empty_store, lambda: improv.clock())  # noqa: PLW0108
        improv.at_hand = desk
        for id_, state in scene.states.items():
            if state.promised:
                # Promises are made by taps, which a closed thing refuses: written as they would stand from before.
                desk.set(scene.site, id_, Change("available", moment + timedelta(hours=1)))
                desk.reserve(scene.site, id_, quantity=state.promised, minutes=60)
                desk.set(scene.site, id_, Change(None))
            if state.status is not None or state.count is not None:
                until = moment + timedelta(minutes=state.for_min) if state.for_min else None
                desk.set(scene.site, id_, Change(state.status, until, state.count))

    def ask(self, text: str, scene: Scene, guidance: Guidance | None = None) -> dict[str, Any]:
        """The advice in that scene, as public JSON."""
        self.set(scene)
        advised = self._improv.advise(
            text, role=scene.role, site=scene.site, lang=None, conversation="", guidance=guidance
        )
        return asdict(advised.answer.advice)


def _empty_store() -> AtHandStore:
    """Records in memory; the tables are made at once and not by migrations, which take longer than an answer."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    return AtHandStore(engine)
