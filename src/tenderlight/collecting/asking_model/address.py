"""Where a language model answers, and the key that its owner gave the user."""

from __future__ import annotations

import re
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from tenderlight.collecting.fetching.fetch import Reach
from tenderlight.collecting.fetching.guard import is_permitted, target_of
from tenderlight.model import Refused

PATH = "/chat/completions"
_KEY = re.compile(rb"[\x21-\x7e]{1,4000}")


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """An address that is asked, and nothing beside it."""

    url: str
    reach: Reach
    is_near: bool
    """True for this computer, and for a private address that the user typed herself."""

    @property
    def is_open(self) -> bool:
        """True where anybody on the way could read along: no TLS, and not near."""
        return self.url.startswith("http:") and not self.is_near


def parse_address(address: str, *, private: bool = False) -> Address:
    """The address of a server that answers as OpenAI's does: `/v1/chat/completions`.

    >>> parse_address("http://127.0.0.1:11434").url
    'http://127.0.0.1:11434/v1/chat/completions'
    >>> parse_address("https://models.example/api/v1/").url
    'https://models.example/api/v1/chat/completions'

    A private address is asked where it was typed as such (`127.0.0.1`, `10.0.0.7`, `localhost`);
    a name that leads to one only with `private`. Refuses (Refused) what is no plain http or https
    address, one that holds a user's name, a password or a question, and link-local addresses.
    """
    if not address.isprintable():  # what follows would leave out line breaks, and go on
        raise Refused(f"{address[:200]!r} is no address.", "Type it on one line.")
    parts = urlsplit(address.strip())
    if parts.query or parts.fragment:
        raise Refused(f"{address[:200]!r} holds more than a place.", "Leave out ? and # and after.")
    path = parts.path.rstrip("/")
    if not path.endswith(PATH):
        path = (path or "/v1") + PATH
    url = f"{parts.scheme}://{parts.netloc}{path}"
    near = _is_near(parts.hostname or "")
    reach = Reach(hosts=frozenset({parts.netloc}), private=private or near)
    target_of(url, reach)
    return Address(url=url, reach=reach, is_near=near or private)


def load_key(path: Path, root: Path, address: Address) -> str:
    """The key in a file of one line. It is sent to the address, and kept nowhere.

    Refuses (Refused) a file inside the corpus, which would be handed on with it, one that is no
    line of printable ASCII, and to send a key where anybody on the way could read it.
    """
    if path.resolve().is_relative_to(root.resolve()):
        raise Refused(f"{path} lies in the corpus.", "Keep keys where nobody hands them on.")
    if address.is_open:
        raise Refused(
            "A key is not sent over http: anybody on the way could read it.", "Use https."
        )
    try:
        with path.open("rb") as file:
            key = file.read(5000).strip()
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.", "Name a file.") from error
    if not _KEY.fullmatch(key):
        raise Refused(f"{path} holds no key.", "Write the key, and nothing else, on one line.")
    return key.decode("ascii")


def where(url: str, ip: str | None) -> str:
    """Who was asked, as it is kept: nothing that would say whose computer it was.

    >>> where("http://127.0.0.1:11434/v1/chat/completions", "127.0.0.1")
    'this computer'
    >>> where("http://gpu.lan/v1/chat/completions", "192.168.0.7")
    'a private network'
    >>> where("https://models.example/v1/chat/completions", "93.184.216.34")
    'https://models.example'
    """
    if ip is not None and ip_address(ip).is_loopback:
        return "this computer"
    if ip is not None and not is_permitted(ip, private=False):
        return "a private network"
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"[:200]


def _is_near(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        ip_address(host)
    except ValueError:
        return False
    return is_permitted(host, private=True) and not is_permitted(host, private=False)
