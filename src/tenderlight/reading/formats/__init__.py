"""The formats that are read: every file in this folder is one, and is found by being here.

They are recognised by what is in a document, never by its name. To add one, see docs/reading.md.
"""

from __future__ import annotations

import importlib
import pkgutil

from tenderlight.reading.document import Document, Format

__all__ = ["FORMATS", "format_of"]


def _found() -> tuple[Format, ...]:
    """The FORMAT of each file here, in the order in which they are tried."""
    names = (module.name for module in pkgutil.iter_modules(__path__))
    formats = (importlib.import_module(f"{__name__}.{name}").FORMAT for name in names)
    return tuple(sorted(formats, key=lambda each: (each.rank, each.name)))


FORMATS = _found()


def format_of(document: Document) -> Format | None:
    """The first format that recognises a document; None where none does.

    >>> format_of(Document(b"%PDF-1.7 ...", "notice.doc")).name
    'pdf'
    """
    return next((each for each in FORMATS if each.recognise(document)), None)
