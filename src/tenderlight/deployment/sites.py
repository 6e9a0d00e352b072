"""What sort of place a row names: a site of the definitions, by its words."""

from __future__ import annotations

import re
from typing import NamedTuple

from tenderlight.plain import simplify
from tenderlight.technologies import Definitions
from tenderlight.technologies.definition import Term
from tenderlight.technologies.sieve import sieve

_WIDE = ("street", "village")
"""Whatever stands at a crossing or in a village is there because of what it is itself."""
_HOMES = re.compile(
    r"家(?:门口|门前|门外|附近|对面|楼下|院)|家$|(?:花园|家园|嘉园|佳苑|名苑|雅苑|华庭)(?!路|街|酒店|宾馆)"
)
_LONGEST = 200


class Site(NamedTuple):
    """A site's id, and where the words stand that name it."""

    id: str
    start: int
    end: int


def find_site(printed: str, definitions: Definitions) -> Site | None:
    """The site that a place's name or category names; None where no definition knows it.

    The last word counts (火车站宾馆 is a hotel), a crossing or a village only where nothing else is
    named. Somebody's home, and what is called 花园 or 家园, is residential.

    >>> from tenderlight.technologies import load_definitions
    >>> find_site("火车站宾馆门口", load_definitions())
    Site(id='hotel', start=3, end=5)
    """
    plain = simplify(printed[:_LONGEST])
    searcher = sieve(definitions)
    found = [
        Site(term.id, hit.start, hit.end)
        for index, hits in searcher.hits(plain).items()
        if isinstance(term := searcher.definitions[index], Term) and term.kind == "site"
        for hit in hits
        if hit.role != "mention"
    ]
    homes = [Site("residential", match.start(), match.end()) for match in _HOMES.finditer(plain)]
    named = [site for site in (*found, *homes) if site.id not in _WIDE] or found
    return max(named, key=lambda site: (site.end, -site.start, site.id), default=None)
