"""Characters that stand under another code than their own, given back as the characters meant.

Fonts whose glyph for 见 also serves the radical ⻅ make programs take the radical's code. NFKC
repairs the Kangxi radicals; those of the supplement (U+2E80-2EF3) stand in Unicode's
EquivalentUnifiedIdeograph.txt, from which the ones that Chinese notices use are listed here.
Ticks and bullets in the Wingdings font come with private codes, U+F000 plus the font's own.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_SUPPLEMENT: Final = dict(
    zip(
        "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺌⺍⺎⺏⺐⺒⺓⺔⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺶⺹⺺⺻⺼⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻊"
        "⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乛乚乙亻冂刀刂卜小小兀尣尢巳幺彑忄㣺扌攵旡日月歺母民氵氺灬爫爫丬牛犭王疋目示礻竹糹纟罓罒羊耂肀聿肉艹艹艹虎衤覀西见角讠贝足"
        "车辶辶辶邑钅長镸长门阜阝雨青韦页风飞食飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
_KANGXI: Final = {
    chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)
}
_UNIFIED: Final = _SUPPLEMENT | _KANGXI
_WINGDINGS: Final = dict(
    zip(
        "\uf052\uf0fe\uf0a8\uf0a3\uf06f\uf071\uf0fc\uf050\uf0d8\uf0b7\uf09f\uf06c\uf06e\uf075\uf076",
        "☑☑□□□□√√➢••●■◆❖",
        strict=True,
    )
)


def unify(character: str) -> str:
    """The ideograph that a radical's code stands for; any other character as it is.

    >>> unify("⻅"), unify("⽬"), unify("目")
    ('见', '目', '目')
    """
    return _UNIFIED.get(character, character)


def symbol(character: str) -> str:
    """What a private code of the Wingdings font shows; any other character as it is.

    >>> symbol("\uf0fe"), symbol("\uf111") == "\uf111"
    ('☑', True)
    """
    return _WINGDINGS.get(character, character)
