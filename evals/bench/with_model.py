"""The first action with a language model and without: two servers side by side, asked in turn.

    python -m evals.bench.with_model

The model is an echo on loopback that streams every line back, a little changed: what is measured is what refinement
costs the questions of others while it runs.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from assistant.terminal import show_progress
from evals.bench.material import EndlessIncidents, incident_texts
from evals.bench.prepared import prepared_home
from evals.bench.samples import Samples
from evals.bench.served import TIMEOUT_S, first_action
from evals.bench.server_process import ServerProcess

ROUNDS = 120
PAUSE_S = 0.02
MOST_RATIO = 1.05


class _Echo(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        case = json.loads(body["messages"][-1]["content"])
        said = [{"from": [line["id"]], "text": line["text"], "say": line.get("say", "")} for line in case["lines"]]
        parts = {"a": "actions", "o": "options", "v": "avoid"}
        answer: dict[str, object] = {name: [e for e in said if e["from"][0][0] == k] for k, name in parts.items()}
        text = json.dumps({"goal": "", **answer}, ensure_ascii=False)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for start in range(0, len(text), 200):
            self._send({"content": text[start : start + 200]})
            time.sleep(PAUSE_S)
        self._send({}, "stop")
        self.wfile.write(b"data: [DONE]\n\n")

    def _send(self, delta: dict[str, str], finish: str | None = None) -> None:
        choice = {"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}
        chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "echo", "choices": [choice]}
        self.wfile.write(f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode())

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@contextmanager
def echo_model() -> Iterator[str]:
    """The base URL of an endpoint that says every line again."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    server.shutdown()


def measure() -> tuple[Samples, Samples]:
    """Milliseconds to the first action without and with a model, turn by turn on the same texts."""
    texts = EndlessIncidents(incident_texts(120))
    with prepared_home(show_progress) as home, echo_model() as url:
        variables = {"IMPROV_LLM_BASE_URL": url, "IMPROV_LLM_MODEL": "echo"}
        with ServerProcess(home) as plain, ServerProcess(home, variables) as refining:
            lines = [HTTPConnection("127.0.0.1", server.port, timeout=TIMEOUT_S) for server in (plain, refining)]
            for line in lines:
                for _ in range(5):
                    first_action(line, next(texts))
            spent: tuple[list[float], list[float]] = ([], [])
            for number in range(ROUNDS):
                text = next(texts)
                for place in (0, 1) if number % 2 else (1, 0):
                    spent[place].append(first_action(lines[place], text))
            for line in lines:
                line.close()
    return Samples(tuple(spent[0])), Samples(tuple(spent[1]))


def main() -> None:
    """Measure, print, and exit 1 where a model delays the first action."""
    plain, refining = measure()
    ratio = refining.p50 / plain.p50
    print(f"first action, median: {plain.p50:.1f} ms without, {refining.p50:.1f} ms with a model; ratio {ratio:.3f}")
    sys.exit(1 if ratio > MOST_RATIO else 0)


if __name__ == "__main__":
    main()
