"""A sum in a few plain characters, for those who read of it."""

from __future__ import annotations

from tenderlight.model import Money


def plain_sum(money: Money) -> str:
    """Digits without exponent or zeros at the end; a currency other than the yuan is named.

    >>> from decimal import Decimal
    >>> plain_sum(Money(amount=Decimal("1200500.50"))), plain_sum(Money(amount=Decimal("1E+3")))
    ('1200500.5', '1000')
    >>> plain_sum(Money(amount=Decimal(12), currency="USD"))
    '12 USD'
    """
    digits = f"{money.amount:f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return digits if money.currency == "CNY" else f"{digits} {money.currency}"
