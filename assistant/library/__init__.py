"""Documents in and out, in versions, with the index in step. The records are the source of truth."""

from assistant.library.editing import remove_own, save_card
from assistant.library.index_keeper import Progress, silent
from assistant.library.intake import UPLOAD, FileReport
from assistant.library.library import MAIN, Library

__all__ = ["MAIN", "UPLOAD", "FileReport", "Library", "Progress", "remove_own", "save_card", "silent"]
