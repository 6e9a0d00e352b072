"""What an address says by itself: a site's home, a list, a login, an error page."""

from __future__ import annotations

import re

_PARTS = re.compile(r"https?://([^/?#]+)([^?#]*)(\?[^#]*)?", re.I)
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.I)
_HOME = re.compile(r"/?(?:(?:index|default|home|main)(?:\.[a-z]{2,5})?/?)?\Z", re.I)
_DOOR = re.compile(r"(?<![a-z])(?:login|signin|sso|captcha|verify|waf|challenge)(?![a-z])", re.I)
_LOST = re.compile(
    r"(?<![a-z0-9])(?:404|not[-_]?found|error|nopage|deleted|expired)(?![a-z0-9])", re.I
)


def host_of(url: str | None) -> str:
    """The host and port of an address, lower case; "" where it is none.

    >>> host_of("HTTP://Zb.Example:8080/a?b")
    'zb.example:8080'
    """
    match = _PARTS.match(url or "")
    return match[1].lower() if match else ""


def is_same_place(one: str, other: str) -> bool:
    """Whether two addresses differ in nothing that matters: scheme, `www.`, session, last slash.

    >>> is_same_place("http://a.example/n/1.html", "https://www.a.example/n/1.html")
    True
    """
    return _place(one) == _place(other)


def is_home(url: str) -> bool:
    """Whether it is a site's front page.

    >>> is_home("https://a.example/"), is_home("https://a.example/index.html?id=3")
    (True, False)
    """
    match = _PARTS.match(url)
    return bool(match and _HOME.match(match[2]) and not match[3])


def is_above(url: str, notice: str) -> bool:
    """Whether it is the front page of a folder in which the notice lay.

    >>> is_above("https://a.example/zfcg/index.htm", "https://a.example/zfcg/2026/1.html")
    True
    """
    one, other = _PARTS.match(url), _PARTS.match(notice)
    if one is None or other is None or one[1].lower() != other[1].lower() or one[3]:
        return False
    folder, _, name = one[2].rpartition("/")
    return bool(_HOME.match(name)) and other[2].startswith(folder + "/")


def is_door(url: str) -> bool:
    """Whether it asks who you are: a login, a verification."""
    match = _PARTS.match(url)
    return bool(match and _DOOR.search(match[2]))


def is_lost(url: str) -> bool:
    """Whether it is the address of an error page.

    >>> is_lost("https://a.example/404.html"), is_lost("https://a.example/n/14041.html")
    (True, False)
    """
    match = _PARTS.match(url)
    return bool(match and _LOST.search(match[2]))


def _place(url: str) -> tuple[str, str, str]:
    match = _PARTS.match(_SESSION.sub("", url))
    if match is None:
        return "", url, ""
    host = match[1].lower().removeprefix("www.").removesuffix(":80").removesuffix(":443")
    return host, match[2].rstrip("/"), match[3] or ""
