"""From bytes to text, keeping the place of every character.

`read_document` reads a document with all that is inside it; `read_alone` reads one by itself and
hands back what is inside. One file per format in `formats/`; what readers take on stands in
`limits.py`.
"""

from __future__ import annotations

from tenderlight.reading.alone import read_alone
from tenderlight.reading.document import Opened, Reader
from tenderlight.reading.formats import FORMATS
from tenderlight.reading.whole import Attached, read_document

__all__ = ["FORMATS", "Attached", "Opened", "Reader", "read_alone", "read_document"]
