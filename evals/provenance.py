"""What a run was made with: commit, uncommitted changes, corpus, criteria."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterable
from pathlib import Path

from assistant.settings import load_settings
from evals.case import Strict

ROOT = Path(__file__).resolve().parents[1]


class Provenance(Strict):
    """`dirty`: the tree differed from the commit; `tree` tells one such state from another."""

    commit: str
    dirty: bool
    tree: str
    corpus: str
    criteria: str
    prompts: str
    versions: dict[str, str]


def provenance(corpus: Path, versions: dict[str, str]) -> Provenance:
    """As of now. Outside a git checkout the commit is unknown."""
    commit = _git("rev-parse", "HEAD").strip()
    changed = _git("status", "--porcelain", "--untracked-files=no").strip()
    return Provenance(
        commit=commit or "unknown",
        dirty=bool(changed),
        tree=_digest([_git("diff", "HEAD")]) if changed else "",
        corpus=_digest_files(corpus),
        # Not when labels were last looked at (`wording.json`): only what they say.
        criteria=_digest_files(Path(__file__).with_name("criteria"), "*.yaml"),
        prompts=_digest_files(load_settings().prompts),
        versions=versions,
    )


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:  # no git here
        return ""
    return done.stdout if done.returncode == 0 else ""


def _digest_files(folder: Path, pattern: str = "*") -> str:
    files = sorted(path for path in folder.rglob(pattern) if path.is_file())
    return _digest(f"{path.relative_to(folder)}:{hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files)


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
