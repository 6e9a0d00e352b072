"""The index of a web archive: where the record of an address lies. CDXJ, in compressed blocks."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

import msgspec

BLOCK = 1024
"""Lines in a block; a replaying program fetches one block at a time."""
WWW = re.compile(r"www\d*\.")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One record of an archive."""

    url: str
    when: str
    """RFC 3339, UTC."""
    mime: str
    status: int
    digest: str
    """Of the document, `sha256:…`."""
    filename: str
    offset: int
    length: int


def key(url: str) -> str:
    """The address as indexes sort it: host turned round, lower case, its query in order.

    >>> key("https://www.Example.com:8443/A/b.html?z=1&a=2")
    'com,example:8443)/a/b.html?a=2&z=1'
    >>> key("file:///甲 1.html")
    'file:///甲%201.html'
    """
    lower = url.lower().replace(" ", "%20").replace("\n", "%0A").replace("\r", "%0D")
    try:
        parts = urlsplit(lower)
        port = parts.port
    except ValueError:
        return lower
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return lower
    host = WWW.sub("", parts.hostname, count=1) if WWW.match(parts.hostname) else parts.hostname
    usual = {"http": 80, "https": 443}[parts.scheme]
    at = ",".join(reversed(host.split("."))) + (f":{port}" if port and port != usual else "")
    query = "&".join(sorted(parts.query.split("&"), key=lambda pair: pair.partition("=")[0]))
    return f"{at}){parts.path or '/'}" + (f"?{query}" if query else "")


def moment(when: str) -> str:
    """A time as indexes have it: its first 14 digits.

    >>> moment("2026-11-22T06:46:33.120Z")
    '20261122064633'
    """
    return re.sub(r"\D", "", when)[:14].ljust(14, "0")


def index(entries: Iterable[Entry]) -> tuple[bytes, bytes]:
    """The index in blocks (`index.cdx.gz`), and the table of its blocks (`index.idx`)."""
    lines = sorted(_line(entry) for entry in entries)
    blocks, table = bytearray(), ['!meta 0 {"format":"cdxj-gzip-1.0","filename":"index.cdx.gz"}']
    for start in range(0, max(len(lines), 1), BLOCK):
        some = lines[start : start + BLOCK]
        block = gzip.compress("".join(some).encode(), mtime=0)
        if some:
            place = {
                "offset": len(blocks),
                "length": len(block),
                "digest": f"sha256:{hashlib.sha256(block).hexdigest()}",
                "filename": "index.cdx.gz",
            }
            name = some[0].partition(" {")[0]
            table.append(f"{name} {msgspec.json.encode(place).decode()}")
        blocks += block
    return bytes(blocks), "".join(f"{line}\n" for line in table).encode()


def _line(entry: Entry) -> str:
    said = {
        "url": entry.url,
        "mime": entry.mime,
        "status": str(entry.status),
        "digest": entry.digest,
        "length": str(entry.length),
        "offset": str(entry.offset),
        "filename": entry.filename,
    }
    return f"{key(entry.url)} {moment(entry.when)} {msgspec.json.encode(said).decode()}\n"
