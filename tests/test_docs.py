"""What the documents say is there, is there; what is there, they say."""

from __future__ import annotations

import re
import typing
from pathlib import Path

import click
import pytest

from assistant.cli import main
from assistant.domain import vocabulary
from assistant.server.app import create_app
from assistant.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
CORPUS_README = ROOT / "corpus" / "README.md"
TEST_ONLY = {"IMPROV_TEST_HOME"}
needs_readme = pytest.mark.skipif(not README.exists(), reason="there is no README yet")


@pytest.fixture(scope="module")
def readme():
    return README.read_text(encoding="utf-8")


def command(words):
    """The command that these words call, or None."""
    found = main
    for word in words:
        found = found.commands.get(word) if isinstance(found, click.Group) else None
    return found


def calls(text):
    """Words and options of every `improv …` written as code."""
    for line in re.findall(r"(?:^|`|\$ |/)improv ((?:[a-z]+)[^`\n|]*)", text, re.M):
        words = re.match(r"[a-z]+(?: [a-z]+)?(?![\w./-])|[a-z]+", line)[0].split()
        if not isinstance(command(words[:1]), click.Group):
            words = words[:1]
        yield words, set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", line.split("#")[0]))


@needs_readme
def test_every_command_and_option_in_the_readme_exists(readme):
    for words, options in calls(readme):
        known = command(words)
        assert known is not None, f"improv {' '.join(words)}"
        assert options <= {name for option in known.params for name in option.opts} | {"--help"}, words


@needs_readme
def test_every_command_is_in_the_readme(readme):
    assert set(main.commands) <= {words[0] for words, _ in calls(readme)}


@needs_readme
def test_environment_variables_in_the_readme_are_those_that_are_read(readme):
    read = {f"IMPROV_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"IMPROV_[A-Z_]*[A-Z]", readme)) - TEST_ONLY == read


@needs_readme
def test_defaults_in_the_readme_are_those_of_the_code(readme):
    for name, default in re.findall(r"^\| `IMPROV_(\w+)` \| `([^`]+)` \|", readme, re.M):
        assert str(Settings.model_fields[name.lower()].default) == default.removeprefix("./"), name


@needs_readme
def test_every_route_in_the_readme_exists(readme, improv):
    served = {re.sub(r"\{\w+\}", "{}", path) for path in create_app(improv).openapi()["paths"]}
    written = {re.sub(r"\{\w+\}", "{}", path) for path in re.findall(r"/api/[\w/{}-]*\w\}?", readme)}
    assert written
    assert written <= served


@needs_readme
def test_python_in_the_readme_runs(readme, home, monkeypatch, capsys):
    monkeypatch.setenv("IMPROV_HOME", str(home))
    monkeypatch.setenv("IMPROV_CORPUS", str(ROOT / "corpus"))
    for code in re.findall(r"```python\n(.+?)```", readme, re.S):
        exec(compile(code, str(README), "exec"), {})
        assert capsys.readouterr().out.strip()


@needs_readme
def test_places_in_the_readme_exist(readme):
    for place in re.findall(r"`((?:assistant|corpus|evals|tests|docs)/[\w./-]*)`", readme):
        assert (ROOT / place).exists(), place


@needs_readme
def test_make_targets_in_the_readme_exist(readme):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", readme, re.M)) <= targets


@pytest.mark.parametrize("path", [p for p in (README, CORPUS_README, ROOT / "corpus" / "SOURCES.md") if p.exists()])
def test_links_between_files_lead_somewhere(path):
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


@pytest.mark.parametrize(
    ("field", "kind"),
    [("hazard", "Hazard"), ("urgency", "Urgency"), ("authority", "Authority"), ("kind", "OptionKind")],
)
def test_words_that_managers_may_use_are_all_explained_to_them(field, kind):
    text = " ".join(CORPUS_README.read_text(encoding="utf-8").split())
    words = typing.get_args(getattr(vocabulary, kind))
    explained = re.findall(rf"`{field}`[^`]*((?:`[\w ]+`(?:, | or |,? or )?)+)", text)
    cells = [cell for cell in re.findall(r"\|([^|]*)\|", text) if all(f"`{word}`" in cell for word in words)]
    listed = [set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]+)`", found)))) for found in [*explained, *cells]]
    assert set(words) in listed


def test_sectors_are_all_explained_to_managers():
    text = " ".join(CORPUS_README.read_text(encoding="utf-8").split())
    listed = re.search(r"`sectors` one or more of `([^`]+)`, or `any`", text)[1].split()
    assert {*listed, "any"} == set(typing.get_args(vocabulary.Sector))


def test_folders_of_the_corpus_are_those_in_its_table():
    table = re.findall(r"^\| (.+?) \|", CORPUS_README.read_text(encoding="utf-8").split("\n\n")[2], re.M)
    named = {name.rstrip("/") for cell in table for name in re.findall(r"`([^`]+)`", cell)}
    assert named | {"README.md"} == {path.name for path in (ROOT / "corpus").iterdir() if path.name[0] != "."}
