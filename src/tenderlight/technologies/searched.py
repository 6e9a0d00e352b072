"""What to search portals for: words of the technologies, few enough to be asked politely."""

from __future__ import annotations

import re

from tenderlight.technologies.definition import Definitions, Term

EACH = 8
"""Words for one technology. All of them would be a thousand questions to a portal for each run."""
_WORD = re.compile(r"(?=.*[\u4e00-\u9fff])[\u4e00-\u9fffA-Za-z0-9-]{2,12}")
"""What a portal's search field takes: at least one Chinese character, no gap and no alternatives.
"""


def search_terms(definitions: Definitions) -> tuple[str, ...]:
    """Words that together find what the technologies mean, each once, technology by technology.

    >>> from tenderlight.technologies import load_definitions
    >>> terms = search_terms(load_definitions())
    >>> "人脸" in terms, "人脸识别" in terms, len(terms) == len(set(terms))
    (True, False, True)

    Of a technology's words the shortest: a search finds longer ones that hold them too. Not the
    weak ones, which count only in company, and no word that holds another of the same answer.
    """
    chosen = [word for technology in definitions.technology for word in _shortest(technology)]
    once = list(dict.fromkeys(chosen))
    return tuple(word for word in once if not any(o != word and o in word for o in once))


def _shortest(technology: Term) -> list[str]:
    words = [word for word in technology.words if _WORD.fullmatch(word)]
    bare = [word for word in words if not any(o != word and o in word for o in words)]
    return sorted(bare, key=len)[:EACH]
