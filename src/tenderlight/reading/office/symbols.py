"""Symbol fonts: characters stand under the codes of other letters, and are given back as meant.

Word writes such a character as `F0` and its code in the font. The tables hold what notices use;
they follow the fonts' own charts (Unicode's SYMBOL.TXT for Symbol).
"""

from __future__ import annotations

from typing import Final


def _table(codes: str, characters: str) -> dict[int, str]:
    return {int(code, 16): each for code, each in zip(codes.split(), characters, strict=True)}


_GREEK: Final = dict(
    zip(
        range(0x41, 0x5B),
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ",
        strict=True,
    )
) | dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_SYMBOL: Final = (
    {code: chr(code) for code in range(0x20, 0x40)}
    | _GREEK
    | _table(
        "22 24 27 2A 2D 40 5B 5C 5D 5E 5F 60 7B 7C 7D 7E",
        "∀∃∋∗−≅[∴]⊥_\u203e{|}∼",
    )
    | _table(
        "A1 A2 A3 A4 A5 A6 A7 A8 A9 AA AB AC AD AE AF B0 B1 B2 B3 B4 B5 B6 B7 B8 B9 BA BB BC BD BE"
        " BF C0 C4 C5 C6 C7 C8 C9 CA CB CC CD CE CF D0 D1 D2 D3 D4 D5 D6 D7 D8 D9 DA DB DC DD DE DF"
        " E0 E1 E5 F1 F2",
        "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…|—↵ℵ⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈∑〉∫",
    )
)
_WINGDINGS: Final = _table(
    "21 22 28 29 2A 36 3F 46 4A 4C 6C 6D 6E 6F 70 71 72 73 74 75 76 77 78 7A 9F 9E A1 A2 A7 A8 AA"
    " AB B2 D8 DC E0 E8 F0 FB FC FD FE 80 81 82 83 84 85 86 87 88 89 8A",
    "✏✂☎✆✉⌛✍☞☺☹●❍■□❐□❒⬧⧫◆❖⬥⌧⌘•·○◉▪□✦★✧➢➲→➔⇨×√☒☑⓪①②③④⑤⑥⑦⑧⑨⑩",
)
_WINGDINGS_2: Final = _table(
    "4F 50 51 52 53 54 55 56 57 97 98 99 9A A2 A3 AE F8 69 6A 6B 6C 6D 6E 6F 70 71 72",
    "×√☒☑☒☒⊗⊗⊘●●●◯■□◆※⓪①②③④⑤⑥⑦⑧⑨",
)
_FONTS: Final = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "zapfdingbats": {0x6E: "■", 0x71: "□", 0x33: "√", 0x34: "√", 0x6F: "□"},
    "webdings": {0x61: "√", 0x63: "□", 0x67: "■", 0x6E: "●"},
}


def is_symbol_font(font: str | None) -> bool:
    """Whether letters in a font are pictures or Greek.

    >>> is_symbol_font("Wingdings 2"), is_symbol_font("SimSun")
    (True, False)
    """
    return (font or "").strip().lower() in _FONTS


def in_font(text: str, font: str | None) -> str:
    """What text in a symbol font shows; text in any other font, or of no known code, as it is.

    >>> in_font("\uf0b3", "Symbol"), in_font("R", "Wingdings 2"), in_font("R", "SimSun")
    ('≥', '☑', 'R')
    """
    table = _FONTS.get((font or "").strip().lower())
    return text if table is None else "".join(_shown(each, table) for each in text)


def _shown(character: str, table: dict[int, str]) -> str:
    code = ord(character)
    if 0xF000 <= code <= 0xF0FF:
        return table.get(code - 0xF000, character)
    return table.get(code, character) if code < 0x100 else character
