"""The zip package that Word, PowerPoint and Excel files are: whether it can be opened safely, and its theme."""

from __future__ import annotations

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from assistant.errors import UnreadableDocument
from assistant.knowledge.faults import MAX_BYTES, unreadable

OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
MAX_UNPACKED = 10 * MAX_BYTES

BROKEN = (
    BadZipFile,
    SyntaxError,
    zlib.error,
    LookupError,
    ValueError,
    AttributeError,
    TypeError,
    OSError,
    EOFError,
    OverflowError,
    RecursionError,
    AssertionError,
    NotImplementedError,
)
"""What the office libraries let through when a package, its relations or its XML are damaged.

Broken XML is a SyntaxError.
"""


def check_package(data: bytes, name: str, program: str, suffix: str, most: int = MAX_UNPACKED) -> None:
    """Raises UnreadableDocument for encrypted and old files and for those that unpack to more than `most` bytes."""
    if data.startswith(OLE_MAGIC):
        if ENCRYPTED_STREAM in data:
            raise unreadable(name, "is protected with a password", f"save it in {program} without one and add it again")
        old = suffix[:-1]
        raise unreadable(name, f"is an old {old} file under a {suffix} name", f"save it in {program} as {suffix}")
    try:
        with ZipFile(BytesIO(data)) as package:
            entries = package.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise broken_package(name, program, suffix) from error
    if sum(entry.file_size for entry in entries) > most:
        raise unreadable(name, f"unpacks to more than {most >> 20} MB", "remove its pictures or divide it")
    if any(entry.flag_bits & 1 for entry in entries):
        raise unreadable(name, "is protected with a password", f"save it in {program} without one and add it again")


def broken_package(name: str, program: str, suffix: str) -> UnreadableDocument:
    """The error for a file that is none of the program's."""
    cause = f"is damaged or no {program} document"
    return unreadable(name, cause, f"open it in {program}, save it as {suffix} and add it again")
