"""What tests share: the real product on the real corpus, and no way out to the network."""

from __future__ import annotations

import gc
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
import uvicorn
import yaml
from filelock import FileLock

from assistant.assembly import Improv, open_improv
from assistant.server.app import create_app
from assistant.settings import Settings, stay_offline

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
# Kept between runs: the index is brought up to date by content, as for a user.
PREPARED = Path(os.environ.get("IMPROV_TEST_HOME", ROOT / ".improv" / "tests"))
SMALL = {
    "general.first-minute",
    "general.danger-first",
    "hotel.room-not-ready",
    "hotel.overbooked",
    "bank.queue-number-skipped",
    "emergency.collapse-not-breathing",
    "emergency.bleeding-or-fall-injury",
    "emergency.fire-or-smoke",
}

LONGEST = ("web", "evals", "cli", "server")
"""Folders whose files take longest: begun first, so that tests that run side by side end together."""

stay_offline()
# Corpus and indexes are a great many objects that stay: walking through them again and again is a tenth of a start.
gc.set_threshold(50_000, 50, 50)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first; the order within a file stays."""
    items.sort(key=lambda item: item.path.parent.name not in LONGEST)


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Sockets reach loopback only: nothing can call out by accident."""
    patch = pytest.MonkeyPatch()
    connect = socket.socket.connect

    def only_loopback(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family != socket.AF_UNIX and host not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test tried to reach {address!r}; tests stay on this machine")
        connect(self, address)  # type: ignore[arg-type]

    patch.setattr(socket.socket, "connect", only_loopback)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of its own for this session, with index in place; encoder and heads are those kept between runs.

    Nobody keeps it open: copying the files of an open SQLite database would drop this process's locks on it.
    """
    with _alone(PREPARED), open_improv(Settings(home=PREPARED, corpus=CORPUS)) as prepared:
        prepared.drills.assess("", "I am sorry.")  # trained once, and kept
    return _copied(PREPARED, tmp_path_factory)


@pytest.fixture(scope="session")
def copied_home(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """`copied_home()` makes another home like `home`, to change at will; models are shared."""
    return lambda: _copied(home, tmp_path_factory)


@pytest.fixture(scope="session")
def unpacked_models() -> Path:
    """Where the encoder is unpacked for torch: half a gigabyte that takes a while to write, kept between runs."""
    return PREPARED.with_name("sentence-transformer")


@pytest.fixture(scope="session")
def improv(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Improv]:
    """The product, in this process."""
    with open_improv(Settings(home=_copied(home, tmp_path_factory), corpus=CORPUS)) as opened:
        yield opened


@pytest.fixture(scope="module")
def own_improv(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Improv]:
    """The product with records and index of its own, for tests that take documents in."""
    with open_improv(Settings(home=_copied(home, tmp_path_factory), corpus=CORPUS)) as opened:
        yield opened


@pytest.fixture(scope="module")
def small_improv(small_home: Path, small_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Improv]:
    """The product over eight playbooks, for tests that take documents in: each change is there at once."""
    with open_improv(Settings(home=_copied(small_home, tmp_path_factory), corpus=small_corpus)) as opened:
        yield opened


def _copied(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    own = tmp_path_factory.mktemp("home") / "improv"
    shutil.copytree(home, own, ignore=shutil.ignore_patterns("models"))
    (own / "models").symlink_to((home / "models").resolve(), target_is_directory=True)
    return own


@pytest.fixture(scope="session")
def small_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight playbooks and a tenth of the examples: an index over them is built within seconds."""
    root = tmp_path_factory.mktemp("small") / "corpus"
    shutil.copytree(CORPUS, root)
    for path in (root / "playbooks").iterdir():
        if path.stem not in SMALL:
            path.unlink()
    for path in (root / "situations").rglob("*.yaml"):
        examples = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        path.write_text(yaml.dump(_thinned(examples), Dumper=yaml.CSafeDumper, allow_unicode=True), encoding="utf-8")
    shutil.rmtree(root / "papers")
    (root / "papers").mkdir()
    return root


@pytest.fixture(scope="session")
def small_home(home: Path, small_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home over the small corpus. Take a copy to change it."""
    kept = PREPARED.with_name(f"{PREPARED.name}-small")
    with _alone(kept):
        if not kept.exists():
            shutil.copytree(home / "models", kept / "models", ignore=shutil.ignore_patterns("*.npz"))
        open_improv(Settings(home=kept, corpus=small_corpus)).close()
        return _copied(kept, tmp_path_factory)


@pytest.fixture(scope="session")
def copied_small_home(small_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """`copied_small_home()` makes another home like `small_home`, to change at will; models are shared."""
    return lambda: _copied(small_home, tmp_path_factory)


def _alone(kept: Path) -> AbstractContextManager[object]:
    """Test processes that run side by side prepare what they share in turn."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    return FileLock(kept.with_name(f"{kept.name}.lock"))


def _thinned(value: dict[str, object] | list[object]) -> object:
    return {key: _thinned(part) for key, part in value.items()} if isinstance(value, dict) else value[::10]  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a browser for Playwright. The headless shell draws a page with a third of the work of the whole browser."""
    names = ("chromium-headless-shell", "chromium", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.skip("no chromium on this machine")
    return found


@pytest.fixture(scope="session")
def start_server() -> Callable[..., AbstractContextManager[str]]:
    """Starts the server: `with start_server(home, IMPROV_SITE="demo-station") as url: ...`."""
    return _serving


@pytest.fixture(scope="session")
def start_process() -> Callable[..., AbstractContextManager[str]]:
    """Starts the server in a process of its own, as `improv serve` does; some five seconds, for what a thread hides."""
    return _serving_process


@pytest.fixture(scope="session")
def start_small_server(
    small_home: Path, small_corpus: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., AbstractContextManager[str]]:
    """Starts the server over eight playbooks, for what is not about the advice: `with start_small_server() as url`.

    `home`: where to start it, else in a home of its own.
    """

    def start(home: Path | None = None, **variables: str) -> AbstractContextManager[str]:
        own = home or _copied(small_home, tmp_path_factory)
        return _serving(own, IMPROV_CORPUS=str(small_corpus), **variables)

    return start


@pytest.fixture(scope="session")
def server_url(copied_home: Callable[[], Path]) -> Iterator[str]:
    """The server over all playbooks, with its own copy of the home."""
    own = copied_home()
    variables = {"IMPROV_REQUESTS_PER_MINUTE": "100000", "IMPROV_ALLOWED_ORIGINS": "http://allowed.example"}
    with _serving(own, **variables) as url:
        yield url


@contextmanager
def _serving(home: Path, **variables: str) -> Iterator[str]:
    """A server in a thread: real sockets, and none of the imports that a process of its own begins with."""
    environment = {"IMPROV_HOME": str(home), "IMPROV_CORPUS": str(CORPUS)} | variables
    settings = Settings(**{name.removeprefix("IMPROV_").lower(): value for name, value in environment.items()})
    with open_improv(settings) as improv:
        server = uvicorn.Server(
            uvicorn.Config(create_app(improv), port=0, log_level="error", access_log=False, timeout_graceful_shutdown=2)
        )
        thread = threading.Thread(target=server.run, name="server", daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server ended before it answered"
            time.sleep(0.01)
        host, port = server.servers[0].sockets[0].getsockname()
        try:
            yield f"http://{host}:{port}"
        finally:
            server.should_exit = True
            thread.join(timeout=20)


@contextmanager
def _serving_process(home: Path, **variables: str) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"IMPROV_HOME": str(home), "IMPROV_CORPUS": str(CORPUS)} | variables
    command = [sys.executable, "-m", "assistant.cli", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{url}/api/health", process)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(1200):
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                assert answer.status == 200
                return
        except OSError:
            assert process.poll() is None, "the server ended before it answered"
            time.sleep(0.1)
    raise AssertionError(f"the server did not answer at {url}")
