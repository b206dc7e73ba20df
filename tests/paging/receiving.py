"""A server that receives calls as the chats do: it checks forms and signatures, and behaves badly when told to."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

SECRET = "SEC-of-this-test"


def signed(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


class Receiver(ThreadingHTTPServer):
    """`got` holds (path, status, headers, body) of every POST; `plan` says what to do before answering properly."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.got: list[tuple[str, int, dict[str, str], bytes]] = []
        self.plan: list[Callable[[_Handler], bool]] = []
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


def fails(status: int, **headers: str) -> Callable[[_Handler], bool]:
    return lambda handler: handler.answer(status, b"", headers)


def hangs(seconds: float) -> Callable[[_Handler], bool]:
    def act(handler: _Handler) -> bool:
        time.sleep(seconds)
        handler.close_connection = True
        return True

    return act


def hangs_up(handler: _Handler) -> bool:
    handler.connection.close()
    return True


class _Handler(BaseHTTPRequestHandler):
    server: Receiver
    body = b""

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:
        self.body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.plan and self.server.plan.pop(0)(self):
            return
        kind = urlsplit(self.path).path.strip("/").split("/")[0]
        status, said = getattr(self, f"_{kind}")(parse_qs(urlsplit(self.path).query))
        self.answer(status, said if isinstance(said, bytes) else json.dumps(said).encode(), {})

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> bool:
        self.server.got.append((self.path, status, dict(self.headers), self.body))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return True

    @property
    def _json(self) -> dict:
        assert self.headers["Content-Type"].startswith("application/json")
        return json.loads(self.body)

    def _feishu(self, query: dict) -> tuple[int, object]:
        said = self._json
        fresh = abs(time.time() - int(said["timestamp"])) < 3600
        if not fresh or said["sign"] != signed(f"{said['timestamp']}\n{SECRET}", ""):
            return 200, {"code": 19021, "msg": "sign match fail or timestamp is not within one hour from current time"}
        post = next(iter(said["content"]["post"].values()))
        assert said["msg_type"] == "post"
        assert post["title"]
        return 200, {"code": 0, "msg": "success", "data": {}}

    def _dingtalk(self, query: dict) -> tuple[int, object]:
        stamp = query["timestamp"][0]
        fresh = abs(time.time() * 1000 - int(stamp)) < 3_600_000
        if query["access_token"] != ["t0ken"] or not fresh or query["sign"] != [signed(SECRET, f"{stamp}\n{SECRET}")]:
            return 200, {"errcode": 310000, "errmsg": "sign not match"}
        assert self._json["msgtype"] == "markdown"
        assert self._json["markdown"].keys() == {"title", "text"}
        return 200, {"errcode": 0, "errmsg": "ok"}

    def _wecom(self, query: dict) -> tuple[int, object]:
        if query["key"] != ["k3y"]:
            return 200, {"errcode": 93000, "errmsg": "invalid webhook url"}
        assert len(self._json["text"]["content"].encode()) <= 2048
        return 200, {"errcode": 0, "errmsg": "ok"}

    def _slack(self, query: dict) -> tuple[int, object]:
        return (200, b"ok") if isinstance(self._json["text"], str) else (400, b"invalid_payload")

    def _teams(self, query: dict) -> tuple[int, object]:
        (attachment,) = self._json["attachments"]
        assert self._json["type"] == "message"
        assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
        assert attachment["content"]["type"] == "AdaptiveCard"
        return (202, b"") if query["sig"] == ["s1g"] else (401, b"")

    def _push(self, query: dict) -> tuple[int, object]:
        return 201, b""
