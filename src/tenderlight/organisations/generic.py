"""Names that many organisations have: 公安局, 第一中学. Only their places tell them apart."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tenderlight.organisations.alias_file import national_offices, table

TOWNSHIP = re.compile(r"^.{1,8}(?:街道办|[镇乡](?:政府|党委)?|派出所|居委会|村委会)$")
"""Offices of a street, a town, a village: several counties have a 城关镇."""


@cache
def _words() -> frozenset[str]:
    return frozenset(
        (*(word for (word,) in table("common.tsv")), *(meant for _, meant, _ in table("words.tsv")))
    )


@lru_cache(maxsize=8_192)
def is_generic(core: str) -> bool:
    """Whether a name says too little without its place: words that every place uses.

    >>> is_generic("公安局"), is_generic("第一中学"), is_generic("枫林街道办")
    (True, True, True)
    """
    if core in national_offices():
        return False
    if TOWNSHIP.search(core):
        return True
    core = re.sub(r"[0-9]+", "一", core)
    reached = [True] + [False] * len(core)
    for start in range(len(core)):
        if reached[start]:
            for length in range(1, 9):
                if core[start : start + length] in _words() and start + length <= len(core):
                    reached[start + length] = True
    return reached[len(core)]
