"""What is done to a page behind its site: not modified, redesigned, baited."""

from __future__ import annotations

from dataclasses import replace

from .page import Page, http_date


def unmodified(page: Page, headers: dict[str, str]) -> Page:
    """304 where the client has this version already."""
    if page.version is None or page.status != 200:
        return page
    tag, since = headers.get("if-none-match"), headers.get("if-modified-since")
    dated = page.modified and since == http_date(page.modified) and tag is None
    same = tag == f'"{page.version}"' or dated
    return replace(page, status=304, body=b"") if same else page


def redesigned(page: Page) -> bytes:
    """The same words in other markup: other classes, other elements, other keys."""
    body = page.body
    changes: tuple[tuple[bytes, bytes], ...] = (
        (b'class="', b'class="v2-'),
        (b'id="', b'id="v2-'),
        (b"<ul", b"<section"),
        (b"<li>", b"<div>"),
        (b"<h2", b"<h4"),
        (b"<table", b"<div"),
        (b"<td", b"<b"),
        (b'"rows"', b'"records"'),
        (b'"data"', b'"result"'),
        (b"<item>", b"<piece>"),
        (b"<entry>", b"<piece>"),
        (b"<loc>", b"<at>"),
    )
    for was, now in changes:
        body = body.replace(was, now)
    return body


def baited(body: bytes, trap: str) -> bytes:
    """Links to other hosts, to inner addresses and to files among the attachments."""
    places = (trap, "http://10.0.0.1/a.pdf", "http://169.254.169.254/a.pdf", "file:///etc/hostname")
    links = "".join(f'<a class="bizDownload file" href="{one}">a.pdf</a>' for one in places)
    inside = f"<p>{links}</p>".encode()
    for mark in (b"<ul class='fujian'>", b'<ul id="files">', b'<div class="fj">', b"</article>"):
        if mark in body:
            after = inside + mark if mark == b"</article>" else mark + inside
            return body.replace(mark, after, 1)
    return body
