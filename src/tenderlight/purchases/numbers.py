"""Numbers of purchases made comparable: the same number is printed in many ways."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from tenderlight.model import NumberKind
from tenderlight.plain import simplify
from tenderlight.purchases.marks import read_ordinal

MOST = 80
"""Characters of a number that are looked at; longer ones are sentences."""
_SPLIT = re.compile(r"[;；、,，|]")
_ROUND = re.compile(
    r"[-_/]?[(\[【]?(?:第?(?P<n>[二三四五2-5])次(?:招标|采购|公告)?|重新?(?:招标|采购|招)?|"
    r"(?<=\d)[-_]?r(?P<r>\d?))[)\]】]?$"
)
_LOT = re.compile(
    r"[-_/]?[(\[【]?(?:第?(?P<a>\d{1,2}|[一二三四五六七八九十]{1,2}|[a-z])(?:标段|标包|分包|包组|包)"
    r"|(?:标段|标包|分包|包组|包)(?P<b>\d{1,2}|[一二三四五六七八九十]{1,2}|[a-z]))[)\]】]?$"
)
_NOISE = re.compile(r"[\W_]+")
_LAST = re.compile(r"(?P<first>.{6,70})[-_/—－](?P<last>\d{1,2})")
_YEAR = re.compile(r"20[0-3]\d")
_TOLD_YEAR = re.compile(r"(?<!\d)20[0-3]\d(?=\D|$)")
"""A year in a number that stands by itself: `2018` of `XN-QDGA-2018-0426`."""


class Known(msgspec.Struct, frozen=True, array_like=True):
    """A number under which a purchase is known, without what names only a lot or a round of it."""

    core: str
    printed: str
    kind: NumberKind = "project"
    lot: str = ""
    round: int = 0

    @property
    def is_selective(self) -> bool:
        """Whether it alone can name a purchase: `2020-12` cannot.

        >>> [read_numbers(each)[0].is_selective for each in ("XN-QDGA-2018-0426", "2020-12")]
        [True, False]
        """
        return len(_YEAR.sub("", self.core, count=1)) >= 6

    @property
    def year(self) -> int | None:
        """The year in which it was given, where it prints one year by itself.

        >>> [read_numbers(each)[0].year for each in ("XN-QDGA-2018-0426", "XN20180426")]
        [2018, None]
        """
        years = set(_TOLD_YEAR.findall(self.printed))
        return int(years.pop()) if len(years) == 1 else None


@lru_cache(maxsize=4096)
def read_numbers(printed: str, kind: NumberKind = "project") -> tuple[Known, ...]:
    """The numbers in one printed value, each once; none where no digit is printed.

    >>> [(n.core, n.lot, n.round) for n in read_numbers("XN-2016-044（二次）；XN-2016-045/02包")]
    [('xn2016044', '', 2), ('xn2016045', '2', 0)]
    """
    found: dict[str, Known] = {}
    for each in _SPLIT.split(printed[:MOST])[:4]:
        known = _read(each, kind)
        if known is not None:
            found.setdefault(known.core, known)
    return tuple(found.values())


def _read(printed: str, kind: NumberKind) -> Known | None:
    text = "".join(simplify(printed).split())
    again, lot = _ROUND.search(text), None
    if again is not None:
        text = text[: again.start()]
    lot = _LOT.search(text)
    if lot is not None:
        text = text[: lot.start()]
    core = _NOISE.sub("", text)
    if not any(char.isdigit() for char in core):
        return None
    return Known(
        core,
        printed.strip(),
        kind,
        read_ordinal(lot["a"] or lot["b"]) if lot else "",
        _count(again) if again else 0,
    )


def _count(match: re.Match[str]) -> int:
    number = read_ordinal(match["n"] or match["r"] or "2")
    return int(number) if number.isdecimal() else 2


@lru_cache(maxsize=8192)
def _closed(printed: str) -> str:
    return "".join(simplify(printed).split())


def is_extended(one: Known, other: Known) -> bool:
    """Whether one number is the other with a few characters behind it: a lot, a round, a part.

    >>> a, b, c = (read_numbers(n)[0] for n in ("XN-2017-21", "XN-2017-21-B", "XN-2017-210"))
    >>> is_extended(a, b), is_extended(a, c)
    (True, False)
    """
    short, long = sorted((_closed(one.printed), _closed(other.printed)), key=len)
    rest = long[len(short) :]
    return (
        long.startswith(short)
        and 0 < len(rest) <= 6
        and len(short) >= 6
        and not (short[-1].isdigit() and rest[0].isdigit())
    )


def is_beside(one: Known, other: Known) -> bool:
    """Whether two numbers differ only in a last piece of one or two digits, as those of lots do.

    >>> a, b, c = (read_numbers(n)[0] for n in ("XN0089-202501-01", "XN0089-202501-03", "XN0089-1"))
    >>> is_beside(a, b), is_beside(a, c)
    (True, False)
    """
    mine, theirs = (_LAST.fullmatch(each.printed) for each in (one, other))
    return mine is not None and theirs is not None and mine["first"] == theirs["first"]
