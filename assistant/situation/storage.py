"""Trained heads in one file of plain arrays, written whole or not at all."""

from __future__ import annotations

import dataclasses
import logging
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import numpy as np

log = logging.getLogger("improv.storage")

Arrays = dict[str, np.ndarray]
T = TypeVar("T")


def save_trained(trained: object, path: Path) -> None:
    """Write every part of a dataclass under its path of field names (`danger.by_words.bias`)."""
    write_arrays(path, dict(_flatten("", trained)))


def load_trained(kind: type[T], path: Path) -> T:
    """Read what `save_trained` wrote of a value of `kind`."""
    with np.load(path, allow_pickle=False) as stored:
        trained: T = _build(kind, {name: stored[name] for name in stored.files}, "")
    return trained


def write_arrays(path: Path, arrays: Arrays) -> None:
    """Write beside the target and rename, so that a killed process leaves no half file behind."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
    with draft.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
    draft.replace(path)


def read_arrays(path: Path) -> Arrays:
    """What `write_arrays` wrote; empty where there is no file, or none that can be read."""
    if not path.exists():
        return {}
    try:
        # Opened here: NumPy leaves a file open that it cannot read.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return {name: stored[name] for name in stored.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        log.warning("%s cannot be read (%s); it is written anew", path, error)
        return {}


def _flatten(prefix: str, value: Any) -> Iterator[tuple[str, np.ndarray]]:
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _flatten(f"{prefix}.{field.name}".lstrip("."), getattr(value, field.name))
    elif isinstance(value, dict):
        yield prefix, np.array(sorted(value, key=value.__getitem__))  # numbered from 0 without gaps
    else:
        yield prefix, np.asarray(value)


def _build(kind: Any, arrays: Arrays, prefix: str) -> Any:
    if dataclasses.is_dataclass(kind):
        hints = get_type_hints(kind)
        parts = {
            field.name: _build(hints[field.name], arrays, f"{prefix}.{field.name}".lstrip("."))
            for field in dataclasses.fields(kind)
        }
        return kind(**parts)  # type: ignore[operator]
    array = arrays[prefix]
    if array.dtype.kind != "U":
        return float(array) if array.ndim == 0 else array
    names = array.tolist()
    return tuple(names) if getattr(kind, "__origin__", None) is tuple else {name: i for i, name in enumerate(names)}
