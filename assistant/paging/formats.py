"""How each group chat wants to be written to, and what its answers mean. Pure: no network, no clock.

| kind | signed how | says no with |
|---|---|---|
| Feishu | in the body: base64(HMAC-SHA256(key = "seconds\\nsecret", nothing)) | HTTP 200 and `code` other than 0 |
| DingTalk | in the address: base64(HMAC-SHA256(key = secret, "milliseconds\\nsecret")) | HTTP 200 and `errcode` |
| WeCom | the key in the address | HTTP 200 and `errcode` |
| Slack | the address itself | HTTP status and a word |
| Teams (Workflows) | the `sig` in the address | HTTP status; 202 is yes |
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from assistant.domain.room import WebhookKind
from assistant.paging.message import Message

WECOM_BYTES = 2048
ADAPTIVE = "application/vnd.microsoft.card.adaptive"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One HTTP POST."""

    url: str
    headers: dict[str, str]
    body: bytes


def request_for(kind: WebhookKind, url: str, secret: str, message: Message, moment: datetime) -> Outgoing:
    """The POST that puts the message into that chat, signed as of `moment`."""
    body = BODIES[kind](message)
    if secret and kind == "feishu":
        stamp = str(int(moment.timestamp()))
        body = {"timestamp": stamp, "sign": _hmac(f"{stamp}\n{secret}", ""), **body}
    if secret and kind == "dingtalk":
        stamp = str(round(moment.timestamp() * 1000))
        signed = urlencode({"timestamp": stamp, "sign": _hmac(secret, f"{stamp}\n{secret}")})
        url = f"{url}{'&' if '?' in url else '?'}{signed}"
    content = json.dumps(body, ensure_ascii=False).encode()
    return Outgoing(url, {"Content-Type": "application/json; charset=utf-8"}, content)


def refusal(kind: WebhookKind, status: int, body: bytes) -> tuple[str, bool] | None:
    """None where the chat took it; else what it said, and whether it makes sense to try again."""
    code, words = _code(kind, body) if 200 <= status < 300 else (0, "")
    if 200 <= status < 300 and code == 0:
        return None
    if code:
        return f"{kind} answered {code}: {words}"[:300], code not in FINAL[kind]
    return f"HTTP {status}", may_pass(status)


def may_pass(status: int) -> bool:
    """Whether an HTTP error may be gone at the next attempt."""
    return status in {408, 425, 429} or status >= 500


FINAL: dict[WebhookKind, frozenset[int]] = {
    # Malformed, unknown hook, wrong signature, address not allowed, keyword missing.
    "feishu": frozenset({9499, 19001, 19021, 19022, 19024}),
    # Wrong token, no such robot, security settings (signature, keyword, address).
    "dingtalk": frozenset({300001, 300005, 310000, 400013, 400101, 400102}),
    # Wrong key, malformed content.
    "wecom": frozenset({40008, 40058, 44004, 93000}),
    "slack": frozenset(),
    "teams": frozenset(),
}
"""What no further attempt mends. Everything else is tried again, and given up in time."""


def _code(kind: WebhookKind, body: bytes) -> tuple[int, str]:
    """The code and the words of an answer; an answer that is none of the service's own says nothing."""
    if kind not in {"feishu", "dingtalk", "wecom"}:
        return 0, ""
    try:
        said = json.loads(body)
    except ValueError:
        return -1, "an answer that is not the service's own"
    if not isinstance(said, dict):
        return -1, "an answer that is not the service's own"
    code = said.get("code" if kind == "feishu" else "errcode", -1)
    return (code if isinstance(code, int) else -1), str(said.get("msg") or said.get("errmsg") or "")


def _feishu(message: Message) -> dict[str, object]:
    lines: list[list[dict[str, str]]] = [[{"tag": "text", "text": message.text}]]
    if message.link:
        lines.append([{"tag": "a", "text": message.link_words, "href": message.link}])
    post = {"title": message.title, "content": lines}
    return {"msg_type": "post", "content": {"post": {"zh_cn" if message.lang == "zh" else "en_us": post}}}


def _dingtalk(message: Message) -> dict[str, object]:
    text = f"### {message.title}\n\n" + message.text.replace("\n", "\n\n")
    if message.link:
        text += f"\n\n[{message.link_words}]({message.link})"
    return {"msgtype": "markdown", "markdown": {"title": message.title, "text": text}}


def _wecom(message: Message) -> dict[str, object]:
    # Plain text: its Markdown is not shown in WeChat itself. The link comes last and must not be cut.
    link = f"\n{message.link}" if message.link else ""
    room = WECOM_BYTES - len(link.encode())
    text = f"{message.title}\n{message.text}".encode()[:room].decode(errors="ignore")
    return {"msgtype": "text", "text": {"content": text + link}}


def _slack(message: Message) -> dict[str, object]:
    def plain(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    link = f"\n<{message.link}|{plain(message.link_words)}>" if message.link else ""
    return {"text": f"*{plain(message.title)}*\n{plain(message.text)}{link}"}


def _teams(message: Message) -> dict[str, object]:
    card: dict[str, object] = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [
            {"type": "TextBlock", "text": message.title, "weight": "Bolder", "size": "Medium", "wrap": True},
            {"type": "TextBlock", "text": message.text.replace("\n", "\n\n"), "wrap": True},
        ],
    }
    if message.link:
        card["actions"] = [{"type": "Action.OpenUrl", "title": message.link_words, "url": message.link}]
    return {"type": "message", "attachments": [{"contentType": ADAPTIVE, "contentUrl": None, "content": card}]}


BODIES: dict[WebhookKind, Callable[[Message], dict[str, object]]] = {
    "feishu": _feishu,
    "dingtalk": _dingtalk,
    "wecom": _wecom,
    "slack": _slack,
    "teams": _teams,
}


def _hmac(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()
