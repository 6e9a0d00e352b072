"""OFD, China's fixed-layout documents."""

from __future__ import annotations

from tenderlight.reading.document import Format
from tenderlight.reading.ofd.document import MEDIA_TYPE, is_ofd, read_ofd
from tenderlight.reading.ofd.shown import show_page

FORMAT = Format(
    name="ofd",
    says="OFD",
    media_type=MEDIA_TYPE,
    rank=20,
    recognise=is_ofd,
    read=read_ofd,
    show=show_page,
)
