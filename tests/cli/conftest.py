"""The command line, in this process and in one of its own, over the small corpus."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli import main


@pytest.fixture(scope="module")
def variables(copied_small_home, small_corpus) -> dict[str, str]:
    """The environment that points at a home of this module's own."""
    return {"IMPROV_HOME": str(copied_small_home()), "IMPROV_CORPUS": str(small_corpus)}


@pytest.fixture(scope="module")
def improv_command(variables) -> Callable[..., Result]:
    """`improv_command("search", "refund")` runs the command in this process."""

    def run(*arguments: str, given: str | None = None, **changed: str) -> Result:
        result = CliRunner().invoke(main, list(arguments), env=variables | changed, input=given)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture(scope="module")
def improv_process(variables) -> Callable[..., subprocess.CompletedProcess[str]]:
    """`improv_process("doctor")` runs the command as a user does."""

    def run(*arguments: str, **changed: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "assistant.cli", *arguments]
        environment = os.environ | variables | changed
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)

    return run


@pytest.fixture
def write(tmp_path) -> Callable[[str, str | bytes], Path]:
    """`write("notes/a.txt", "text")` makes a file."""

    def make(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make
