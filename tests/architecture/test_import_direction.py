"""Imports run one way; the core is free of frameworks; the environment has one reader."""

from __future__ import annotations

import ast
import contextlib
import importlib.metadata
import re
import sys
import tomllib

import pytest
from imports import FILES, PACKAGE, imported, name_of, step_of

ORDER = (
    {"errors"},
    {"settings", "domain"},
    {"knowledge", "index", "records"},
    {"situation", "resources", "prompts", "privacy", "truth"},
    {"retrieval", "library"},
    {"advice", "audit", "refinement"},
    {"authoring", "drills", "rooms", "paging"},
    {"training"},
    {"assembly"},
    {"server", "doctor", "terminal", "drills_terminal", "tools"},
    {"commands"},
    {"cli"},
)
"""Each step may import those above it and itself; steps on one line do not know each other."""
OWN = {"assistant", "evals"}
LEVEL = {step: level for level, steps in enumerate(ORDER) for step in steps}


def assistant_imports(path):
    return {name.split(".")[1] for name in imported(path) if name.startswith("assistant.")}


def test_every_part_of_the_product_has_its_place_in_the_order():
    assert {step_of(path) for path in FILES} == LEVEL.keys()


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_imports_run_one_way(path):
    own = step_of(path)
    upwards = {step for step in assistant_imports(path) - {own} if LEVEL[step] >= LEVEL[own]}
    assert not upwards, f"{name_of(path)} imports {sorted(upwards)}, which stand beside or below it"


@pytest.mark.parametrize("path", [p for p in FILES if step_of(p) in {"domain", "errors"}], ids=name_of)
def test_domain_needs_the_standard_library_alone(path):
    foreign = {name.split(".")[0] for name in imported(path)} - sys.stdlib_module_names
    assert foreign <= {"assistant"}
    assert assistant_imports(path) <= {"domain", "errors"}
    assert not {name.split(".")[0] for name in imported(path)} & {
        "pathlib",
        "os",
        "io",
        "socket",
        "sqlite3",
        "subprocess",
    }


@pytest.mark.parametrize("step", sorted(LEVEL))
def test_files_of_a_step_do_not_import_each_other_in_a_circle(step):
    files = {f"assistant.{name_of(p)[:-3].replace('/', '.')}".removesuffix(".__init__"): p for p in FILES}
    graph = {
        module: {known for name in imported(path) for known in files if name == known or name.startswith(f"{known}.")}
        for module, path in files.items()
        if step_of(path) == step
    }
    packages = {module for module, path in files.items() if path.name == "__init__.py"}

    def reach(module, seen):
        for target in graph.get(module, set()) - packages - seen:
            seen.add(target)
            reach(target, seen)
        return seen

    assert not [module for module in graph if module in reach(module, set())]


def test_only_settings_touches_the_environment():
    reading = re.compile(r"\bos\.(environ|getenv|putenv)\b|\bfrom os import\b")
    assert [name_of(path) for path in FILES if reading.search(path.read_text(encoding="utf-8"))] == ["settings.py"]


def test_web_frameworks_stay_in_the_server():
    web = {"fastapi", "starlette", "uvicorn", "limits"}
    using = {step_of(path) for path in FILES if web & {name.split(".")[0] for name in imported(path)}}
    assert using <= {"server", "cli"}


def test_the_vector_engine_and_the_database_are_known_to_their_adapters_alone():
    engine = [path for path in FILES if any(name.startswith("chromadb") for name in imported(path, at_import=True))]
    assert [name_of(path) for path in engine] == ["index/chroma.py"]
    using = {step_of(p) for p in FILES if any(n.split(".")[0] in {"sqlalchemy", "alembic"} for n in imported(p))}
    assert using <= {"records", "assembly"}


def test_no_error_is_swallowed_whole():
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else "everything"
                assert caught not in {"everything", "Exception", "BaseException"}, f"{name_of(path)}:{node.lineno}"


def test_the_product_knows_its_evaluation_as_a_command_alone():
    knowing = {name_of(p): {n for n in imported(p) if n.split(".")[0] == "evals"} for p in FILES}
    assert {name: found for name, found in knowing.items() if found} == {"cli.py": {"evals.commands.evaluation"}}


def test_every_package_that_is_imported_is_installed_with_the_product():
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    carried = _with_all_they_need(project["dependencies"])
    distributions = importlib.metadata.packages_distributions()
    for path in FILES:
        for name in {name.split(".")[0] for name in imported(path)} - sys.stdlib_module_names - OWN:
            assert {_plain(d) for d in distributions[name]} & carried, f"{name_of(path)} needs {name}; declare it"


def _with_all_they_need(requirements):
    found, waiting = set(), list(requirements)
    while waiting:
        line = waiting.pop()
        name = _plain(re.split(r"[^\w.-]", line)[0])
        if name in found or "extra ==" in line:
            continue
        found.add(name)
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):  # needed on other systems only
            waiting += importlib.metadata.requires(name) or []
    return found


def _plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_files_stay_small():
    lengths = {name_of(p): len(p.read_text(encoding="utf-8").splitlines()) for p in PACKAGE.rglob("*.py")}
    long = sorted(name for name, length in lengths.items() if length > 250)
    assert len(long) <= len(lengths) // 10, long
