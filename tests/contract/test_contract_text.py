"""The written contract, where it lies beside the project, against the code."""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
import typing
from pathlib import Path

import click
import pytest
from form import ADVICE, AUTHORITIES, EVIDENCE, FACTORS, HAZARDS

from assistant.cli import main
from assistant.domain import advice as advice_module
from assistant.domain import vocabulary
from assistant.server.app import create_app
from assistant.server.routes import suggest
from assistant.settings import Settings

CONTRACT = Path(__file__).resolve().parents[3] / "shared" / "contract.md"
pytestmark = pytest.mark.skipif(not CONTRACT.exists(), reason="the contract is not beside this clone")

NOT_YET_COMMANDS: set[str] = set()
NOT_YET_ROUTES: set[str] = set()
NOT_YET_EVENTS = {"refined"}


@pytest.fixture(scope="module")
def contract():
    return CONTRACT.read_text(encoding="utf-8")


def section(contract, title):
    return contract.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def rows(text):
    """Cells of each line of the Markdown tables in the text, without heads."""
    lines = [re.split(r"(?<!\\)\|", line)[1:-1] for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in cells] for cells in lines[2:]]


def command(path):
    """The command at `path` ("corpus list"), or None."""
    found = main
    for word in path.split():
        found = found.commands.get(word) if isinstance(found, click.Group) else None
    return found


def test_every_promised_environment_variable_is_read_with_the_promised_default(contract):
    table = rows(section(contract, "Environment variables (all optional)"))
    defaults = {name: default for names, default, _ in table for name in re.findall(r"IMPROV_\w+", names)}
    assert len(defaults) >= 9
    for name, default in defaults.items():
        field = Settings.model_fields[name.removeprefix("IMPROV_").lower()]
        if (stated := re.fullmatch(r"`(.+)`", default)) is not None:
            assert str(field.default) == stated[1].removeprefix("./"), name


def test_every_promised_command_and_option_exists(contract):
    missing = set()
    for cell, _ in rows(section(contract, "Commands")):
        text = cell.replace("\\|", "|").strip("`")
        head, *alternatives = text.removeprefix("improv ").split(" | ")
        words = re.match(r"[a-z]+(?: [a-z]+)?", head)[0]
        group = words.split()[0] if alternatives else None
        paths = [words, *(f"{group} {re.match('[a-z]+', other)[0]}" for other in alternatives)]
        for path in paths:
            known = command(path)
            if known is None:
                missing.add(path)
                continue
            promised = set(re.findall(r"(?<![\w-])--?[a-z]+", text)) if len(paths) == 1 else set()
            assert promised <= {name for option in known.params for name in option.opts}, path
    assert missing == NOT_YET_COMMANDS


def test_every_promised_route_exists(contract, improv):
    promised = set(re.findall(r"`(?:GET|POST) (/api/[^\s`]+)", contract))
    routes = {re.sub(r"\{\w+\}", "{}", path) for path in create_app(improv).openapi()["paths"]} | {"/openapi.json"}
    assert {re.sub(r"\{\w+\}", "{}", path) for path in promised} - routes == NOT_YET_ROUTES


def test_events_of_the_stream_are_the_promised_ones(contract):
    passage = re.search(r"server-sent events (.+?)\. `GET", contract, re.S)[1]
    promised = set(re.findall(r"`([a-z]+)`", passage))
    sent = set(re.findall(r'"([a-z]+)"', inspect.getsource(suggest.suggest_stream)))
    assert promised - sent == NOT_YET_EVENTS


def test_example_of_the_contract_has_the_form_that_these_tests_hold_and_the_code_gives(contract):
    example = json.loads(re.search(r"```json\n(.+?)```", section(contract, "Advice"), re.S)[1])
    assert _names(example) == _names(ADVICE)
    assert _names(example) <= _names_of(advice_module.Advice)


def test_closed_vocabularies_are_those_of_the_contract(contract):
    advice = section(contract, "Advice")
    assert set(re.search(r"`hazard`: `([^`]+)`", advice)[1].split()) == HAZARDS
    assert set(re.search(r"`factor`: `([^`]+)`", advice)[1].split()) == FACTORS
    assert set(re.search(r"`authority`: `([^`]+)`", advice)[1].split()) == AUTHORITIES
    for known, held in (
        ("Hazard", HAZARDS),
        ("Factor", FACTORS),
        ("Authority", AUTHORITIES),
        ("EvidenceKind", EVIDENCE),
    ):
        assert set(typing.get_args(getattr(vocabulary, known))) == held


def test_longest_text_is_the_promised_one(contract):
    from assistant.domain.incident import MOST_CHARACTERS

    assert f"text over {MOST_CHARACTERS:,} characters" in " ".join(contract.split())


def _names(value, place=""):
    """Every field's path in a JSON-like value."""
    if isinstance(value, list):
        return _names(value[0], f"{place}[]") if value else set()
    if not isinstance(value, dict):
        return set()
    return {f"{place}.{name}" for name in value}.union(
        *(_names(part, f"{place}.{name}") for name, part in value.items())
    )


def _names_of(kind, place=""):
    """Every field's path in a dataclass."""
    if typing.get_origin(kind) is tuple:
        return _names_of(typing.get_args(kind)[0], f"{place}[]")
    if not dataclasses.is_dataclass(kind):
        return set()
    hints = typing.get_type_hints(kind)
    return {f"{place}.{name}" for name in hints}.union(*(_names_of(part, f"{place}.{n}") for n, part in hints.items()))
