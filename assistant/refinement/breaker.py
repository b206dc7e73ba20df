"""A circuit breaker: an endpoint that failed several times in a row is left alone, then tried by one request.

Known libraries count a request that its caller gave up as a success, or let a crowd through on trial; hence an own one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Breaker:
    """Shared by all requests of a process; thread-safe. Times in seconds."""

    def __init__(self, failures: int, rest_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._rest_s, self._clock = failures, rest_s, clock
        self._failures = 0
        self._tried_at = 0.0
        self._lock = threading.Lock()

    @property
    def is_open(self) -> bool:
        """Whether a request would be turned away now."""
        return self._failures >= self._most and self._clock() < self._tried_at + self._rest_s

    def admit(self) -> bool:
        """Whether this request may try. After a rest one may, and the others wait for how it fares."""
        with self._lock:
            if self.is_open:
                return False
            if self._failures >= self._most:
                self._tried_at = self._clock()
            return True

    def succeeded(self) -> None:
        """The endpoint answered."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """It did not."""
        with self._lock:
            self._failures += 1
            self._tried_at = self._clock()
