"""What the portal does wrong, it does on the wire, byte for byte, and then no more."""

from __future__ import annotations

import re
import socket
import time
import zlib
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.portal import RATED, Portal
from tests.portal.faults import WIRED, bomb
from tests.portal.spoken import SPOKEN


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    with Portal(notices=12, slowness=0.1) as portal:
        yield portal


def raw(portal: Portal, target: str, most: int = 1 << 20) -> bytes:
    """Everything that comes until the portal hangs up, `most` bytes came or it is silent."""
    with socket.create_connection((portal.host, portal.port), timeout=0.5) as line:
        line.sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        got = bytearray()
        try:
            while len(got) < most and (piece := line.recv(65536)):
                got += piece
        except TimeoutError:
            pass
        return bytes(got)


def body_of(answer: bytes) -> bytes:
    return answer.partition(b"\r\n\r\n")[2]


def length_of(answer: bytes) -> int:
    return int(re.search(rb"Content-Length: (\d+)", answer)[1])  # type: ignore[index]


@pytest.mark.parametrize("kind", SPOKEN)
def test_a_spoken_fault_is_a_whole_answer(portal: Portal, kind: str) -> None:
    answer = raw(portal, f"/fault/{kind}")
    assert answer.startswith(b"HTTP/1.1 ")
    assert len(body_of(answer)) == length_of(answer)


def test_who_comes_too_often_is_told_how_long_to_wait(portal: Portal) -> None:
    assert b"Retry-After: 1\r\n" in raw(portal, "/fault/429")
    assert b"Retry-After: 1\r\n" in raw(portal, "/fault/503")


def test_endless_redirects_never_come_to_an_end(portal: Portal) -> None:
    target, seen = "/fault/loop", set()
    for _ in range(30):
        target = re.search(rb"Location: (\S+)", raw(portal, target))[1].decode()  # type: ignore[index]
        seen.add(target)
    assert len(seen) == 30


def test_redirects_lead_to_other_hosts_inner_addresses_and_files(portal: Portal) -> None:
    led = [raw(portal, f"/fault/{kind}") for kind in ("elsewhere", "private", "metadata", "file")]
    assert b"Location: " + portal.trap.encode() in led[0]
    assert b"Location: http://10." in led[1]
    assert b"Location: http://169.254.169.254/" in led[2]
    assert b"Location: file:///" in led[3]


def test_whoever_asks_the_other_host_is_noticed() -> None:
    with Portal(notices=1) as portal:
        port = int(portal.trap.split(":")[2].split("/")[0])
        with socket.create_connection((portal.host, port), timeout=2) as line:
            line.sendall(b"GET /trap HTTP/1.1\r\n\r\n")
            assert line.recv(10) == b""
        assert portal.trapped == [b"GET /trap HTTP/1.1\r\n\r\n"]


@pytest.mark.parametrize("kind", ["reset", "reset_within"])
def test_a_reset_is_a_reset(portal: Portal, kind: str) -> None:
    with pytest.raises(ConnectionResetError):
        raw(portal, f"/fault/{kind}")


@pytest.mark.parametrize(("kind", "more"), [("cut", 1), ("long_length", 1), ("short_length", -1)])
def test_the_length_that_was_said_is_not_what_comes(portal: Portal, kind: str, more: int) -> None:
    answer = raw(portal, f"/fault/{kind}")
    assert (length_of(answer) - len(body_of(answer))) * more > 0


def test_a_connection_is_hung_up_before_within_and_after_the_head(portal: Portal) -> None:
    assert raw(portal, "/fault/hang_up") == b""
    assert b"\r\n\r\n" not in raw(portal, "/fault/cut_head")
    assert not raw(portal, "/fault/cut_chunks").endswith(b"0\r\n\r\n")
    assert b"no size" in raw(portal, "/fault/chunk_garbage")
    assert not raw(portal, "/fault/garbage").startswith(b"HTTP")
    assert raw(portal, "/fault/two_lengths").count(b"Content-Length") == 2


