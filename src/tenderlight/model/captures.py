"""What was seen, and what was preserved of it: the words of the evidence."""

from __future__ import annotations

from typing import Literal

import msgspec

Role = Literal["notice", "attachment", "visit", "list", "run", "other"]
"""What a capture is to us. Only a `notice` becomes a row: the first good answer of its place, or a
file that was added. A `visit` is any later look at it, whatever came back; a `list` is a page that
leads to notices, a search answer too; a `run` is our own report of a collection."""
Truncated = Literal["length", "time", "disconnect"]
"""Why less was received than was announced or sent: the words of WARC-Truncated."""


class Statement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a manifest line says of a file. `line` is that line, verbatim: it is evidence too."""

    line: str
    title: str | None = None
    date: str | None = None
    """As the manifest prints it, `2025-03-24 00:00`."""
    region: str | None = None
    region_code: str | None = None
    """A division code of GB/T 2260, six digits."""
    source: str | None = None
    """The portal's name, where the manifest says."""


class Exchange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a request over HTTP was answered with. The whole of it, head included, is the record."""

    source: str
    """The source's name: its folder in `sources/`, or `import` for an archive made by others."""
    run: str
    """The name of the run that asked, `20261122T064633Z-ccgp`: its report has the same."""
    status: int | None = None
    """None where no answer came; then `error` says why, and the document is our note of that."""
    error: str | None = None
    """A stable word: `refused`, `timeout`, `dns`, `tls`, `reset`, `protocol`, `private-address`,
    `robots`, `robots-unanswered` (its robots.txt could not be had, so nothing was asked)."""
    media_type: str | None = None
    """As the answer states it, lower case, without parameters."""
    location: str | None = None
    """Where a redirect leads, as an absolute address."""
    method: str = "GET"
    asked: str | None = None
    """SHA-256 of the request's body, where it had one."""
    page: str | None = None
    """The address at which a person reads what the API answered here."""
    ip: str | None = None
    certificate: str | None = None
    """SHA-256 of the server's certificate (DER)."""
    truncated: Truncated | None = None
    undecoded: str | None = None
    """A content coding that could not be taken off within the limits: the document still has it."""


class Capture(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One document as it was added, byte for byte: a line of the ledger."""

    id: str
    """16 hex digits, from the payload's digest and the place it came from: the notice's name."""
    file: str
    """The name under which it was added, relative to the folder that was added."""
    sha256: str
    """Of the payload: the name by which every step knows the document."""
    size: int
    """Of the payload, in bytes."""
    added: str
    """When it was preserved here, UTC, RFC 3339."""
    warc: str
    """The WARC file, relative to `evidence/`."""
    offset: int
    """Where the record starts in that file."""
    length: int
    """How many bytes the record takes there."""
    record_sha256: str
    """Of the whole record as it lies in the file, headers and all."""
    url: str | None = None
    captured: str | None = None
    """When it was fetched, as the manifest says; None where that is not known. Of what we fetched
    ourselves: when the request was sent, UTC, RFC 3339 to the millisecond."""
    stated: Statement | None = None
    role: Role = "notice"
    of: str | None = None
    """The id of the notice that an attachment or a visit belongs to."""
    exchange: Exchange | None = None
    """None for a file that was added."""


class Stamp(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A time stamp (RFC 3161) over the digest of a ledger line: what was there before that moment.

    The token and the authority's certificates lie in `evidence/stamps/`, named here.
    """

    authority: str
    """A name that the user gave it, `freetsa`."""
    url: str
    line: int
    """The ledger line whose digest was stamped; it vouches for all before it."""
    sha256: str
    """The digest of that line."""
    stamped: str
    """The time in the token, UTC, RFC 3339."""
    file: str
    """The answer of the authority as it came, DER, relative to `evidence/`."""
    file_sha256: str
    roots: str
    """The certificates that the user trusts for this authority, PEM, relative to `evidence/`."""
    roots_sha256: str


class Withdrawal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A record that was taken out of the evidence, and the tombstone that stands in its place."""

    id: str
    """Of the capture. Its ledger line stays."""
    line: int
    """The number of that line."""
    length: int
    """Of the tombstone with its padding: exactly the room of the records it replaces."""
    record_sha256: str
    """Of the tombstone's bytes as they lie in the file."""
    reason: str
    by: str
    """Who decided: an office or role, or a person who agreed to be named here for good."""
    decided: str
    """UTC, RFC 3339."""
