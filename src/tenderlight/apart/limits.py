"""What a process apart may take. `docs/reading.md` explains each number to readers.

What a reader takes on (pages, cells, members, ratios) stands in `reading/limits.py` and ends most
hostile documents in seconds, with a Problem that says what was left out. These limits are the wall
behind it: they hold even where a library that parses a document is broken or taken over.
"""

from __future__ import annotations

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Of one document, unless it says otherwise. Tests lower them."""

    seconds: int = 120
    """Processor time. A PDF of 500 full pages takes 10; the slowest legal document, 200 scanned
    pages that are drawn and searched for lines, takes about 100."""
    picture_seconds: int = 60
    """Processor time of the recogniser for one picture; a dense page takes 5 to 10."""
    wall_seconds: float = 480.0
    """Four times as much on the clock, for computers that do other things too. What the recogniser
    takes does not count, neither here nor above."""
    memory: int = 2 << 30
    """Address space beyond what a process has before it sees a document. 500 pages of PDF take
    150 MB, a picture of 200 megapixels 1.2 GB."""
    recogniser_memory: int = 4 << 30
    """The same for the recogniser; a page of A3 takes 1.5 GB."""
    text_bytes: int = 256 << 20
    """Of a reading as it is handed back; the longest that a reader may give takes 150 MB."""
    handed_bytes: int = 640 << 20
    """Of the documents inside one document, together (`add` takes 512 MB for one), of a picture
    that is asked about (200 megapixels), or of a page image."""
    members: int = 20_000
    """Documents inside one document."""
    pictures: int = 1_000
    """That one document may ask the recogniser about; readers ask about 200."""
    together: int = 500
    """Texts (HTML, JSON, plain text) that are read by one process, one after the other, before it
    is renewed. Any other document has a process of its own."""
    start_seconds: float = 120.0
    """Until a process says that it is there; it takes half a second."""
    files: int = 64
    """Open at the same time, all for reading."""


LIMITS = Limits()
