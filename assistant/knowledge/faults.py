"""Why a file cannot be read, said in one way."""

from __future__ import annotations

from assistant.errors import UnreadableDocument

MAX_BYTES = 50 * 1024 * 1024
MAX_CHARACTERS = 5_000_000


def unreadable(name: str, cause: str, mend: str) -> UnreadableDocument:
    """The error for `name`: one sentence that names the cause and the mend."""
    return UnreadableDocument(f"{name} {cause}; {mend}")


def too_long(name: str) -> UnreadableDocument:
    """The error for a file with more text than is taken in at once."""
    return unreadable(name, f"holds more than {MAX_CHARACTERS:,} characters of text", "divide it into smaller files")


def too_large(name: str) -> UnreadableDocument:
    """The error for a file with more bytes than are read at once."""
    return unreadable(name, f"is larger than {MAX_BYTES >> 20} MB", "divide it into smaller files")
