"""A page that a source answered with: its characters, its elements, the addresses in it."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from resiliparse.parse.encoding import detect_encoding
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from tenderlight.sources.soup import too_deep

_WIDER = {"gb2312": "gb18030", "gbk": "gb18030"}
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^<>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([a-zA-Z0-9_.:-]{1,40})""",
    re.I,
)
_FEW, _BROKEN_SHARE = 3, 0.005
"""Broken characters that are forgiven: a page in another encoding has hundreds of them."""
_SPACES = re.compile(r"\s+")
_QUOTED = re.compile(r"""'([^'\\<>]{1,2000})'|"([^"\\<>]{1,2000})\"""")
_ATTRIBUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9_:-]{0,40}")
_STRIPPED = "\t\n\r\x0b\x0c "
_LONGEST = 4096
"""Characters of an address; browsers and servers stop at about twice that."""


def decode_page(payload: bytes) -> str:
    """The characters of a page: strict UTF-8, else as it declares, else Chinese, else a guess.

    >>> decode_page("<meta charset=utf-8>采购公告：视频监控".encode("gbk"))
    '<meta charset=utf-8>采购公告：视频监控'
    """
    try:
        return payload.decode("utf-8-sig")
    except UnicodeDecodeError:
        guess = detect_encoding(payload[:65_536], html5_compatible=True) or "gb18030"
    declared = _DECLARED.search(payload[:4096])
    names = (declared[1].decode("ascii").lower() if declared else "utf-8", "gb18030", guess)
    for name in names:
        text = _decoded(payload, _WIDER.get(name, name))
        if text.count("\ufffd") <= _FEW + len(text) * _BROKEN_SHARE:
            return text
    return _decoded(payload, "utf-8")


def _decoded(payload: bytes, name: str) -> str:
    try:
        return payload.decode(name, "replace")
    except (LookupError, UnicodeError):
        return payload.decode("utf-8", "replace")


def open_page(payload: bytes) -> LexborHTMLParser | str:
    """A page's elements, or why it was not parsed: then it is not what the card says."""
    text = decode_page(payload)
    return too_deep(text) or LexborHTMLParser(text)


def split_selector(selector: str) -> tuple[str, str | None]:
    """The style-sheet selector and the attribute behind `@`.

    >>> split_selector("a.more@href"), split_selector("@onclick"), split_selector("span")
    (('a.more', 'href'), ('', 'onclick'), ('span', None))
    """
    css, mark, attribute = selector.rpartition("@")
    return (css.strip(), attribute.strip()) if mark else (selector.strip(), None)


def wrong_selector(selector: str) -> str | None:
    """Why a selector cannot be used; None where it can."""
    css, attribute = split_selector(selector)
    if attribute is not None and not _ATTRIBUTE.fullmatch(attribute):
        return f"{attribute[:40]!r} is no name of an attribute"
    if not css:
        return None if attribute else "it is empty"
    try:
        LexborHTMLParser("<p>").css_first(css)
    except (SelectolaxError, ValueError, RuntimeError) as error:
        return f"{css[:80]!r}: {str(error)[:80]}"
    return None


def pick(node: LexborNode, selector: str) -> str | None:
    """The words of the first element that a selector names, or its attribute; None if not there.

    >>> row = LexborHTMLParser("<li id=r><a title='全名' href=/1>名</a></li>").css_first("li")
    >>> pick(row, "a@title"), pick(row, "a"), pick(row, "@id"), pick(row, "b")
    ('全名', '名', 'r', None)
    """
    css, attribute = split_selector(selector)
    found = node.css_first(css) if css else node
    if found is None:
        return None
    words = found.attributes.get(attribute) if attribute else found.text(separator=" ")
    return _SPACES.sub(" ", words or "").strip() or None


def quoted(script: str) -> str | None:
    """The first quoted text of a script: the address in `window.open('/a.html')`."""
    match = _QUOTED.search(script)
    return (match[1] or match[2]) if match else None


def join_address(base: str, link: str) -> str | None:
    """A link as an absolute address; None for what leads nowhere (`javascript:`, `mailto:` …).

    >>> join_address("https://a.cn/x/list.html", "../y/公告 1.html#top")
    'https://a.cn/y/%E5%85%AC%E5%91%8A%201.html'
    >>> join_address("https://a.cn/", "javascript:void(0)")
    """
    link = link.strip(_STRIPPED).translate({9: None, 10: None, 13: None})
    if not link or link.startswith("#") or len(link) > _LONGEST:
        return None
    try:
        parts = urlsplit(urljoin(base, link))
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
        _ = parts.port
    except ValueError:
        return None
    kept = "/%:=&?~#+!$,;'@()*[]"
    return urlunsplit(
        (parts.scheme, parts.netloc, quote(parts.path or "/", safe=kept), _query(parts.query), "")
    )


def _query(query: str) -> str:
    return quote(query, safe="/%:=&?~+!$,;'@()*[]")


def first_number(text: str | None) -> int | None:
    """The first number in a text.

    >>> first_number("共 1,234 条，25 页")
    1234
    """
    match = re.search(r"\d{1,3}(?:,\d{3})+(?!\d)|\d{1,12}", text or "")
    return int(match[0].replace(",", "")) if match else None
