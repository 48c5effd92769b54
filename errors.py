"""The errors of Netra Kalimantan: what happened, in which file or key, and what to do next.

AppError
├─ SourceError       a source cannot be read                          exit 10
├─ ContractError     data break the rules; nothing was published      exit 11
├─ DefinitionError   a metric, card or dictionary file is wrong       exit 12
├─ WarehouseError    no usable warehouse                              exit 13
├─ StorageError      the disk is full, or what must be kept is lost   exit 14
└─ SelectionError    the reader asked for something impossible        shown in place
"""

from __future__ import annotations


class AppError(Exception):
    """Base of all errors a user may see: `what` happened, `where`, and the `cure`."""

    exit_code = 1

    def __init__(self, what: str, where: str | None = None, cure: str | None = None) -> None:
        self.what, self.where, self.cure = what, where, cure
        super().__init__(" ".join(part for part in (where and f"{where}:", what, cure) if part))


class SourceError(AppError):
    """A source is missing, unreadable or of another shape than expected."""

    exit_code = 10


class ContractError(AppError):
    """A table breaks the dictionary or a check; nothing was published."""

    exit_code = 11


class DefinitionError(AppError):
    """A metric, card or dictionary file is invalid."""

    exit_code = 12


class WarehouseError(AppError):
    """The warehouse is missing, unreadable or older than this code."""

    exit_code = 13


class StorageError(AppError):
    """The disk is full or closed to writing, or a file that must be kept is damaged or lost; nothing changed."""

    exit_code = 14


class SelectionError(AppError):
    """The reader asked for something that cannot be shown."""

    exit_code = 2
