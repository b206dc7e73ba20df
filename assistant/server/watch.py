"""What the server does by itself: an index ready for edits, deadlines of rooms, and pages on their way."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from assistant.assembly import Improv

log = logging.getLogger("improv.watch")
EVERY_S = 1.0
PAUSE_S = 10.0
"""After a failure, so that a database that is away is not asked once a second."""


@contextmanager
def watching(improv: Improv) -> Iterator[None]:
    """Keeps the watch for as long as the block lasts, in a thread of its own."""
    ends, woken = threading.Event(), threading.Event()

    def wake(_room: str) -> None:
        woken.set()

    improv.rooms.listeners.append(wake)
    thread = threading.Thread(target=_keep, args=(improv, ends, woken), name="watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        improv.rooms.listeners.remove(wake)
        ends.set()
        woken.set()
        thread.join()
        improv.courier.close()


def _keep(improv: Improv, ends: threading.Event, woken: threading.Event) -> None:
    with ThreadPoolExecutor(1, thread_name_prefix="watch") as pool:
        pool.submit(improv.warm)  # what fails here fails again, and is told, where it is needed
        while not ends.is_set():
            # As a future: whatever goes wrong is logged here and the watch goes on.
            failures = [pool.submit(work).exception() for work in _works(improv)]
            for failure in failures:
                if failure is not None:
                    log.error("the watch over rooms and pages met a failure", exc_info=failure)
            woken.wait(PAUSE_S if any(failures) else EVERY_S)
            woken.clear()


def _works(improv: Improv) -> tuple[Callable[[], int], ...]:
    return improv.rooms.tick, improv.courier.send_due
