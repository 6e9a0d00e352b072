"""A page that a source answered with: its characters, its elements, the addresses in it."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from resiliparse.parse.encoding import detect_encoding
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from tenderlight.soup import find_soup
from tenderlight.sources.template import fill

BYTES = 32 << 20
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
_BREAKS = dict.fromkeys(map(ord, "\t\n\r"))
_KEPT = "/%:=&~+!$,;'@()*[]"
"""What stays as it is in an address; all else but letters, digits and -._~ is percent-encoded."""
_LONGEST = 4096
"""Characters of an address; browsers and servers stop at about twice that."""


def decode_page(payload: bytes) -> tuple[str, str]:
    """The characters of a page, and in which encoding it is.

    >>> decode_page("<meta charset=utf-8>采购公告：视频监控".encode("gbk"))
    ('<meta charset=utf-8>采购公告：视频监控', 'gb18030')

    Strict UTF-8; else as it declares, else Chinese, else a guess: the first with next to nothing
    broken. What a head of HTTP declares is not asked; it is wrong more often than the page.
    """
    try:
        return payload.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        guess = detect_encoding(payload[:65_536], html5_compatible=True) or "gb18030"
    declared = _DECLARED.search(payload[:4096])
    names = (declared[1].decode("ascii").lower() if declared else "utf-8", "gb18030", guess)
    for name in names:
        charset = _WIDER.get(name, name)
        text = _decoded(payload, charset)
        if text.count("\ufffd") <= _FEW + len(text) * _BROKEN_SHARE:
            return text, charset
    return _decoded(payload, "utf-8"), "utf-8"


def _decoded(payload: bytes, charset: str) -> str:
    try:
        return payload.decode(charset, "replace")
    except (LookupError, UnicodeError):
        return "\ufffd" * len(payload)


class Page:
    """A page that was parsed: its elements, and what its links mean."""

    def __init__(self, text: str, url: str, charset: str) -> None:
        self.tree = LexborHTMLParser(text)
        self._url, self._charset = url, charset

    def select(self, selector: str | None) -> list[LexborNode]:
        """All elements that a selector names, without its `@`."""
        css = split_selector(selector)[0] if selector else ""
        return self.tree.css(css) if css else []

    def pick(self, selector: str | None) -> str | None:
        """The words of the first element, or its attribute; None where it is not there."""
        root = self.tree.root
        return pick(root, selector) if selector and root is not None else None

    def has(self, selector: str | None) -> bool:
        """Whether an element is there, with words or without."""
        return bool(self.select(selector))

    def address(self, found: str | None, selector: str, template: str | None = None) -> str | None:
        """The address that a link's value means: itself, the quoted part of a script, or an id."""
        if found and (split_selector(selector)[1] or "").startswith("on"):
            found = quoted(found)
        if found and template is not None:
            found = fill(template, {"id": found}, "address")
        return join_address(self._url, found, self._charset) if found else None


def open_page(payload: bytes, url: str) -> Page | str:
    """A page, or why it was not parsed: then it is not what the card says."""
    if len(payload) > BYTES:
        return f"It has more than {BYTES >> 20} MB."
    text, charset = decode_page(payload)
    return find_soup(text) or Page(text, url, charset)


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
    words = found.attributes.get(attribute) if attribute else found.text()
    return _SPACES.sub(" ", words or "").strip() or None


def quoted(script: str) -> str | None:
    """The first quoted text of a script: the address in `window.open('/a.html')`."""
    match = _QUOTED.search(script)
    return (match[1] or match[2]) if match else None


def join_address(base: str, link: str, charset: str = "utf-8") -> str | None:
    """A link as an absolute address; None for what leads nowhere (`javascript:`, `mailto:` …).

    >>> join_address("https://a.cn/x/list.html", "../y/公告 1.html#top")
    'https://a.cn/y/%E5%85%AC%E5%91%8A%201.html'
    >>> join_address("https://a.cn/", "javascript:void(0)")

    As browsers do: a path is written in UTF-8, a query in the page's own encoding (URL Standard).
    """
    link = link.translate(_BREAKS).strip()
    if not link or link.startswith("#") or len(link) > _LONGEST:
        return None
    try:
        parts = urlsplit(urljoin(base, link))
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
            return None
        host = parts.netloc.lower() if parts.port is None or parts.port else ""
        host.encode("ascii")
    except ValueError:
        return None
    path = quote(parts.path or "/", safe=_KEPT)
    query = quote(parts.query, safe=_KEPT + "?", encoding=charset, errors="xmlcharrefreplace")
    return urlunsplit((parts.scheme, host, path, query, "")) if host else None


def first_number(text: str | None) -> int | None:
    """The first number in a text.

    >>> first_number("共 1,234 条，25 页")
    1234
    """
    match = re.search(r"\d{1,3}(?:,\d{3})+(?!\d)|\d{1,12}", text or "")
    return int(match[0].replace(",", "")) if match else None
