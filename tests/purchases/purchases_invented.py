"""Short ways to make invented signs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tenderlight.purchases import Member, Sign, Stated
from tenderlight.purchases.marks import read_name
from tenderlight.purchases.numbers import read_numbers

BUYER = "青渡县公安局"
NAME = "青渡县公安局虹膜采集设备采购项目"
NUMBER = "XN-QDGA-2018-0426"


def sign(
    type: Any = "tender",
    date: str = "2018-03-09",
    number: str = NUMBER,
    name: str = NAME,
    buyer: str = BUYER,
    **more: Any,
) -> Sign:
    numbers = (*read_numbers(number), *more.pop("numbers", ()))
    return Sign(type=type, date=date, numbers=numbers, name=read_name(name), buyer=buyer, **more)


def stated(field: Any, amount: int | None, **more: Any) -> Stated:
    return Stated(field=field, amount=None if amount is None else Decimal(amount), **more)


def budget(amount: int, **more: Any) -> dict[str, Any]:
    return {"sums": (stated("budget", amount, **more),)}


def won(*awards: tuple[str, str, int], field: str = "award") -> dict[str, Any]:
    """Awards as lot, supplier, amount."""
    sums = [
        stated(field, amount, lot=lot, supplier=supplier, number=number)
        for number, (lot, supplier, amount) in enumerate(awards)
    ]
    return {"sums": tuple(sums), "suppliers": tuple(s.supplier for s in sums)}


def members(*signs: Sign) -> list[Member]:
    """In this order, named a, b, c …"""
    return [
        Member(notice=chr(97 + order), order=order, sign=each) for order, each in enumerate(signs)
    ]
