"""The desk where everybody asks what is at hand: sites, live states and reservations, at the clock's moment."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from functools import cached_property

from assistant.domain.live import UNTOUCHED, Change, LiveState, Reservation
from assistant.domain.site import Resource, Site
from assistant.errors import Conflict, InvalidInput, UnknownName
from assistant.knowledge.corpus import Corpus
from assistant.records.at_hand import AtHandStore
from assistant.resources.live import Standing, held_until, live_site, standing, standings
from assistant.resources.sites import SiteShelf
from assistant.resources.words import AtHandWords, load_words

LONGEST_HOLD = 24 * 60
"""Minutes."""


class AtHandDesk:
    """What is at hand at every site of a corpus. Each question is answered as of the clock's present moment."""

    def __init__(self, corpus: Corpus, store: Callable[[], AtHandStore], clock: Callable[[], datetime]) -> None:
        self._corpus, self._open, self._clock = corpus, store, clock
        self._shelf = SiteShelf(corpus)

    @cached_property
    def words(self) -> AtHandWords:
        """How needs and what is at hand go together."""
        return load_words(self._corpus)

    @cached_property
    def store(self) -> AtHandStore:
        """The live states in the records."""
        return self._open()

    def sites(self) -> list[Site]:
        """All sites, as their files say."""
        return [self.site(name) for name in self._shelf.names()]

    def site(self, name: str) -> Site:
        """A site as its files say. Raises UnknownName, ContentError."""
        return self._shelf.get(name)

    def now(self, name: str) -> Site:
        """A site with what is at hand now. Raises UnknownName."""
        site, moment = self.site(name), self._clock()
        return live_site(site, self.store.states(name, moment), moment)

    def standings(self, name: str) -> list[Standing]:
        """Every resource of a site with its state now. Raises UnknownName."""
        site, moment = self.site(name), self._clock()
        return standings(site, self.store.states(name, moment), moment)

    def state(self, name: str, resource: str) -> LiveState:
        """What is recorded of one resource. Raises UnknownName."""
        thing = _resource(self.site(name), resource)
        return self.store.states(name, self._clock()).get(thing.id, UNTOUCHED)

    def set(self, name: str, resource: str, change: Change, version: int | None = None) -> Standing:
        """Set a resource's state. Raises UnknownName, InvalidInput, Conflict (somebody else was faster)."""
        site, moment = self.site(name), self._clock()
        thing = _resource(site, resource)
        if change.status == "reserved" and change.until is None:
            raise InvalidInput("'reserved' needs an end; give 'until' with a time")
        if change.until is not None and change.until <= moment:
            raise InvalidInput(f"'until' lies in the past ({change.until.isoformat()}); give a later time")
        if change.count is not None and thing.kind == "person" and change.count > 1:
            raise InvalidInput(f"{resource!r} is one person; the count can be 0 or 1")
        return standing(site, thing, self.store.change(name, resource, change, moment, version), moment)

    def reserve(
        self,
        name: str,
        resource: str,
        *,
        id_: str = "",
        quantity: int = 1,
        minutes: int | None = None,
        advice: str = "",
        action: str = "",
        by: str = "",
    ) -> Reservation:
        """Promise a resource to one guest. The same `id_` again gives the same reservation: a tap may be repeated.

        Raises UnknownName, InvalidInput, or Conflict where it is not free, with what it is and until when.
        """
        site, moment = self.site(name), self._clock()
        thing = _resource(site, resource)
        known = self.store.states(name, moment).get(resource, UNTOUCHED)
        now = standing(site, thing, known, moment)
        if now.free is None:
            raise InvalidInput(f"{resource!r} is not counted, so it need not be reserved; set a count for it first")
        wanted = Reservation(
            id=id_ or uuid.uuid4().hex,
            site=name,
            resource=resource,
            quantity=quantity,
            made_at=moment,
            until=held_until(site, now, moment, minutes),
            advice=advice,
            action=action,
            by=by,
        )

        def check(state: LiveState) -> None:
            _check_free(standing(site, thing, state, moment), quantity)

        return self.store.reserve(wanted, check)

    def release(self, name: str, id_: str, *, used: bool = False, by: str = "") -> Reservation:
        """End a reservation; `used`: what was promised is gone for good. Raises UnknownName."""
        site, moment = self.site(name), self._clock()
        promised = self.store.reservation(name, id_, moment)
        # A place or a person is free again afterwards; a voucher or a snack is not.
        thing = next((r for r in site.resources if r.id == promised.resource), None)
        spent = used and thing is not None and thing.kind in {"item", "voucher", "gift"}
        return self.store.release(name, id_, moment, used=spent, had=thing.count if thing else None, by=by)

    def held(self, name: str) -> list[Reservation]:
        """What is promised at a site now."""
        return self.store.held(self.site(name).id, self._clock())


def _resource(site: Site, name: str) -> Resource:
    for resource in site.resources:
        if resource.id == name:
            return resource
    raise UnknownName(f"there is no resource {name!r} at {site.id}; GET /api/sites/{site.id}/resources lists them")


def _check_free(now: Standing, quantity: int) -> None:
    name = now.resource.id
    if not now.at_hand:
        end = f" until {now.until:%H:%M}" if now.until else ""
        raise Conflict(f"{name!r} is {now.status}{end}; choose something else")
    if now.free is not None and quantity > now.free:
        raise Conflict(f"only {now.free} of {name!r} are free; take fewer, or choose something else")
