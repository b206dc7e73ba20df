"""Markdown with YAML front matter, split so that every value keeps its line number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.errors import InvalidPlaybook
from assistant.knowledge.yaml_lines import LinedYaml, NotYaml, read_lined

FENCE = "---"


@dataclass(frozen=True, slots=True)
class FrontMatter(LinedYaml):
    """The head as lined YAML; `body` starts at `body_line`."""

    body: Sequence[str]
    body_line: int


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
    source = _load("\n" + "\n".join(lines[1:end]), file)
    return FrontMatter(source.values, source.lines, lines[end + 1 :], end + 2)


def _load(block: str, file: str) -> LinedYaml:
    try:
        return read_lined(block)
    except NotYaml as error:
        raise InvalidPlaybook(f"{file}:{error.line}: the front matter: {error}") from error
