"""A call that does not arrive lies before the manager, who mends the address and sends it again from the console."""

from __future__ import annotations

import json
import shutil
import threading
import time
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import BrowserContext, expect

HOOKS = "\n  webhooks:\n    - {id: ops, kind: slack, lang: en}\n"


@pytest.fixture
def chat() -> Iterator[tuple[str, list[str]]]:
    """The address of a group chat on this machine, and what was written to it."""
    said: list[str] = []

    class Chat(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said.append(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["text"])
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Chat)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/services/x", said
    server.shutdown()
    server.server_close()


def test_a_call_without_an_address_is_sent_again_once_there_is_one(
    context: BrowserContext, copied_small_home, small_corpus, start_server, tmp_path, chat
):
    own, corpus = copied_small_home(), tmp_path / "corpus"
    shutil.copytree(small_corpus, corpus)
    site = corpus / "sites" / "demo-hotel.yaml"
    site.write_text(site.read_text(encoding="utf-8").rstrip() + HOOKS, encoding="utf-8")
    with start_server(own, IMPROV_CORPUS=str(corpus), IMPROV_PUBLIC_URL="https://improv.example") as url:
        body = json.dumps({"text": "two guests are fighting in the lobby", "call": ["security"]}).encode()
        request = urllib.request.Request(f"{url}/api/rooms", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            room = json.load(answer)["id"]
        page = context.new_page()
        for _ in range(50):
            page.goto(f"{url}/console/#/rooms")
            page.reload()
            expect(page.locator(".gap").first).to_be_visible()
            if page.get_by_text("webhook:ops").count():
                break
            time.sleep(0.1)
        expect(page.get_by_text("webhook 'ops' has no address; add it to")).to_be_visible()
        expect(page.locator(f'a[href="/room/{room}"]')).to_be_visible()
        (own / "paging.yaml").write_text(f"ops: {{url: '{chat[0]}'}}", encoding="utf-8")
        page.get_by_role("button", name="Send again").click()
        expect(page.get_by_text("Every call arrived")).to_be_visible()
        end = time.monotonic() + 10
        while not chat[1] and time.monotonic() < end:
            time.sleep(0.05)
    assert "Security: please come" in chat[1][0]
    assert f"<https://improv.example/room/{room}#as=security|Open the room>" in chat[1][0]
    assert "fighting" not in chat[1][0]
