"""Takes pages out: each attempt has an end, a slow receiver holds up nobody else, what fails comes again, later."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx

from assistant.domain.room import CallPlan, Delivery, Webhook
from assistant.errors import ImprovError, SetupError
from assistant.paging.addresses import AddressBook
from assistant.paging.formats import Outgoing, may_pass, refusal, request_for
from assistant.paging.message import message, room_path
from assistant.paging.push import PushKeys
from assistant.records.pages import PageStore

log = logging.getLogger("improv.paging")
WAITS_S = (1, 3, 10, 30, 60, 120, 240)
"""Between attempts; after the eighth, nearly eight minutes, a page is given up."""
LONGEST_WAIT_S = 300
PATIENCE = httpx.Timeout(10, connect=5)
AT_ONCE = 8
MOST_ANSWER, LONGEST_ANSWER_S = 64 * 1024, 15
"""Bytes and seconds; who goes on talking is not listened to."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an attempt failed; `again`: it may go better later, `after_s`: not before that."""

    why: str
    again: bool = True
    after_s: float = 0.0


class Courier:
    """Sends what is due. `plan(site)` gives the webhooks of a site; it may raise an ImprovError."""

    def __init__(
        self,
        store: PageStore,
        plan: Callable[[str], CallPlan],
        book: AddressBook,
        keys: PushKeys,
        public_url: str,
        clock: Callable[[], datetime],
        waits_s: tuple[float, ...] = WAITS_S,
        patience: httpx.Timeout = PATIENCE,
    ) -> None:
        self._store, self._plan, self._book, self._keys = store, plan, book, keys
        self._public_url, self._clock, self._waits_s, self._patience = public_url, clock, waits_s, patience
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="page")
        self._free = threading.Semaphore(AT_ONCE)
        # Redirects are not followed: what was configured is all that is written to.
        self._client = httpx.Client(timeout=patience, follow_redirects=False)

    def send_due(self) -> int:
        """Begin to send what is due, as far as there are hands free; returns how many."""
        hands = 0
        while hands < AT_ONCE and self._free.acquire(blocking=False):
            hands += 1
        taken = self._store.take(self._clock(), hands) if hands and self._store.is_due(self._clock()) else []
        for _ in range(hands - len(taken)):
            self._free.release()
        for delivery in taken:
            self._pool.submit(self._carry, delivery)
        return len(taken)

    def close(self) -> None:
        """Let what is under way come to its end; what is not sent by then is sent after the next start."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._client.close()

    def _carry(self, delivery: Delivery) -> None:
        try:
            refused = self._attempt(delivery)
            if refused is None:
                self._store.sent(delivery.id, self._clock())
                return
            again = refused.again and delivery.attempts <= len(self._waits_s)
            log.warning("page %d to %s: %s%s", delivery.id, delivery.target, refused.why, "" if again else "; given up")
            self._store.failed(delivery.id, refused.why, self._again_at(delivery, refused) if again else None)
        finally:
            self._free.release()

    def _again_at(self, delivery: Delivery, refused: Refused) -> datetime:
        wait = max(self._waits_s[delivery.attempts - 1], min(refused.after_s, LONGEST_WAIT_S))
        return self._clock() + timedelta(seconds=wait)

    def _attempt(self, delivery: Delivery) -> Refused | None:
        way, _, id_ = delivery.target.partition(":")
        try:
            return self._to_webhook(delivery, id_) if way == "webhook" else self._to_browser(delivery, id_)
        except ImprovError as error:  # an address or a site that is missing or wrong: who mends it sends it again
            return Refused(str(error), again=False)
        except httpx.TimeoutException:
            return Refused("no answer in time")
        except httpx.HTTPError as error:
            # Only the kind: the message may hold the address, and that is a secret.
            return Refused(f"cannot be reached ({type(error).__name__})")

    def _to_webhook(self, delivery: Delivery, id_: str) -> Refused | None:
        hook = self._hook(delivery.page.site, id_)
        address, words = self._book.get(id_), message(delivery.page, hook.lang, self._public_url)
        url, secret = address.url.get_secret_value(), address.secret.get_secret_value()
        status, body, after_s = self._post(request_for(hook.kind, url, secret, words, self._clock()))
        refused = refusal(hook.kind, status, body)
        return Refused(refused[0], refused[1], after_s) if refused else None

    def _to_browser(self, delivery: Delivery, id_: str) -> Refused | None:
        subscription = self._store.subscription(id_)
        if subscription is None:
            return Refused("the phone no longer wants to be told", again=False)
        page = delivery.page
        words = message(page, subscription.lang, "")
        said = {"title": words.title, "body": words.text, "url": room_path(page), "tag": page.room, "lang": words.lang}
        status, _, after_s = self._post(self._keys.request(subscription, said, page.room, self._clock()))
        if status in {404, 410}:
            self._store.unsubscribe(id_)
            return Refused("the phone no longer wants to be told", again=False)
        return None if 200 <= status < 300 else Refused(f"HTTP {status}", may_pass(status), after_s)

    def _hook(self, site: str, id_: str) -> Webhook:
        for hook in self._plan(site).webhooks:
            if hook.id == id_:
                return hook
        raise SetupError(f"site {site} has no webhook {id_!r} any more; add it under calls.webhooks")

    def _post(self, outgoing: Outgoing) -> tuple[int, bytes, float]:
        with self._client.stream("POST", outgoing.url, headers=outgoing.headers, content=outgoing.body) as answer:
            body, end = b"", time.monotonic() + LONGEST_ANSWER_S
            for piece in answer.iter_bytes():
                body += piece
                if len(body) > MOST_ANSWER or time.monotonic() > end:
                    break
            return answer.status_code, body, _seconds(answer.headers.get("Retry-After", ""))


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:  # a date, or nothing: our own waits hold
        return 0.0
    return seconds if math.isfinite(seconds) else 0.0
