"""Who may manage: with a token who shows it, without one this machine alone, and no stranger's page."""

from __future__ import annotations

import httpx
import pytest
from fastapi.testclient import TestClient
from managing import SOP
from problem_form import check_problem
from pydantic import SecretStr

from assistant.server.app import create_app

TOKEN = "a-long-token-of-a-manager"
WRITING = [
    ("POST", "/api/documents?name=a.md"),
    ("POST", "/api/documents/a.md/active"),
    ("PUT", "/api/documents/a.md/validity"),
    ("DELETE", "/api/documents/a.md"),
    ("POST", "/api/playbooks"),
    ("POST", "/api/playbooks/check"),
    ("POST", "/api/playbooks/preview"),
    ("GET", "/api/gaps"),
    ("POST", "/api/gaps/1"),
    ("PATCH", "/api/sites/demo-hotel/resources/garden-lounge"),
    ("GET", "/api/sites/demo-hotel/history"),
    ("GET", "/api/sites/demo-hotel/reservations"),
    ("GET", "/api/rooms"),
    ("GET", "/api/pages"),
    ("POST", "/api/pages/1/resend"),
]
READING = [
    "/api/documents",
    "/api/playbooks",
    "/api/documents/emergency.choking",
    "/api/playbooks/emergency.choking",
    "/api/sites/demo-hotel/resources",
]


class WithSettings:
    """The product with other settings than those it was opened with."""

    def __init__(self, improv, **changes):
        self._improv, self.settings = improv, improv.settings.model_copy(update=changes)

    def __getattr__(self, name):
        return getattr(self._improv, name)


def client_of(improv, *, host="127.0.0.1", address="127.0.0.1", **changes):
    app = create_app(WithSettings(improv, requests_per_minute=100_000, **changes))
    return TestClient(app, base_url=f"http://{host}:8000", client=(address, 50_000), raise_server_exceptions=False)


@pytest.fixture
def guarded(improv):
    return client_of(improv, host="desk.example", address="10.0.0.7", manager_token=SecretStr(TOKEN))


@pytest.mark.parametrize(("method", "path"), WRITING)
def test_with_a_token_set_nothing_is_changed_without_it(guarded, method, path):
    for shown in (
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": "Bearer "},
    ):
        answer = guarded.request(method, path, headers=shown)
        assert "IMPROV_MANAGER_TOKEN" in check_problem(answer, 401)
        assert answer.headers["www-authenticate"] == "Bearer"
        assert TOKEN not in answer.text


@pytest.mark.parametrize(("method", "path"), WRITING)
def test_who_shows_the_token_is_let_through(guarded, method, path):
    answer = guarded.request(method, path, headers={"Authorization": f"bearer {TOKEN}"})
    assert answer.status_code not in {401, 403}


def test_a_token_of_any_alphabet_works(improv):
    client = client_of(improv, manager_token=SecretStr("口令 ü"))
    shown = {"Authorization": "Bearer 口令 ü".encode()}
    assert client.get("/api/gaps", headers=shown).status_code == 200
    check_problem(client.get("/api/gaps", headers={"Authorization": "Bearer 口令".encode()}), 401)


@pytest.mark.parametrize("path", READING)
def test_what_advice_stands_on_can_be_read_by_all(guarded, path):
    assert guarded.get(path).status_code == 200


def test_staff_need_no_token(guarded):
    assert guarded.post("/api/suggest", json={"text": "room not ready"}).status_code == 200


@pytest.mark.parametrize(("method", "path"), WRITING)
@pytest.mark.parametrize(
    ("host", "address", "headers"),
    [
        ("127.0.0.1", "10.0.0.7", {}),
        ("evil.example", "127.0.0.1", {}),
        ("127.0.0.1.evil.example", "127.0.0.1", {}),
        ("127.0.0.1", "127.0.0.1", {"X-Forwarded-For": "10.0.0.7"}),
        ("127.0.0.1", "127.0.0.1", {"Origin": "http://evil.example"}),
        ("127.0.0.1", "127.0.0.1", {"Origin": "null"}),
        ("127.0.0.1", "127.0.0.1", {"Origin": "http://127.0.0.1:9999"}),
    ],
)
def test_without_a_token_only_this_machine_and_its_own_page_may(improv, method, path, host, address, headers):
    check_problem(client_of(improv, host=host, address=address).request(method, path, headers=headers), 403)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_this_machine_may_by_each_of_its_names(improv, host):
    address = "::1" if host == "[::1]" else "127.0.0.1"
    client = client_of(improv, host=host, address=address)
    assert client.get("/api/gaps", headers={"Origin": f"http://{host}:8000"}).status_code == 200


def test_pages_that_may_embed_the_widget_may_not_manage(improv):
    client = client_of(improv, allowed_origins="http://shop.example")
    check_problem(client.get("/api/gaps", headers={"Origin": "http://shop.example"}), 403)
    check_problem(client.post("/api/documents?name=a.md", content=SOP, headers={"Origin": "http://shop.example"}), 403)


def test_who_may_not_is_told_so_before_the_size_is_looked_at(guarded):
    check_problem(guarded.post("/api/documents?name=a.md", content=b"a" * 60_000_000), 401)


def test_guessing_tokens_is_slowed_down(start_small_server):
    variables = {"IMPROV_REQUESTS_PER_MINUTE": "1", "IMPROV_MANAGER_TOKEN": TOKEN}
    with start_small_server(**variables) as url, httpx.Client(base_url=url, timeout=60) as client:
        guesses = [client.get("/api/gaps", headers={"Authorization": f"Bearer {n}"}).status_code for n in range(8)]
        assert guesses[0] == 401
        assert guesses[-1] == 429
        assert client.post("/api/suggest", json={"text": "room not ready"}).is_success
