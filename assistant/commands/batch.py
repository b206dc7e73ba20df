"""JSON lines in, JSON lines out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from assistant.errors import ImprovError, InvalidInput


def answer_lines(lines: Iterable[str], key: str, answer: Callable[[str], dict[str, Any]]) -> None:
    """The same for answers that need one text alone."""
    answer_objects(lines, key, lambda given: answer(given[key]))


def answer_objects(lines: Iterable[str], key: str, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """One JSON line out for each line in; a bad line gives an error and the rest go on."""
    for line in lines:
        answered = json.dumps(_answer_line(line, key, answer), ensure_ascii=False)
        # An id may hold half a character, which only its escape can carry.
        click.echo(answered.encode("utf-8", "backslashreplace").decode("utf-8"))


def _answer_line(line: str, key: str, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    id_: object = None
    try:
        given = json.loads(line)
        if not isinstance(given, dict):
            raise InvalidInput(f'the line is not a JSON object; write {{"id": …, "{key}": …}}')
        id_ = given.get("id")
        if not isinstance(given.get(key), str):
            raise InvalidInput(f"the line has no text under {key!r}")
        return {"id": id_, **answer(given)}
    except json.JSONDecodeError as error:
        return {"id": id_, "error": f"the line is not JSON ({error.msg}, column {error.colno})"}
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, endless nesting
        return {"id": id_, "error": f"the line is not JSON that can be read ({error})"}
    except ImprovError as error:
        return {"id": id_, "error": str(error)}


def read_lines(path: Path) -> list[str]:
    """The lines of a JSON-lines file, or of standard input for `-`. Raises InvalidInput."""
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{path} is not UTF-8 text; save it as UTF-8") from error
    # Not splitlines: JSON strings may hold line separators of other kinds.
    return [line for line in text.split("\n") if line.strip()]
