"""The text of a mail as Outlook keeps it: packed RTF, often with a web page folded into it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from tenderlight.reading import limits
from tenderlight.reading.containers.header_text import in_charset
from tenderlight.reading.encoding import Decoded

_KNOWN: Final = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""What the window holds before the first byte: [MS-OXRTFCP] §2.1.2.1."""
_PACKED, _PLAIN = b"LZFu", b"MELA"
_WINDOW: Final = 4096
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)"
)
_SAID = {b"par": b"\r\n", b"line": b"\r\n", b"tab": b"\t", b"lquote": b"&lsquo;"}
_SAID |= {b"rquote": b"&rsquo;", b"ldblquote": b"&ldquo;", b"rdblquote": b"&rdquo;"}
_SAID |= {b"bullet": b"&bull;", b"endash": b"&ndash;", b"emdash": b"&mdash;"}
_UNSEEN = (b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pntext", b"mhtmltag")


def unpacked(packed: bytes) -> bytes:
    """RTF out of the form in which Outlook packs it ([MS-OXRTFCP]); empty if it is none.

    >>> unpacked(bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205768") + bytes(8))[:6]
    b'{\\\\rtf1'
    """
    kind = packed[8:12]
    if kind == _PLAIN:
        return packed[16:]
    if kind != _PACKED:
        return b""
    size = min(int.from_bytes(packed[4:8], "little"), limits.RICH_TEXT_BYTES)
    window = bytearray(_KNOWN.ljust(_WINDOW, b"\x00"))
    out = bytearray()
    at, place = 16, len(_KNOWN)
    while at < len(packed) and len(out) < size:
        control = packed[at]
        at += 1
        for bit in range(8):
            step, width = _step(packed, at, window, place, bool(control >> bit & 1))
            if not step:
                return bytes(out)
            for byte in step:
                window[place] = byte
                place = (place + 1) % _WINDOW
            out += step
            at += width
    return bytes(out)


def _step(
    packed: bytes, at: int, window: bytearray, place: int, is_reference: bool
) -> tuple[bytes, int]:
    """The next bytes, and how many of the packed ones they took; none at the end."""
    if not is_reference:
        return packed[at : at + 1], 1
    pair = int.from_bytes(packed[at : at + 2], "big")
    start, length = pair >> 4, (pair & 15) + 2
    if start == place or at + 2 > len(packed):
        return b"", 2
    distance = (place - start) % _WINDOW
    seen = bytes(window[(start + n % distance) % _WINDOW] for n in range(length))
    return seen, 2


def folded_page(rtf: bytes) -> Decoded | None:
    """The web page that was folded into RTF ([MS-OXRTFEX] §2.1.3); None if there is none.

    >>> page = rb"{\\rtf1\\ansicpg936\\fromhtml1{\\*\\htmltag <b>}\\'d4\\'a4\\'cb\\'e3}"
    >>> folded_page(page).text
    '<b>预算'

    Raises Unreadable (`reading.unknown-encoding`).
    """
    if b"\\fromhtml" not in rtf[:2000]:
        return None
    page = _Folded()
    for token in _TOKEN.finditer(rtf):
        page.take(token)
    return in_charset(bytes(page.out), f"cp{page.codepage}")


@dataclass(slots=True)
class _Folded:
    """One pass over the RTF: which group is open, and what of it belongs to the page."""

    out: bytearray = field(default_factory=bytearray)
    codepage: int = 1252
    group: str = "text"
    """`text` belongs to the page unless `hidden`, `tag` belongs to it always, `skip` never."""
    hidden: bool = False
    starred: bool = False
    """The last token was `\\*`: an unknown word now makes the group one to skip."""
    replaced: int = 0
    """How many characters that come next stand for a `\\u` before them."""
    open_groups: list[tuple[str, bool]] = field(default_factory=list)

    def take(self, token: re.Match[bytes]) -> None:
        """Take one token: a word, a coded byte, a sign, a brace, or text."""
        word, number, code, sign, brace, text = token.groups()
        starred, self.starred = self.starred, sign == b"*"
        if word:
            self._word(word, int(number or 1), starred)
        elif brace == b"{":
            self.open_groups.append((self.group, self.hidden))
        elif brace and self.open_groups:
            self.group, self.hidden = self.open_groups.pop()
        elif code:
            self._say(bytes.fromhex(code.decode("ascii")))
        elif sign and sign in b"\\{}":
            self._say(sign)
        elif sign == b"~":
            self._say(b"&nbsp;")
        elif text:
            self._say(text)

    def _word(self, word: bytes, number: int, starred: bool) -> None:
        if word == b"htmltag" and starred:
            self.group = "tag"
        elif starred or word in _UNSEEN:
            self.group = "skip"
        elif word == b"htmlrtf":
            self.hidden = bool(number)
        elif word == b"ansicpg":
            self.codepage = number
        elif word == b"u":
            self._say(b"&#%d;" % (number % 65536))
            self.replaced = 1
        elif word in _SAID:
            self._say(_SAID[word])

    def _say(self, text: bytes) -> None:
        if self.replaced:
            self.replaced = 0
            text = b"" if len(text) > 1 and text[:1] == b"&" else text[1:]
        if self.group == "tag" or (self.group == "text" and not self.hidden):
            self.out += text