@pytest.mark.parametrize("kind", ["slow", "drip"])
def test_a_slow_answer_takes_its_time_and_is_whole(portal: Portal, kind: str) -> None:
    begun = time.monotonic()
    answer = raw(portal, f"/fault/{kind}")
    assert time.monotonic() - begun >= 0.09
    assert len(body_of(answer)) == length_of(answer)


def test_silence_and_endless_drips_do_not_end_by_themselves(portal: Portal) -> None:
    assert raw(portal, "/fault/silence") == b""
    assert body_of(raw(portal, "/fault/endless_drip", most=112)).startswith(b" ")


@pytest.mark.parametrize("kind", ["flood", "flood_chunks", "flood_head"])
def test_a_flood_is_as_long_as_anyone_cares_to_read(portal: Portal, kind: str) -> None:
    assert len(raw(portal, f"/fault/{kind}", most=5 << 20)) >= 5 << 20
    assert length_of(raw(portal, "/fault/flood", most=500)) == 2 << 30


def test_unusual_answers_hold_the_page(portal: Portal) -> None:
    chunks, zipped = (body_of(raw(portal, f"/fault/{kind}")) for kind in ("chunks", "gzip"))
    assert chunks.endswith(b"\r\n0\r\n\r\n")
    assert "虚构页面" in zlib.decompress(zipped, 31).decode()
    assert "虚构页面".encode() in body_of(raw(portal, "/fault/no_length"))
    assert b"Content-Encoding: gzip" in raw(portal, "/fault/bad_gzip")


def test_a_bomb_of_one_megabyte_unpacks_to_a_thousand(portal: Portal) -> None:
    assert body_of(raw(portal, "/fault/bomb", most=3 << 20)) == bomb()
    assert len(bomb()) < 2 << 20
    unpacker, size, rest = zlib.decompressobj(31), 0, bomb()
    while rest:
        size += len(unpacker.decompress(rest, 16 << 20))
        rest = unpacker.unconsumed_tail
    assert (size, unpacker.eof) == (1 << 30, True)


def test_a_fault_by_address_strikes_so_often_and_no_more() -> None:
    with Portal(notices=3) as portal:
        portal.fault("/ggzy/list", "500", times=2, skip=1)
        target = "/ggzy/list.aspx?page=1"
        begins = [raw(portal, target)[9:12] for _ in range(4)]
        assert begins == [b"200", b"500", b"500", b"200"]
        portal.fault(portal.address(1), "captcha", times=None)
        assert "验证码" in raw(portal, portal.address(1).removeprefix(portal.url)).decode()
        portal.heal()
        assert "验证码" not in raw(portal, portal.address(1).removeprefix(portal.url)).decode()
        assert [request.fault for request in portal.log[:4]] == [None, "500", "500", None]
        assert [request.whole for request in portal.log[:4]] == [True, False, False, True]
    with pytest.raises(ValueError, match="no such fault"):
        Portal().fault("/", "nothing of the kind")


def test_a_rate_hits_its_share_and_the_same_requests_for_the_same_seed() -> None:
    hits = []
    for _ in range(2):
        with Portal(notices=1, faults=0.3, kinds=("500", "403"), seed=5) as portal:
            for number in range(200):
                raw(portal, f"/page{number}")
            hits.append([request.fault for request in portal.log])
    assert hits[0] == hits[1]
    assert 35 <= sum(fault is not None for fault in hits[0]) <= 85
    assert Counter(hits[0]).keys() == {None, "500", "403"}


def test_whoever_tries_three_times_gets_the_page() -> None:
    with Portal(notices=1, faults=1.0, kinds=("500",)) as portal:
        assert [raw(portal, "/")[9:12] for _ in range(6)] == [b"500", b"500", b"200"] * 2


def test_every_fault_of_a_rate_can_be_told_from_a_page() -> None:
    assert set(RATED) <= {"slow", "drip"} | set(WIRED) | set(SPOKEN)
    assert not {"silence", "empty", "captcha", "soft_404"} & set(RATED)


def test_two_requests_on_one_connection_are_both_answered(portal: Portal) -> None:
    with socket.create_connection((portal.host, portal.port), timeout=2) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 2)
        got = b""
        while got.count(b"</html>") < 2:
            got += line.recv(65536)
    assert got.count(b"HTTP/1.1 200 OK") == 2
