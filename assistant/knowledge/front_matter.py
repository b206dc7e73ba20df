"""Markdown with YAML front matter, split so that every value keeps its line number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from assistant.errors import InvalidPlaybook

FENCE = "---"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """`values` as YAML gives them; `lines` maps a path of keys to its line; `body` starts at `body_line`."""

    values: Mapping[str, Any]
    lines: Mapping[tuple[str | int, ...], int]
    body: Sequence[str]
    body_line: int

    def line_of(self, path: Sequence[str | int]) -> int:
        """The line of the longest known beginning of `path`."""
        for length in range(len(path), 0, -1):
            if (line := self.lines.get(tuple(path[:length]))) is not None:
                return line
        return 1


def split_front_matter(text: str, file: str) -> FrontMatter:
    """Raises InvalidPlaybook where the fences or the YAML are broken."""
    lines = text.lstrip("\ufeff").splitlines()
    if not lines or lines[0].strip() != FENCE:
        raise InvalidPlaybook(f"{file}:1: the file does not begin with '---'; put the front matter first")
    try:
        end = next(i for i in range(1, len(lines)) if lines[i].strip() == FENCE)
    except StopIteration:
        raise InvalidPlaybook(f"{file}:1: the front matter has no closing '---'; add it before the text") from None
    # A leading blank keeps YAML's line numbers equal to the file's.
    values, marks = _load("\n" + "\n".join(lines[1:end]), file)
    return FrontMatter(values, marks, lines[end + 1 :], end + 2)


def _load(block: str, file: str) -> tuple[Mapping[str, Any], dict[tuple[str | int, ...], int]]:
    try:
        loader = yaml.CSafeLoader(block)
        node = loader.get_single_node()
        values = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line + 1) if error.problem_mark else 1
        raise InvalidPlaybook(
            f"{file}:{line}: the front matter is not YAML ({error.problem}); quote values that contain ': '"
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        # Control characters, dates that do not exist, endless nesting: YAML gives no line for these.
        cause = " ".join(str(error).split())
        raise InvalidPlaybook(
            f"{file}:1: the front matter is not YAML ({cause}); write plain 'key: value' lines"
        ) from error
    if node is None or not isinstance(values, dict):
        raise InvalidPlaybook(f"{file}:1: the front matter has no 'key: value' lines; see corpus/README.md")
    marks: dict[tuple[str | int, ...], int] = {}
    _mark(node, (), marks, set())
    return values, marks


def _mark(
    node: yaml.Node, path: tuple[str | int, ...], marks: dict[tuple[str | int, ...], int], seen: set[int]
) -> None:
    marks[path] = node.start_mark.line + 1
    if id(node) in seen:
        # An alias: it may hold itself, and a few lines of them may stand for millions.
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _mark(value, (*path, key.value), marks, seen)
            marks[(*path, key.value)] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _mark(value, (*path, index), marks, seen)
