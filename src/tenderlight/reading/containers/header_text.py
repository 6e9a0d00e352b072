"""Words in the head of a mail: encoded ones (RFC 2047), parameters (RFC 2231), and raw bytes."""

from __future__ import annotations

import binascii
import codecs
import re
from itertools import islice

from tenderlight.model import Unreadable
from tenderlight.reading import limits
from tenderlight.reading.encoding import Decoded, decode

_WORD = re.compile(rb"=\?([\w.:-]{1,40})(?:\*[\w-]{0,20})?\?([bBqQ])\?([^?\r\n]{0,4000})\?=")
_BETWEEN = re.compile(rb"[ \t\r\n]*")
_PARAMETER = re.compile(
    rb";[ \t\r\n]*([\w!#$&+.^`|~%-]{1,60})(?:\*(\d{1,3}))?(\*?)[ \t\r\n]*=[ \t\r\n]*"
    rb'(?:"((?:[^"\\]|\\.){0,2000})"|([^;]*))',
    re.S,
)
_PARAMETERS = 60
"""Of one field; a name of 200 characters in pieces takes 20."""
_ESCAPED = re.compile(rb"\\(.)", re.S)
_PERCENT = re.compile(rb"%([0-9a-fA-F]{2})")
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}
_SAYS_NOTHING = ("ascii", "iso8859-1", "cp1252")
"""Declared by programs that do not know; any bytes can be read in the last two."""


def header_text(raw: bytes) -> str:
    """A header's value as characters.

    >>> header_text(b"=?GB2312?B?ssm5ug==?= =?gb2312?Q?=B9=AB=B8=E6?= 1")
    '采购公告 1'
    """
    pieces: list[str] = []
    at, charset, held = 0, "", b""
    for word in _WORD.finditer(raw):
        between = raw[at : word.start()]
        joins = bool(held) and _BETWEEN.fullmatch(between) is not None
        stated = word[1].decode("ascii").lower()
        if not (joins and stated == charset):
            pieces.append(short_text(held, charset))
            pieces.append("" if joins else short_text(between))
            held = b""
        charset, at = stated, word.end()
        held += _unwrapped(word[2], word[3])
    return "".join(pieces) + short_text(held, charset) + short_text(raw[at:])


def parameters(raw: bytes) -> dict[str, str]:
    """The parameters of a header's value, pieces put together, names in lower case.

    >>> parameters(b"attachment; filename*0*=UTF-8''%E6%B8%85; filename*1=.doc")
    {'filename': '清.doc'}
    """
    whole: dict[str, str] = {}
    pieces: dict[str, dict[int, bytes]] = {}
    charsets: dict[str, str] = {}
    for found in islice(_PARAMETER.finditer(raw), _PARAMETERS):
        name = found[1].decode("ascii", "replace").lower()
        value = found[5].strip() if found[4] is None else _ESCAPED.sub(rb"\1", found[4])
        if found[2] is None and not found[3]:
            whole.setdefault(name, header_text(value))
            continue
        number = int(found[2] or 0)
        if found[3]:
            if number == 0 and value.count(b"'") >= 2:
                charset, _, value = value.split(b"'", 2)
                charsets[name] = charset.decode("ascii", "replace")
            value = unescaped(value)
        pieces.setdefault(name, {})[number] = value
    for name, parts in pieces.items():
        joined = b"".join(parts[number] for number in sorted(parts))
        whole[name] = short_text(joined, charsets.get(name, ""))
    return whole


def unescaped(raw: bytes) -> bytes:
    """Bytes with `%E6` and the like taken off, as in addresses.

    >>> unescaped(b"%E6%B8%85.doc").decode()
    '清.doc'
    """
    return _PERCENT.sub(lambda each: bytes([int(each[1], 16)]), raw)


def in_charset(raw: bytes, charset: str) -> Decoded:
    """Bytes as characters in the set that was declared, if it fits; else in the likeliest.

    >>> in_charset("采购".encode("gbk"), "us-ascii").text, in_charset(b"\\xcf\\xf0", "koi8-r").text
    ('采购', 'оП')

    Raises Unreadable: `reading.unknown-encoding`, `reading.too-large`.
    """
    if len(raw) > limits.TEXT_BYTES:
        raise Unreadable(
            "reading.too-large",
            f"A text of {len(raw) >> 20} MB; at most {limits.TEXT_BYTES >> 20} MB are read.",
            "Take it out by hand, split it, and add its parts.",
        )
    try:
        name = codecs.lookup(charset).name if charset else "ascii"
        name = _WIDER.get(name, name)
        if name not in _SAYS_NOTHING:
            return Decoded(raw.decode(name), name)
    except (LookupError, ValueError):
        pass  # no set of that name, or other bytes than it says
    return decode(raw)


def short_text(raw: bytes, charset: str = "") -> str:
    """A name or title as characters whatever the bytes are: there is no room to say they are none.

    >>> short_text("公告.doc".encode("gbk")), len(short_text(b"\\x80\\xff\\x80"))
    ('公告.doc', 3)
    """
    try:
        return in_charset(raw, charset).text
    except Unreadable:
        return raw.decode("gb18030", "replace")


def _unwrapped(how: bytes, text: bytes) -> bytes:
    if how in b"qQ":
        return binascii.a2b_qp(text, header=True)
    try:
        return binascii.a2b_base64(text + b"=" * (-len(text) % 4))
    except binascii.Error:
        return text
