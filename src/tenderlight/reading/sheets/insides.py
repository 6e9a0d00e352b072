"""The documents inside a workbook: embedded files, and pictures large enough to be pages."""

from __future__ import annotations

from tenderlight.reading.document import Member
from tenderlight.reading.package import Package, part_name

_EMBEDDED = "xl/embeddings/"


def members_of(package: Package) -> tuple[Member, ...]:
    """The files that were put into a workbook."""
    names = [name for name in package.names() if part_name(name).startswith(_EMBEDDED)]
    return tuple(
        Member(name=name.rpartition("/")[2], payload=package.read(name) or b"") for name in names
    )
