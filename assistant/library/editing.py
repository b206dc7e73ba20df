"""Playbooks edited by hand: saved as new versions, and never over somebody else's edit."""

from __future__ import annotations

from assistant.domain.document import ALWAYS
from assistant.domain.playbook import Playbook
from assistant.errors import Conflict
from assistant.library.intake import FileReport
from assistant.library.library import MAIN, Library
from assistant.records.documents import DocumentInfo


def save_card(library: Library, text: str, playbook: Playbook, base: int | None) -> FileReport:
    """Take an edited card, given as text and as read from it, in as the new active version; its days stay.

    `base` is the number of the version that was edited, None for a new card. Raises Conflict where
    that is no longer the active one.
    """
    there = next(iter(library.store.infos(MAIN, playbook.id)), None)
    _not_overtaken(playbook.id, there, base)
    if there is not None and playbook in library.store.playbooks_of(MAIN, playbook.id):
        return FileReport(playbook.id, "unchanged", document=playbook.id)
    validity = there.validity if there is not None else ALWAYS
    return library.ingest_bytes(f"{playbook.id}.md", text.encode(), validity=validity, replace=True)


def remove_own(library: Library, name: str) -> None:
    """Remove a document that somebody added; the shipped card that it stood in for comes back at once.

    Raises UnknownName, and Conflict for one that came with the product.
    """
    if library.find(name, MAIN).origin == "shipped":
        raise Conflict(f"{name} comes with the product and would be back at the next start; give it a last day instead")
    library.remove(name, MAIN)
    if library.sync_corpus():
        library.sync_index(MAIN)


def _not_overtaken(id_: str, there: DocumentInfo | None, base: int | None) -> None:
    if there is not None and base is None:
        raise Conflict(f"there is a card {id_!r} already; open that one, or give yours another id")
    if there is None and base is not None:
        raise Conflict(f"the card {id_!r} was removed in the meantime; save yours as a new card")
    if there is not None and there.number != base:
        raise Conflict(
            f"{id_!r} was saved as version {there.number} while version {base} was edited here; "
            "open that one and add your changes to it"
        )
