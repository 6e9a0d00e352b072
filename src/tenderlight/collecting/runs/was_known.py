"""Which notices of a list need not be asked for."""

from __future__ import annotations

import hashlib

from tenderlight.collecting.crawling.earlier import Earlier
from tenderlight.collecting.crawling.errand import written
from tenderlight.evidence import Keeping
from tenderlight.sources.asking import Asked


class WasKnown:
    """Notices that were there before this run; those of its own interrupted part are not."""

    def __init__(self, keeping: Keeping, earlier: Earlier, leading: frozenset[int]) -> None:
        self._keeping, self._earlier, self._leading = keeping, earlier, leading

    def is_known(self, asked: Asked) -> bool:
        """True for a notice that has a first capture; watching looks at it again."""
        try:
            url = written(asked.url)
        except ValueError:
            return False
        if self._earlier.find(asked.method, url, asked.body) is not None:
            return False
        digest = hashlib.sha256(asked.body).hexdigest() if asked.body else None
        return hash(url) in self._leading or self._keeping.notice_at(url, digest) is not None
