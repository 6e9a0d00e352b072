"""Where a request may go: the hosts of the source's card, and only addresses of the internet.

A page can name any address. What it names is asked for only if it lies in the `Reach`; a name that
leads into the user's own network is not followed there, whoever wrote it.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urlsplit

import msgspec

from tenderlight.model import Refused

Address = IPv4Address | IPv6Address
PORTS = {"http": 80, "https": 443}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\\]")
_NAME = re.compile(r"[a-z0-9_]([a-z0-9_.-]{0,252}[a-z0-9_.])?")
_SAFE = "!$%&'()*+,/:;=?@[]~"
"""Left as they are in a request: what RFC 3986 reserves, and what is encoded already."""
_GLOBAL = IPv6Network("2000::/3")
"""All that is given out for use on the internet (IANA, IPv6 Global Unicast)."""
_SIX_TO_FOUR = IPv6Network("2002::/16")
_NAT64 = IPv6Network("64:ff9b::/96")
_NEVER = (
    *(IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24")),
    *(_SIX_TO_FOUR, IPv6Network("3fff::/20")),
)
"""Special (IANA), though Python before 3.13 takes some for ordinary: protocol assignments, 6to4,
documentation."""
_LOCAL = (IPv6Network("fc00::/7"), IPv6Network("::1/128"))


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """What a source may be asked at."""

    hosts: frozenset[str]
    """`www.example.org` allows its ports 80 and 443, `www.example.org:8080` that port alone. No
    wildcards: the hosts below a name are other hosts."""
    private: bool = False
    """True lets names lead to loopback and private addresses too: a portal on an intranet."""


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """An address, taken apart and found to lie within reach."""

    scheme: str
    host: str
    """Lower case, IDNA; an IPv6 address without its brackets."""
    port: int
    path: str
    """Path and query as they are sent: ASCII, never with a fragment."""

    @property
    def authority(self) -> str:
        """What the `Host` header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def target_of(url: str, reach: Reach) -> Target:
    """Take an address apart that we are to ask.

    >>> reach = Reach(hosts=frozenset({"www.example.org"}))
    >>> target_of("https://www.example.org/公告 1?a=b#top", reach)
    Target(scheme='https', host='www.example.org', port=443, path='/%E5%85%AC%E5%91%8A%201?a=b')

    Refuses (Refused) what is no plain http or https address, and whatever is out of reach.
    """
    target = _parse(url)
    allowed = {_parse_host(host) for host in reach.hosts}
    if (target.host, target.port) in allowed:
        return target
    if (target.host, None) in allowed and target.port in PORTS.values():
        return target
    raise Refused(
        f"{target.authority} is not a host of this source; {url[:200]!r} was not asked for.",
        "If it belongs to the source, name it in `hosts` of its card (with its port, if unusual).",
    )


def is_in_reach(url: str, reach: Reach) -> bool:
    """True where `fetch` would ask for this address (its name may still lead nowhere).

    >>> is_in_reach("http://127.0.0.1:8080/", Reach(hosts=frozenset({"127.0.0.1"})))
    False
    >>> is_in_reach("http://127.0.0.1:8080/", Reach(hosts=frozenset({"127.0.0.1:8080"})))
    True
    """
    try:
        target_of(url, reach)
    except Refused:
        return False
    return True


def _parse(url: str) -> Target:
    if _CONTROL.search(url) or len(url) > 16_384:
        raise _wrong(url, "holds characters that no address may hold, or is too long")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _wrong(url, f"cannot be read ({error})") from error
    if parts.scheme not in PORTS:
        raise _wrong(url, "is not an http or https address")
    if "@" in parts.netloc:
        raise _wrong(url, "holds a user's name or password")
    path = quote(parts.path or "/", safe=_SAFE)
    if parts.query:
        path += "?" + quote(parts.query, safe=_SAFE)
    return Target(
        scheme=parts.scheme,
        host=_parse_name(parts.hostname or "", url),
        port=PORTS[parts.scheme] if port is None else _parse_port(port, url),
        path=path,
    )


def _parse_port(port: int, url: str) -> int:
    if not port:
        raise _wrong(url, "names port 0")
    return port


def _parse_name(host: str, url: str) -> str:
    if ":" in host:
        try:
            return str(IPv6Address(host))
        except ValueError as error:
            raise _wrong(url, f"names no host ({error})") from error
    try:
        name = host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise _wrong(url, f"names no host ({error})") from error
    if not _NAME.fullmatch(name):
        raise _wrong(url, "names no host")
    return name


def _parse_host(host: str) -> tuple[str, int | None]:
    """A host of a card: its name, and its port where one is given."""
    target = _parse(f"http://{host}/")
    return target.host, urlsplit(f"http://{host}/").port


def _wrong(url: str, what: str) -> Refused:
    return Refused(f"{url[:200]!r} {what}; it was not asked for.", "Correct the address.")


def is_permitted(text: str, *, private: bool) -> bool:
    """True for an address that a request may go to.

    >>> is_permitted("93.184.216.34", private=False), is_permitted("127.0.0.1", private=False)
    (True, False)
    >>> is_permitted("10.0.0.7", private=True), is_permitted("169.254.169.254", private=True)
    (True, False)

    Refused either way: link-local (a cloud's keys lie there), multicast, unspecified, reserved and
    documentation addresses, shared ones (100.64.0.0/10), 6to4 and Teredo tunnels. An IPv4 address
    inside an IPv6 one (mapped, NAT64) is judged as itself.
    """
    address = _unwrap(ip_address(text))
    if isinstance(address, IPv4Address):
        ordinary = address.is_global and not address.is_multicast and not _is_never(address)
        near = address.is_private and not _is_special(address)
    else:
        ordinary = address in _GLOBAL and address.is_global and not _is_never(address)
        near = any(address in network for network in _LOCAL)
    return ordinary or (private and near)


def _is_never(address: Address) -> bool:
    return any(address in network for network in _NEVER)


def _is_special(address: IPv4Address) -> bool:
    """Private in IANA's wide sense, but nothing that an intranet would use."""
    if address.is_loopback:
        return False
    first, second = address.packed[:2]
    return not (
        first == 10 or (first == 172 and 16 <= second < 32) or (first == 192 and second == 168)
    )


def _unwrap(address: Address) -> Address:
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            return address
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in _NAT64:
            return IPv4Address(address.packed[12:])
    return address
