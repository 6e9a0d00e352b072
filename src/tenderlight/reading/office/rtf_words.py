"""The words of RTF: how it is cut into them, and which text they begin, leave out or stand for.

The names are those of Microsoft's specification of RTF 1.9.1.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

TOKEN: Final = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])"
    rb"|([^\\{}\r\n]{1,65536})|[\r\n]+|\\"
)
"""A control word with its number, a byte in hex, a control symbol, a brace, or text."""

CHARSETS: Final = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "big5hkscs",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
"""The encoding of a font's text by its character set."""
PAGES: Final = {
    936: "gb18030",
    54936: "gb18030",
    950: "big5hkscs",
    10000: "mac_roman",
    65001: "utf-8",
}
SYMBOL_SET: Final = 2

SHOWN: Final = {
    "tab": "\t", "line": "\n", "lbr": "\n", "page": "\n", "column": "\n", "softline": "\n",
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
}  # fmt: skip
SYMBOLS: Final = {"~": "\xa0", "_": "-"}
"""Control symbols that stand for a character."""

_LEFT_OUT = """
    colortbl info nonshppict shprslt sn sv sp objclass objname objalias objsect atnid
    atnauthor atntime atnicn atnref atndate xe tc tcn rxe txe ftnsep ftnsepc ftncn aftnsep
    aftnsepc aftncn nonesttables filetbl revtbl private keycode template mmathpict pntxta
    pntxtb bkmkstart bkmkend datafield listtable listoverridetable
"""
LEFT_OUT: Final = frozenset(_LEFT_OUT.split())
"""Groups whose text is not shown, or is shown by another group."""
_OPENED = """
    shppict shpinst shptxt nesttableprops fldinst objdata ud footnote annotation formfield
    mmath momath momathpara pntext listtext dptxbxtext do dpobj
"""
OPENED: Final = frozenset(_OPENED.split())
"""Groups that programs which do not know them skip, and that are read here."""
HEADS: Final = frozenset(("header", "headerl", "headerr", "headerf"))
FEET: Final = frozenset(("footer", "footerl", "footerr", "footerf"))
NOTES: Final = frozenset(("footnote", "annotation"))
BOXES: Final = frozenset(("shptxt", "dptxbxtext"))
PICTURES: Final = {
    "pngblip": "png", "jpegblip": "jpg", "emfblip": "emf", "wmetafile": "wmf", "dibitmap": "bmp",
    "macpict": "wmf",
}  # fmt: skip


def codec_of_page(page: int) -> str:
    """The encoding of an ANSI code page.

    >>> codec_of_page(936), codec_of_page(1251), codec_of_page(7)
    ('gb18030', 'cp1251', 'cp1252')
    """
    name = PAGES.get(page, f"cp{page}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name
