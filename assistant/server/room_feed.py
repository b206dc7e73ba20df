"""Tells everybody who watches a room what happens in it.

The database is the truth: a stream sends what it finds there after the last event that the watcher has. What happens
in this process is looked for at once, what happens in another one within `LOOK_S`.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from fastapi.concurrency import run_in_threadpool

from assistant.errors import Conflict

log = logging.getLogger("improv.server")
LOOK_S = 0.5
STILL_HERE_S = 15.0
"""Proxies cut connections on which nothing comes."""
MOST_WATCHERS = 2000
BEHIND = 200
"""Messages that may wait for one watcher; who reads no faster is cut off, and comes back where it was."""
STILL_HERE = b": still here\n\n"

Frame = tuple[int, bytes]
"""The number of an event, and the event as it goes over the wire."""


@dataclass(eq=False, slots=True)
class _Watched:
    seq: int
    queues: set[asyncio.Queue[Frame | None]] = field(default_factory=set)


class RoomFeed:
    """`last(ids)` gives the last event's number of rooms, `frames(room, since)` what came after; both may block."""

    def __init__(
        self,
        last: Callable[[Collection[str]], Mapping[str, int]],
        frames: Callable[[str, int], Sequence[Frame]],
    ) -> None:
        self._last, self._frames = last, frames
        self._rooms: dict[str, _Watched] = {}
        self._looker: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._happened = asyncio.Event()

    def wake(self, _room: str) -> None:
        """Something happened in this process; may be called from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._happened.set)

    def check_place(self) -> None:
        """Raises Conflict where there are too many watchers already."""
        if sum(len(watched.queues) for watched in self._rooms.values()) >= MOST_WATCHERS:
            raise Conflict("too many are watching rooms on this server; close some pages and try again")

    async def watch(self, room: str, since: int) -> AsyncIterator[bytes]:
        """The events of a room after the one numbered `since`, for as long as somebody reads them."""
        queue: asyncio.Queue[Frame | None] = asyncio.Queue(BEHIND)
        watched = self._rooms.setdefault(room, _Watched(since))
        watched.queues.add(queue)
        self._start()
        try:
            yield STILL_HERE
            for seq, frame in await run_in_threadpool(self._frames, room, since):
                since = seq
                yield frame
            while True:
                try:
                    found = await asyncio.wait_for(queue.get(), STILL_HERE_S)
                except TimeoutError:
                    yield STILL_HERE
                    continue
                if found is None:
                    return
                if found[0] > since:
                    since = found[0]
                    yield found[1]
        finally:
            watched.queues.discard(queue)
            if not watched.queues and self._rooms.get(room) is watched:
                del self._rooms[room]

    def _start(self) -> None:
        if self._looker is None or self._looker.done():
            self._loop = asyncio.get_running_loop()
            self._looker = self._loop.create_task(self._look())
            self._looker.add_done_callback(self._stopped)

    def _stopped(self, looker: asyncio.Task[None]) -> None:
        """Where looking failed, nobody is left waiting for nothing: all are cut off, and come back where they were."""
        if looker.cancelled() or looker.exception() is None:
            return
        log.error("rooms can no longer be watched; their watchers are cut off", exc_info=looker.exception())
        for watched in self._rooms.values():
            for queue in watched.queues:
                _end(queue)

    async def _look(self) -> None:
        while self._rooms:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._happened.wait(), LOOK_S)
            self._happened.clear()
            for room, seq in (await run_in_threadpool(self._last, list(self._rooms))).items():
                watched = self._rooms.get(room)
                if watched is not None and seq > watched.seq:
                    self._hand_on(watched, await run_in_threadpool(self._frames, room, watched.seq))

    def _hand_on(self, watched: _Watched, frames: Sequence[Frame]) -> None:
        for frame in frames:
            watched.seq = max(watched.seq, frame[0])
            for queue in list(watched.queues):
                if queue.full():
                    watched.queues.discard(queue)
                    _end(queue)
                else:
                    queue.put_nowait(frame)


def _end(queue: asyncio.Queue[Frame | None]) -> None:
    if queue.full():
        queue.get_nowait()
    queue.put_nowait(None)
