"""Web Push (RFC 8030, 8188, 8291, 8292): keys of this server, and messages that only the browser can read."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from datetime import datetime
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from filelock import FileLock

from assistant.domain.room import Subscription
from assistant.errors import InvalidInput
from assistant.paging.addresses import is_safe
from assistant.paging.formats import Outgoing

LASTS_S = 600
"""A call that could not be shown within ten minutes is not shown any more."""
TOKEN_S = 12 * 3600


class PushKeys:
    """The pair of keys by which push services know this server; made when first needed, in `folder`."""

    def __init__(self, folder: Path, public_url: str) -> None:
        self._path = folder / "vapid.pem"
        # Push services want to know whom to write to; a page of ours serves, but only https ones count.
        self._contact = public_url if public_url.startswith("https://") else "mailto:improv@localhost.invalid"

    @cached_property
    def _key(self) -> ec.EllipticCurvePrivateKey:
        with FileLock(f"{self._path}.lock"):
            if not self._path.exists():
                made = ec.generate_private_key(ec.SECP256R1())
                pem = made.private_bytes(
                    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
                )
                fresh = self._path.with_suffix(".new")
                with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                    file.write(pem)
                fresh.replace(self._path)
        key = serialization.load_pem_private_key(self._path.read_bytes(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return key

    @property
    def public(self) -> str:
        """What a browser subscribes with, base64url."""
        point = self._key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return _text(point)

    def request(self, subscription: Subscription, said: dict[str, str], topic: str, moment: datetime) -> Outgoing:
        """The POST that shows a message in that browser. `topic`: a newer one takes the place of one not shown yet."""
        import http_ece
        from py_vapid import Vapid02

        parts = urlsplit(subscription.endpoint)
        claims = {
            "aud": f"{parts.scheme}://{parts.netloc}",
            "exp": int(moment.timestamp()) + TOKEN_S,
            "sub": self._contact,
        }
        body = http_ece.encrypt(
            json.dumps(said, ensure_ascii=False).encode(),
            private_key=ec.generate_private_key(ec.SECP256R1()),
            dh=_bytes(subscription.p256dh),
            auth_secret=_bytes(subscription.auth),
            version="aes128gcm",
        )
        headers = {
            **Vapid02(self._key).sign(claims),
            "Content-Type": "application/octet-stream",
            "Content-Encoding": "aes128gcm",
            "TTL": str(LASTS_S),
            "Urgency": "high",
            "Topic": topic[:32],
        }
        return Outgoing(subscription.endpoint, headers, body)


def check_subscription(endpoint: str, p256dh: str, auth: str, hosts: tuple[str, ...]) -> str:
    """An id for a browser that wants to be told. Raises InvalidInput: only push services that are allowed are used."""
    parts = urlsplit(endpoint)
    where = parts.netloc.casefold()
    if not is_safe(endpoint) or not any(fnmatchcase(where, host.casefold()) for host in hosts):
        raise InvalidInput(f"push service {where[:100]!r} is not allowed here; add it to IMPROV_PUSH_HOSTS")
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(p256dh))
        fits = len(_bytes(auth)) == 16
    except ValueError:
        fits = False
    if not fits:
        raise InvalidInput("the keys of the subscription are not those of a browser; subscribe again")
    return hashlib.sha256(endpoint.encode()).hexdigest()[:32]


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
