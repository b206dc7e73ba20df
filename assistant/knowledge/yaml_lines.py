"""YAML whose every value keeps its line number, so that a fault can be shown where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

Path = tuple[str | int, ...]


class NotYaml(ValueError):
    """The text is not YAML, or no mapping; `line` is where, counted from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class LinedYaml:
    """`values` as YAML gives them; `lines` maps a path of keys to its line, counted from 1."""

    values: Mapping[str, Any]
    lines: Mapping[Path, int]

    def line_of(self, path: Sequence[str | int]) -> int:
        """The line of the longest known beginning of `path`."""
        for length in range(len(path), 0, -1):
            if (line := self.lines.get(tuple(path[:length]))) is not None:
                return line
        return 1


def read_lined(text: str) -> LinedYaml:
    """Raises NotYaml with line and mend."""
    try:
        loader = yaml.CSafeLoader(text.lstrip("\ufeff"))
        node = loader.get_single_node()
        values = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line + 1) if error.problem_mark else 1
        raise NotYaml(line, f"this is not YAML ({error.problem}); quote values that contain ': '") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        # Control characters, dates that do not exist, endless nesting: YAML gives no line for these.
        cause = " ".join(str(error).split())
        raise NotYaml(1, f"this is not YAML ({cause}); write plain 'key: value' lines") from error
    if node is None or not isinstance(values, dict):
        raise NotYaml(1, "there are no 'key: value' lines; see corpus/README.md")
    marks: dict[Path, int] = {}
    _mark(node, (), marks, set())
    return LinedYaml(values, marks)


def _mark(node: yaml.Node, path: Path, marks: dict[Path, int], seen: set[int]) -> None:
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
