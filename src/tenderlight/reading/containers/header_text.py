"""Words in the head of a mail: encoded ones (RFC 2047), parameters (RFC 2231), and raw bytes."""

from __future__ import annotations

import binascii
import codecs
import re

from tenderlight.model import Unreadable
from tenderlight.reading.encoding import Decoded, decode

_WORD = re.compile(rb"=\?([\w.:-]{1,40})(?:\*[\w-]{0,20})?\?([bBqQ])\?([^?\r\n]{0,4000})\?=")
_BETWEEN = re.compile(rb"[ \t\r\n]*")
_PARAMETER = re.compile(
    rb";[ \t\r\n]*([\w!#$&+.^`|~%-]{1,60})(?:\*(\d{1,3}))?(\*?)[ \t\r\n]*=[ \t\r\n]*"
    rb'(?:"((?:[^"\\]|\\.)*)"|([^;]*))',
    re.S,
)
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
    at, charset, held = 0, b"", b""
    for word in _WORD.finditer(raw):
        between = raw[at : word.start()]
        joins = bool(held) and _BETWEEN.fullmatch(between) is not None
        if not (joins and word[1].lower() == charset):
            pieces.append(_text(held, charset))
            pieces.append("" if joins else _text(between))
            held = b""
        charset, at = word[1].lower(), word.end()
        held += _unwrapped(word[2], word[3])
    return "".join(pieces) + _text(held, charset) + _text(raw[at:])


def parameters(raw: bytes) -> dict[str, str]:
    """The parameters of a header's value, pieces put together, names in lower case.

    >>> parameters(b"attachment; filename*0*=UTF-8''%E6%B8%85; filename*1=.doc")
    {'filename': '清.doc'}
    """
    whole: dict[str, str] = {}
    pieces: dict[str, dict[int, bytes]] = {}
    charsets: dict[str, bytes] = {}
    for found in _PARAMETER.finditer(raw):
        name = found[1].decode("ascii", "replace").lower()
        value = found[5].strip() if found[4] is None else _ESCAPED.sub(rb"\1", found[4])
        if found[2] is None and not found[3]:
            whole.setdefault(name, header_text(value))
            continue
        number = int(found[2] or 0)
        if found[3]:
            if number == 0 and value.count(b"'") >= 2:
                charsets[name], _, value = value.split(b"'", 2)
            value = unescaped(value)
        pieces.setdefault(name, {})[number] = value
    for name, parts in pieces.items():
        joined = b"".join(parts[number] for number in sorted(parts))
        whole[name] = _text(joined, charsets.get(name, b""))
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

    Raises Unreadable (`reading.unknown-encoding`), as `decode` does.
    """
    try:
        name = codecs.lookup(charset).name if charset else "ascii"
        name = _WIDER.get(name, name)
        if name not in _SAYS_NOTHING:
            return Decoded(raw.decode(name), name)
    except (LookupError, ValueError):
        pass  # no set of that name, or other bytes than it says
    return decode(raw)


def _text(raw: bytes, charset: bytes = b"") -> str:
    """Bytes as characters whatever they are: a head has no room to say that they are none."""
    try:
        return in_charset(raw, charset.decode("ascii", "replace")).text
    except Unreadable:
        return raw.decode("gb18030", "replace")


def _unwrapped(how: bytes, text: bytes) -> bytes:
    if how in b"qQ":
        return binascii.a2b_qp(text, header=True)
    try:
        return binascii.a2b_base64(text + b"=" * (-len(text) % 4))
    except binascii.Error:
        return text
