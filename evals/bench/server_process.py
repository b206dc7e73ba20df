"""The real server in a process of its own on loopback."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType, TracebackType

import psutil

from evals.bench.prepared import environment, improv_command

PATIENCE_S = 120
POLL_S = 0.01


class ServerProcess:
    """Answers when the block is entered; `start_s` is how long that took."""

    def __init__(self, home: Path, variables: Mapping[str, str] = MappingProxyType({})) -> None:
        self.port = _free_port()
        self._log = home.parent / f"server-{self.port}.log"
        command = improv_command("serve", "--port", str(self.port))
        started = time.perf_counter()
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(command, env=environment(home) | dict(variables), stderr=log)
        self._wait()
        self.start_s = time.perf_counter() - started

    def __enter__(self) -> ServerProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def memory_mb(self) -> tuple[float, float]:
        """Resident memory, and the part of it that no other process shares."""
        info = psutil.Process(self._process.pid).memory_full_info()
        return info.rss / 2**20, info.uss / 2**20

    def _wait(self) -> None:
        deadline = time.perf_counter() + PATIENCE_S
        while not self._is_healthy():
            if self._process.poll() is not None or time.perf_counter() > deadline:
                self._end()
                said = self._log.read_text(encoding="utf-8", errors="replace")
                raise RuntimeError(f"the server did not become healthy; it said: {said[-2000:]}")
            time.sleep(POLL_S)

    def _is_healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def _end(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
