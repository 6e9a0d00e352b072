"""Names and signs of currencies, with their ISO 4217 codes.

`￥`, `¥`, `$` and a bare 元 mean yuan in these notices; another currency is meant only where it is
named: 美元, USD, HK$, 澳门元.
"""

from __future__ import annotations

import re

YUAN = ("人民币", "rmb", "cny", "cn¥")
_FOREIGN = {
    "USD": "美元 美金 美圆 usd us$",
    "EUR": "欧元 eur euro €",
    "GBP": "英镑 gbp £",
    "JPY": "日元 日圆 日币 jpy jp¥",
    "HKD": "港元 港币 港圆 hkd hk$",
    "MOP": "澳门元 澳门币 澳门圆 葡币 mop mop$",
    "TWD": "新台币 台币 twd ntd nt$",
    "SGD": "新加坡元 新加坡币 新元 sgd s$",
    "AUD": "澳大利亚元 澳元 澳币 aud a$ au$",
    "CAD": "加拿大元 加元 加币 cad c$ ca$",
    "KRW": "韩元 韩圆 韩币 krw ₩",
    "CHF": "瑞士法郎 瑞郎 chf",
    "RUB": "卢布 rub",
    "SEK": "瑞典克朗 sek",
    "DKK": "丹麦克朗 dkk",
    "NOK": "挪威克朗 nok",
    "THB": "泰铢 thb",
    "MYR": "马来西亚林吉特 林吉特 令吉 myr",
    "KZT": "坚戈 kzt",
    "VND": "越南盾 vnd",
    "INR": "印度卢比 inr",
}
CODES = {word: code for code, words in _FOREIGN.items() for word in words.split()}
"""Each word for a currency that is not the yuan, simplified, with its code."""


def _any_of(words: tuple[str, ...]) -> str:
    """The longest first, and Latin ones only where no letter stands before them."""
    return "|".join(
        rf"(?<![a-z]){re.escape(word)}" if word[0].isascii() else re.escape(word)
        for word in sorted(words, key=lambda word: (-len(word), word))
    )


FOREIGN = _any_of(tuple(CODES))
NAMES = _any_of((*YUAN, *CODES))
_ANY = re.compile(FOREIGN)


def find_currency(printed: str) -> str:
    """The ISO code of the currency that simplified words name; the yuan where they name none.

    >>> find_currency("hk$ 120,000.00"), find_currency("万美元"), find_currency("￥")
    ('HKD', 'USD', 'CNY')
    """
    match = _ANY.search(printed)
    return CODES[match.group()] if match else "CNY"
