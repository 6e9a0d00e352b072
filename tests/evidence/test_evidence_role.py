"""What a look at a page is to us: the first good one is the notice, later ones are visits."""

import hashlib
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tenderlight.evidence import Answer, Store
from tenderlight.evidence.keep import Keeping, keeping
from tenderlight.model import Capture

NOON = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)
URL = "http://portal.example/notices/1.html?q=公告"
REQUEST = b"GET /notices/1.html HTTP/1.1\r\nHost: portal.example\r\n\r\n"
PAGE = "<title>招标公告</title>".encode() * 40


def clock() -> datetime:
    return NOON


def answer(head: bytes = b"", body: bytes | None = b"", **more: Any) -> Answer:
    more = {"url": URL, "when": NOON, "request": REQUEST} | more
    return Answer(head=head, body=None if body is None else io.BytesIO(body), **more)


def ok(headers: bytes = b"", body: bytes = PAGE, status: bytes = b"200 OK", **more: Any) -> Answer:
    return answer(b"HTTP/1.1 " + status + b"\r\n" + headers + b"\r\n", body, **more)


def keep(session: Keeping, answered: Answer, role: Any = "notice", **more: Any) -> Capture:
    return session.keep_exchange(answered, role=role, source="portal", run="run-1", **more)


def test_a_certificate_is_written_once_in_a_session(tmp_path: Path) -> None:
    with keeping(tmp_path, clock) as session:
        for name in (b"one", b"one", b"two", None):
            keep(session, ok(certificate=name), "list")
    assert [len(line.beside) for line in Store(tmp_path).entries()] == [3, 2, 3, 1]


@pytest.mark.parametrize("coding", [b"gzip", b"br", b"gzip, br"])
def test_a_page_in_a_coding_that_does_not_come_off_is_no_notice(
    tmp_path: Path, coding: bytes
) -> None:
    with keeping(tmp_path, clock) as session:
        packed = keep(session, ok(b"Content-Encoding: " + coding + b"\r\n"))
        assert session.notice_at(URL) is None
        plain = keep(session, ok())
    assert packed.exchange is not None
    assert packed.exchange.undecoded == coding.decode()
    assert (packed.role, plain.role) == ("other", "notice")


def test_what_servers_name_as_a_coding_and_is_none_hides_nothing(tmp_path: Path) -> None:
    with keeping(tmp_path, clock) as session:
        kept = keep(session, ok(b"Content-Encoding: UTF-8\r\n"))
    assert kept.role == "notice"
    assert Store(tmp_path).payload(kept) == PAGE


def test_a_notice_is_the_first_good_answer_of_its_place_and_later_looks_are_visits(
    tmp_path: Path,
) -> None:
    with keeping(tmp_path, clock) as session:
        assert session.notice_at(URL) is None
        failed = keep(session, ok(status=b"503 Busy", body=b"later"))
        torn = keep(session, ok(truncated="disconnect"))
        first = keep(session, ok())
        again = keep(session, ok())
        changed = keep(session, ok(body=b"changed"))
        gone = keep(session, ok(status=b"404 Not Found", body=b""), "visit")
        assert session.notice_at(URL) == first.id
    with keeping(tmp_path, clock) as session:
        assert session.notice_at(URL) == first.id
        later = keep(session, ok())
        other = keep(session, ok(url=URL + "&b"))
    assert [each.role for each in (failed, torn, first)] == ["other", "other", "notice"]
    for visit in (again, changed, gone, later):
        assert (visit.role, visit.of) == ("visit", first.id)
    assert (other.role, other.of) == ("notice", None)
    every = list(Store(tmp_path).captures())
    assert len({each.id for each in every}) == len(every) == 8, "also within one millisecond"
    assert first.id == hashlib.sha256(f"{first.sha256}\0{URL}".encode()).hexdigest()[:16]


def test_a_page_added_by_hand_and_the_same_page_collected_are_one_notice(tmp_path: Path) -> None:
    with keeping(tmp_path, clock) as session:
        added = session.keep(io.BytesIO(PAGE), file="saved.html", url=URL)
        assert added is not None
        collected = keep(session, ok())
        assert (collected.role, collected.of) == ("visit", added.id)
        fresh = keep(session, ok(url="http://portal.example/2"))
        assert session.keep(io.BytesIO(PAGE), file="2.html", url="http://portal.example/2") is None
        assert fresh.role == "notice"


def test_what_was_asked_in_a_body_is_part_of_the_place(tmp_path: Path) -> None:
    with keeping(tmp_path, clock) as session:
        one = keep(session, ok(method="POST", asked=b"id=1"))
        two = keep(session, ok(method="POST", asked=b"id=2"))
        assert (one.role, two.role) == ("notice", "notice")
        assert one.id != two.id
        assert session.notice_at(URL) is None
        assert session.notice_at(URL, hashlib.sha256(b"id=2").hexdigest()) == two.id


def test_where_a_redirect_leads_is_understood_and_hostile_places_are_not(tmp_path: Path) -> None:
    leads = {
        b"/b c": "http://portal.example/b%20c",
        b"http://[": None,
        b"//evil.example\\@x": "http://evil.example%5C@x",
        "公告".encode(): "http://portal.example/notices/%E5%85%AC%E5%91%8A",
        b"x" * 9000: None,
    }
    with keeping(tmp_path, clock) as session:
        for location, leads_to in leads.items():
            moved = ok(b"Location: " + location + b"\r\n", b"", b"302 Found")
            exchange = keep(session, moved).exchange
            assert exchange is not None
            assert exchange.location == leads_to
