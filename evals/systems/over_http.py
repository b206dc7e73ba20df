"""Any server that speaks the contract: `http://host:port`."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request

from evals.answer import Answer
from evals.case import Case
from evals.errors import SystemFailed

TIME_OUT_S = 60.0


class OverHttp:
    """Asks `POST /api/suggest`."""

    def __init__(self, address: str) -> None:
        self.name = address
        self._url = f"{address.rstrip('/')}/api/suggest"

    @property
    def versions(self) -> dict[str, str]:
        """The address."""
        return {"address": self._url}

    def answer(self, case: Case) -> Answer:
        """What the server says. Raises SystemFailed with its reason."""
        asked = {"text": case.text, **({"site": case.site} if case.site else {})}
        request = urllib.request.Request(
            self._url, json.dumps(asked).encode(), {"Content-Type": "application/json", "Accept": "application/json"}
        )
        started = time.perf_counter()
        try:
            with urllib.request.urlopen(request, timeout=TIME_OUT_S) as reply:
                advice = json.load(reply)
        except (OSError, json.JSONDecodeError) as error:
            raise SystemFailed(f"{self._url} did not answer ({error}); check that the server runs") from error
        try:
            return Answer.from_advice(advice, time.perf_counter() - started)
        except (KeyError, TypeError, AttributeError) as error:
            raise SystemFailed(f"{self._url} answered something that is no Advice ({error!r})") from error

    def close(self) -> None:
        """Nothing is open."""
