"""What the command line says when all is well, and when it is not: one sentence, an exit status, no traceback."""

from __future__ import annotations

import json
import shutil

import click
import pytest
from click.testing import CliRunner

from assistant.cli import main


def commands(group=main, path=()):
    """Every command with the words that call it."""
    for name, command in group.commands.items():
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


def complaint(result):
    """The one sentence on standard error, without the progress bars before it."""
    text = result.stderr.split("\r")[-1].strip()
    assert "Traceback" not in result.stderr
    assert text.startswith("improv: ")
    assert "\n" not in text, text
    return text


@pytest.mark.parametrize("words", [words for words, _ in commands()], ids=" ".join)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_every_command_explains_itself(words, flag):
    result = CliRunner().invoke(main, [*words, flag])
    assert result.exit_code == 0
    assert "Usage:" in result.stdout


def test_every_option_and_command_is_described():
    for words, command in commands():
        assert command.help, words
        for parameter in command.params:
            assert not isinstance(parameter, click.Option) or parameter.help, (words, parameter.name)


def test_help_lists_the_commands(improv_process):
    result = improv_process("--help")
    assert result.returncode == 0
    assert {"serve", "ingest", "corpus", "search", "suggest", "doctor"} <= {
        line.split()[0] for line in result.stdout.splitlines() if line.startswith("  ")
    }
    assert improv_process("--version").stdout.strip().endswith("0.1.0")


@pytest.mark.parametrize(
    "words",
    [["nope"], ["search", "a", "-k", "0"], ["search", "a", "-k", "x"], ["serve", "--port", "99999"], ["ingest"],
     ["suggest", "a", "--lang", "fr"], ["corpus", "show"], ["suggest", "a", "b"], ["search", "--nope"]],
    ids=" ".join,
)  # fmt: skip
def test_bad_usage_is_exit_2_and_starts_nothing(words, tmp_path):
    result = CliRunner().invoke(main, words, env={"IMPROV_HOME": str(tmp_path / "home")})
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Usage:" in result.stderr
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["suggest", "queue", "--site", "atlantis"], "atlantis"),
        (["suggest", " "], "empty"),
        (["suggest", "房" * 4001], "4001"),
        (["suggest"], "--batch"),
        (["suggest", "--batch", "/nope/lines.jsonl"], "/nope/lines.jsonl"),
        (["suggest", "--batch", "/"], "/"),
        (["search", "  "], "empty"),
        (["search"], "--batch"),
        (["search", "refund", "--collection", "nope"], "nope"),
        (["ingest", "/nope/handbook.pdf"], "/nope/handbook.pdf"),
        (["corpus", "show", "nope"], "nope"),
        (["corpus", "remove", "nope"], "nope"),
        (["corpus", "check", "/nope"], "/nope"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else "",
)
def test_bad_input_is_exit_2_with_one_sentence_that_names_it(improv_command, words, named):
    result = improv_command(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert named in complaint(result)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("IMPROV_CORPUS", "/nope"),
        ("IMPROV_REQUESTS_PER_MINUTE", "many"),
        ("IMPROV_DATABASE_URL", "nonsense"),
        ("IMPROV_DATABASE_URL", "oracle://me:secret@127.0.0.1/db"),
        ("IMPROV_CHROMA_URL", "nonsense"),
        ("IMPROV_EMBEDDING_MODEL", "/nope"),
        ("IMPROV_HOME", "/dev/null"),
    ],
)
def test_wrong_setting_is_exit_2_with_one_sentence_on_standard_error(improv_command, variable, value):
    result = improv_command("search", "refund", "--json", **{variable: value})
    assert (result.exit_code, result.stdout) == (2, "")
    sentence = complaint(result)
    assert value in sentence or variable in sentence
    assert "secret" not in sentence


def test_error_as_a_user_sees_it(improv_process):
    result = improv_process("suggest", "queue", "--json", IMPROV_CORPUS="/nope")
    assert (result.returncode, result.stdout) == (2, "")
    assert "/nope" in complaint(result)


@pytest.mark.parametrize(
    "words", [["suggest"], ["search"], ["suggest", "--batch", "/nope"], ["search", "--batch", "/"]]
)
def test_question_that_is_not_there_is_noticed_before_anything_is_built(improv_command, tmp_path, words):
    assert improv_command(*words, IMPROV_HOME=str(tmp_path / "home")).exit_code == 2
    assert not (tmp_path / "home").exists()


def test_json_stands_alone_on_standard_output_even_while_the_index_is_built(improv_process, copied_small_home):
    home = copied_small_home()
    shutil.rmtree(home / "chroma")
    result = improv_process("search", "refund", "-k", "2", "--json", IMPROV_HOME=str(home))
    assert result.returncode == 0
    assert len(json.loads(result.stdout)) == 2
    assert "passages" in result.stderr
    assert "Traceback" not in result.stderr
