"""The division whose government runs a web site: `www.ccgp-hubei.gov.cn`, `ggzy.yichang.gov.cn`."""

from __future__ import annotations

from functools import cache

from tenderlight.places.divisions import table

PREFIXES = ("ccgp-", "zfcg", "ggzyjy", "ggzy", "zwgk", "jyzx")
"""Words that portals glue to the name of their place: `zfcgzhejiang`."""
LABELS = {
    "bj": "110000", "tj": "120000", "he": "130000", "nmg": "150000", "neimenggu": "150000",
    "ln": "210000", "jl": "220000", "hlj": "230000", "heilongj": "230000", "sh": "310000",
    "js": "320000", "zj": "330000", "ah": "340000", "fj": "350000", "jx": "360000",
    "sd": "370000", "ha": "410000", "hb": "420000", "hn": "430000", "gd": "440000",
    "gxzf": "450000", "hi": "460000", "cq": "500000", "sc": "510000", "gz": "440100",
    "yn": "530000", "xizang": "540000", "sn": "610000", "gansu": "620000", "gs": "620000",
    "qh": "630000", "nx": "640000", "xj": "650000", "bingtuan": "650000", "xjbt": "650000",
    "sz": "440300", "wh": "420100", "cd": "510100", "hangzhou": "330100", "shaanxi": "610000",
}  # fmt: skip
"""What governments call their domains where it is not the Pinyin of the name."""


def codes_of_host(host: str) -> frozenset[str]:
    """The divisions that a government's host may be of; none for a host that is no government's.

    Pinyin is shared: `suzhou.gov.cn` is read as both cities of that sound.

    >>> sorted(codes_of_host("www.ccgp-hubei.gov.cn")), sorted(codes_of_host("ggzy.suzhou.gov.cn"))
    (['420000'], ['320500', '341300'])
    >>> codes_of_host("www.ccgp.gov.cn"), codes_of_host("hubei.example.com")
    (frozenset(), frozenset())
    """
    labels = host.removesuffix(".gov.cn").split(".")
    if not host.endswith(".gov.cn"):
        return frozenset()
    for label in reversed(labels):
        bare = next((label.removeprefix(p) for p in PREFIXES if label.startswith(p)), label)
        for each in (label, bare):
            if each in _pinyin():
                return _pinyin()[each]
    return frozenset()


@cache
def _pinyin() -> dict[str, frozenset[str]]:
    """Names in Pinyin as one word, with the divisions that bear them; ours of `LABELS` win."""
    names: dict[str, set[str]] = {}
    for row in table("english.tsv"):
        for name in row["names"].split(","):
            word = "".join(filter(str.isalpha, name.lower()))
            names.setdefault(word, set()).add(row["code"])
    ours = {label: frozenset([code]) for label, code in LABELS.items()}
    return {word: frozenset(codes) for word, codes in names.items()} | ours
