"""The keys that bring two notices together to be compared: any one of them is enough."""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal

from tenderlight.purchases.alike import bare
from tenderlight.purchases.sign import Sign

KEY_LIMIT = 100
"""A key that more notices than this share says nothing: the store does not use it."""
MOST = 12
_LINES = 3
_LAST_PLACE = re.compile(r".*?([^省市县区旗州盟]{1,6}[市县区旗盟][^省市县区旗州盟]*)$")
_LONG_NAME = 10


def keys(sign: Sign) -> tuple[str, ...]:
    """At most twelve words; notices of one purchase nearly always share one.

    `n` a number, `b` buyer and name, `c` a long name and the year, `m` buyer and sum, `s` supplier
    and sum, `o` buyer and opening day, `t` a sentence and the year.

    >>> from tenderlight.purchases.marks import ProjectName
    >>> keys(Sign(buyer="青渡县公安局", name=ProjectName(core="虹膜采集设备")))
    ('b:青渡县公安局:虹膜采集设备',)
    """
    buyer, core = _seat(sign.buyer), bare(sign.name.core, sign.buyer)
    found = [f"n:{each.core}" for each in sign.numbers[:4] if each.is_selective]
    if not found and buyer:
        found = [f"n:{buyer}:{each.core}" for each in sign.numbers[:2]]
    if buyer and core:
        found.append(f"b:{buyer}:{_short(core)}")
    if len(sign.name.core) >= _LONG_NAME:
        found.append(f"c:{_short(sign.name.core)}")
    if buyer and sign.opening:
        found.append(f"o:{buyer}:{sign.opening}")
    found += _of_sums(sign, buyer)
    found += [f"t:{sign.date[:4]}:{each:x}" for each in sign.lines[:_LINES]]
    return tuple(dict.fromkeys(found))[:MOST]


def _of_sums(sign: Sign, buyer: str) -> list[str]:
    found = []
    for each in sign.sums:
        if each.amount is None or each.amount < 1000:
            continue
        if each.supplier:
            found.append(f"s:{_short(each.supplier)}:{_plain(each.amount)}")
        elif buyer and each.field == "budget":
            found.append(f"m:{buyer}:{_plain(each.amount)}")
    return list(dict.fromkeys(found))[:3]


def _seat(buyer: str) -> str:
    """A buyer's name from the last place in it, as it is also written without the city before it.

    >>> _seat("宜昌市青渡县公安局"), _seat("青渡县公安局"), _seat("某某大学")
    ('青渡县公安局', '青渡县公安局', '某某大学')
    """
    found = _LAST_PLACE.match(buyer)
    return _short(found[1] if found else buyer)


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def _short(words: str) -> str:
    """Words as they are, long ones as a digest."""
    if len(words) <= 16:
        return words
    return hashlib.blake2b(words.encode(), digest_size=8).hexdigest()
