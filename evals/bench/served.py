"""Over HTTP, the real server: first action on the screen, answers a second, memory."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from evals.bench.material import EndlessIncidents, incident_texts
from evals.bench.rows import Row, Section, Target, row
from evals.bench.samples import Samples
from evals.bench.server_process import ServerProcess

TIMEOUT_S = 30
FIRST_ACTION: dict[int, Target] = {1: Target("p95", 100), 8: Target("p95", 500)}
"""A tenth of a second is felt as at once; half a second is what people accept of a conversation."""
RESIDENT_MB = Target("median", 860)
"""What sentence-transformers on torch takes alone."""
ANSWERING = (1, 8, 32)

Ask = Callable[[http.client.HTTPConnection, str], float]


def measure_served(home: Path, *, asked: int, rounds: int, seconds: float) -> list[Section]:
    """`asked` streams a number of clients; then `rounds` slices of `seconds` for each number of clients."""
    texts = EndlessIncidents(incident_texts(120))
    with ServerProcess(home) as server:
        for _ in range(3):
            _alone(server.port, first_action, next(texts))
        before = server.memory_mb()
        first = {clients: _first_actions(server.port, clients, asked, texts) for clients in FIRST_ACTION}
        rates = _rates(server.port, texts, rounds, seconds)
        after = server.memory_mb()
    return [
        Section(
            "First action on the screen, over HTTP",
            [row(_clients(n), "ms", samples, target=FIRST_ACTION[n]) for n, samples in first.items()],
        ),
        Section(
            "Answers over HTTP",
            [row(_clients(n), "/s", Samples(tuple(rate)), tail=False) for n, rate in rates.items()],
        ),
        Section(
            "Memory of the server",
            [
                Row("resident, after the first answers", "MB", before[0], target=RESIDENT_MB),
                Row("resident, after load", "MB", after[0], target=RESIDENT_MB),
                Row("its own alone (USS), after load", "MB", after[1]),
            ],
        ),
    ]


def _first_actions(port: int, clients: int, asked: int, texts: EndlessIncidents) -> Samples:
    def client(_number: int) -> list[float]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)
        spent = [first_action(connection, next(texts)) for _ in range(max(1, asked // clients))]
        connection.close()
        return spent

    with ThreadPoolExecutor(clients) as pool:
        return Samples(tuple(ms for spent in pool.map(client, range(clients)) for ms in spent))


def _rates(port: int, texts: EndlessIncidents, rounds: int, seconds: float) -> dict[int, list[float]]:
    """Answers a second, by number of clients; the numbers take turns."""
    rates: dict[int, list[float]] = {clients: [] for clients in ANSWERING}
    for _ in range(rounds):
        for clients, rate in rates.items():
            rate.append(_rate(port, clients, texts, seconds))
    return rates


def _rate(port: int, clients: int, texts: EndlessIncidents, seconds: float) -> float:
    end = time.perf_counter() + seconds

    def client(_number: int) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)
        answered = 0
        while time.perf_counter() < end:
            _whole(connection, next(texts))
            answered += 1
        connection.close()
        return answered

    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        answered = sum(pool.map(client, range(clients)))
    return answered / (time.perf_counter() - started)


def _alone(port: int, ask: Ask, text: str) -> float:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)
    spent = ask(connection, text)
    connection.close()
    return spent


def first_action(connection: http.client.HTTPConnection, text: str) -> float:
    """Milliseconds until the event `action` has arrived; the rest of the stream is read off."""
    started = time.perf_counter()
    response = _post(connection, "/api/suggest/stream", text)
    spent = 0.0
    for line in iter(response.readline, b""):
        if not spent and line.startswith(b"event: action"):
            response.readline()
            spent = (time.perf_counter() - started) * 1000
    if not spent:
        raise RuntimeError(f"the stream for {text!r} held no action")
    return spent


def _whole(connection: http.client.HTTPConnection, text: str) -> float:
    started = time.perf_counter()
    _post(connection, "/api/suggest", text).read()
    return (time.perf_counter() - started) * 1000


def _post(connection: http.client.HTTPConnection, path: str, text: str) -> http.client.HTTPResponse:
    connection.request("POST", path, json.dumps({"text": text}).encode(), {"Content-Type": "application/json"})
    response = connection.getresponse()
    if response.status != http.HTTPStatus.OK:
        raise RuntimeError(f"{path} answered {response.status}: {response.read(500).decode(errors='replace')}")
    return response


def _clients(number: int) -> str:
    return "1 client" if number == 1 else f"{number} clients"
