"""Scenario files looked over: every fault with its file and line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.drills.scenario_reader import read_scenario, scenario_files
from assistant.errors import InvalidInput, InvalidScenario

FAULT = re.compile(r"(.*?):(\d+): (.*)", re.S)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a scenario file, and how to mend it."""

    file: str
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Checked:
    """How many files were read, and what is wrong in them."""

    files: int
    faults: tuple[Fault, ...]


def check(path: Path, playbooks: Collection[str]) -> Checked:
    """A file, or every scenario file below a folder. Raises InvalidInput where there is none."""
    files = [path] if path.is_file() else scenario_files(path)
    if not files:
        raise InvalidInput(f"there is no scenario file at {path}; give a .yaml file, or a folder that holds some")
    return Checked(len(files), tuple(fault for file in files for fault in faults_in(file, playbooks)))


def faults_in(file: Path, playbooks: Collection[str]) -> Iterator[Fault]:
    """The faults of one file."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        yield Fault(file.name, 1, f"cannot be read as UTF-8 text ({error}); save it as UTF-8")
        return
    yield from faults_of(text, file.name, playbooks, stem=file.stem)


def faults_of(text: str, name: str, playbooks: Collection[str], stem: str = "") -> Iterator[Fault]:
    """The faults of a text. `stem`: the name that its id must have, where it has one."""
    try:
        scenario = read_scenario(text, name, playbooks)
    except InvalidScenario as error:
        for told in str(error).splitlines():
            match = FAULT.match(told)
            yield Fault(match[1], int(match[2]), match[3]) if match else Fault(name, 1, told)
        return
    if stem and scenario.id != stem:
        yield Fault(name, 1, f"id: the file holds the scenario {scenario.id!r}; give file and id the same name")
