"""A request reaches only the hosts of the source, and never the user's own network unasked."""

from __future__ import annotations

import asyncio
import socket
import time
from datetime import UTC, datetime
from ipaddress import IPv4Address
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.collecting.fetching.fetch import Limits, Reach, fetch, is_in_reach
from tenderlight.collecting.fetching.guard import is_permitted, target_of
from tenderlight.model import Refused

NOW = datetime(2026, 11, 22, 6, 46, 33, tzinfo=UTC)
REACH = Reach(
    hosts=frozenset(
        {"www.example.org", "portal.example.org:8080", "公告.example", "[2606:4700::1]"}
    )
)


@pytest.mark.parametrize(
    "url",
    [
        "http://www.example.org",
        "https://WWW.example.org:443/a",
        "https://www.example.org:80/",
        "http://portal.example.org:8080/a",
        "http://xn--55qt3e.example/",
        "http://公告.example/公告",
        "http://[2606:4700::1]/",
    ],
)
def test_the_hosts_of_the_card_are_in_reach(url: str) -> None:
    assert is_in_reach(url, REACH)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "http://a.www.example.org/",
        "http://www.example.org.evil.example/",
        "http://www.example.org:8080/",
        "http://portal.example.org/",
        "http://www.example.org:22/",
        "http://www.example.org:0/",
        "http://www.example.org:99999/",
        "http://www.example.org:x/",
        "http://www.example.org@evil.example/",
        "http://user:word@www.example.org/",
        "http://evil.example\\@www.example.org/",
        "http://www.example.org\r\n/",
        "http://www.example.org/a\nb",
        "http://www.example.org/\x00",
        "http://www.example.org/\ud800",
        "http:///a",
        "http://",
        "//www.example.org/",
        "/a",
        "",
        "file:///etc/passwd",
        "ftp://www.example.org/",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://[::1/",
        "http://[fe80::1%25eth0]/",
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://www.example.org/" + "a" * 20_000,
    ],
)
def test_all_else_is_refused_before_anything_is_sent(url: str) -> None:
    assert not is_in_reach(url, REACH)
    with pytest.raises(Refused):
        asyncio.run(fetch(url, reach=REACH, limits=Limits(), now=lambda: NOW))


@given(st.text(max_size=60), st.sampled_from(["", "http://", "http://www.example.org/"]))
def test_no_text_breaks_out_of_a_request_line(text: str, before: str) -> None:
    try:
        target = target_of(before + text, REACH)
    except Refused:
        return
    assert (target.host, target.port) != ("", 0)
    assert target.path.startswith("/")
    assert all("!" <= character <= "~" and character != "#" for character in target.path)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.9.9.9", "169.254.169.254",
        "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1",
        "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
        "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1",
        "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "fc00::1", "fd12::1",
        "fe80::1", "fe80::1%2", "fec0::1", "ff02::1", "100::1", "4000::1",
        "192.0.0.8", "192.88.99.1", "::ffff:192.0.0.8", "64:ff9b::c000:8", "3fff::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_of_the_internet_are_never_asked(address: str) -> None:
    assert not is_permitted(address, private=False)


@pytest.mark.parametrize(
    "address",
    [
        "93.184.216.34",
        "172.32.0.1",
        "100.128.0.1",
        "2606:4700::1",
        "::ffff:93.184.216.34",
        "64:ff9b::5db8:d822",
    ],
)
def test_addresses_of_the_internet_are_asked(address: str) -> None:
    assert is_permitted(address, private=False)


def test_a_card_for_an_intranet_allows_its_addresses_and_no_more() -> None:
    for address in (
        "127.0.0.1",
        "::1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.9.9",
        "fd00::1",
        "::ffff:10.0.0.1",
    ):
        assert is_permitted(address, private=True)
    for address in (
        "169.254.169.254",
        "0.0.0.0",
        "224.0.0.1",
        "100.64.0.1",
        "192.0.2.1",
        "fe80::1",
        "255.255.255.255",
        "::ffff:169.254.169.254",
    ):
        assert not is_permitted(address, private=True)


@given(st.ip_addresses(v=4))
def test_an_address_wrapped_in_another_is_judged_as_itself(address: IPv4Address) -> None:
    plain = is_permitted(str(address), private=False)
    assert is_permitted(f"::ffff:{address}", private=False) == plain
    assert is_permitted(f"64:ff9b::{address}", private=False) == plain


class Names:
    """A resolver that says what it is told, and remembers what it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: str | OSError) -> None:
        self.answers, self.asked, self.connected = answers, [], []  # type: list[Any]
        monkeypatch.setattr(socket, "getaddrinfo", self.look_up)
        monkeypatch.setattr(socket.socket, "connect", self.connect)

    def look_up(self, host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        self.asked.append(host)
        found = []
        for address in self.answers:
            if isinstance(address, OSError):
                raise address
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            found.append((family, socket.SOCK_STREAM, 6, "", (address, port)))
        return found

    def connect(self, address: Any) -> None:
        self.connected.append(address[0])
        raise ConnectionRefusedError(111, "Connection refused")


def ask(reach: Reach = REACH) -> Any:
    limits = Limits(connect=2, seconds=3)
    return asyncio.run(
        fetch("http://www.example.org/", reach=reach, limits=limits, now=lambda: NOW)
    )


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.1", "::1", "169.254.169.254", "::ffff:127.0.0.1"]
)
def test_a_name_that_leads_into_the_own_network_is_not_followed(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    names = Names(monkeypatch, address)
    answer = ask()
    assert (answer.error, answer.request, names.connected) == ("private-address", b"", [])
    assert address in answer.why


def test_of_several_addresses_only_the_permitted_are_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = Names(monkeypatch, "10.0.0.1", "93.184.216.34", "127.0.0.1", "93.184.216.35")
    assert ask().error == "refused"
    assert names.connected == ["93.184.216.34", "93.184.216.35"]


def test_a_name_is_looked_up_once_and_only_that_answer_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = Names(monkeypatch, "93.184.216.34")
    ask()
    assert (names.asked, names.connected) == (["www.example.org"], ["93.184.216.34"])


def test_a_name_with_a_thousand_addresses_is_tried_a_few_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = Names(monkeypatch, *(f"93.184.{i // 250}.{i % 250}" for i in range(1000)))
    assert ask().error == "refused"
    assert len(names.connected) == 4


def test_a_name_that_is_not_known_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    Names(monkeypatch, socket.gaierror(-2, "Name or service not known"))
    answer = ask()
    assert (answer.error, answer.why) == ("dns", "[Errno -2] Name or service not known")


def test_a_resolver_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(0.3))
    limits = Limits(connect=0.05)
    answer = asyncio.run(
        fetch("http://www.example.org/", reach=REACH, limits=limits, now=lambda: NOW)
    )
    assert (answer.error, answer.why) == ("dns", "no answer within 0.05 seconds")
