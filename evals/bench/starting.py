"""From nothing running to an answer: the command, and the server."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from evals.bench.prepared import environment, improv_command
from evals.bench.rows import Section, Target, row
from evals.bench.samples import Samples
from evals.bench.server_process import ServerProcess

TEXT = "room 1208 is not ready and the guest is shouting at the desk"
PATIENCE = Target("median", 5)
"""Half of the ten seconds that a person in front of a guest has."""


def measure_starting(home: Path, runs: int) -> Section:
    """Each process new, on a prepared home whose files the system has read before."""
    command, server = [], []
    for _ in range(runs):
        command.append(_command(home))
        with ServerProcess(home) as started:
            server.append(started.start_s)
    return Section(
        "Start on a prepared home",
        [
            row("`improv suggest`, whole process", "s", Samples(tuple(command)), target=PATIENCE, tail=False),
            row("server, to the first healthy answer", "s", Samples(tuple(server)), target=PATIENCE, tail=False),
        ],
    )


def _command(home: Path) -> float:
    started = time.perf_counter()
    subprocess.run(improv_command("suggest", TEXT), env=environment(home), capture_output=True, check=True)
    return time.perf_counter() - started
