"""Asking a language model: where, how patiently, what is kept, what is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tenderlight.collecting.asking_model import Asking, Tally, ask_all, load_key, parse_address
from tenderlight.evidence.testimony import Testimony
from tenderlight.model import Refused
from tenderlight.second.asked import Kept, Manner, Question, question
from tests.collecting.asked_model import ModelSite, completed, finds, in_turn

NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)
MANNER = Manner(model="invented-7b", instructions="ab")
IRIS = ("iris", "虹膜采集仪")
BUSY = (503, {}, b"busy")


def a_question(text: str = "采购虹膜采集仪20台", notice: str = "n1") -> Question:
    return question(MANNER, "told", ["iris"], notice, text)


def ask(
    site: ModelSite, path: Path, *asked: Question, waits: list[float] | None = None, **other: Any
) -> Tally:
    asking = Asking(
        address=parse_address(site.url),
        now=lambda: NOON,
        wait=[].append if waits is None else waits.append,  # type: ignore[arg-type]
        **other,
    )
    with Testimony(path) as testimony:
        return ask_all(asking, asked or (a_question(),), testimony, lambda tally: None)


def all_kept(path: Path) -> list[Kept]:
    with Testimony(path, to_read=True) as testimony:
        return [msgspec.json.decode(each.answer, type=Kept) for each in testimony.all()]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "testimony" / "answers.sqlite"


def test_an_answer_is_kept_whole_with_everything_that_was_asked(path: Path) -> None:
    with ModelSite(finds(IRIS)) as site:
        tally = ask(site, path)
    assert (tally.answered, tally.bought, tally.refused) == (1, 1, {})
    (kept,) = all_kept(path)
    assert kept.request.encode() == site.raw[0] == a_question().body
    assert json.loads(kept.response)["object"] == "chat.completion"
    assert (kept.asked, kept.where, kept.ids) == (
        "2026-05-03T12:00:00Z",
        "this computer",
        ("iris",),
    )
    with Testimony(path, to_read=True) as testimony:
        (each,) = testimony.all()
    assert json.loads(each.engine) == {
        "model": "invented-7b",
        "instructions": "ab",
        "characters": 6000,
        "answer_tokens": 2000,
        "temperature": 0,
        "seed": 0,
    }


def test_what_was_answered_is_not_asked_again_and_what_was_not_is(path: Path) -> None:
    with ModelSite(finds(IRIS)) as site:
        ask(site, path, a_question(), a_question("办公桌"))
        tally = ask(site, path, a_question(), a_question("办公桌"), a_question(notice="n2"))
        assert (tally.known, tally.answered) == (2, 1)
        assert len(site.bodies) == 3


def test_an_answer_in_which_nothing_is_found_is_an_answer(path: Path) -> None:
    with ModelSite(lambda text: completed("I do not know.")) as site:
        tally = ask(site, path)
        assert (tally.answered, tally.refused) == (1, {"no-answer": 1})
        assert ask(site, path).known == 1


def test_passages_that_are_not_in_the_text_are_refused_and_counted(path: Path) -> None:
    lie = {"id": "iris", "relation": "bought", "passage": "采购虹膜采集仪30台"}
    with ModelSite(lambda text: completed(json.dumps({"found": [lie]}))) as site:
        tally = ask(site, path)
    assert (tally.bought, tally.refused) == (0, {"not-in-text": 1})


def test_a_server_that_is_busy_is_asked_again_after_a_while(path: Path) -> None:
    waits: list[float] = []
    busy = (429, {"Retry-After": "17"}, b"")
    with ModelSite(in_turn(BUSY, busy, completed('{"found": []}'))) as site:
        assert ask(site, path, waits=waits).answered == 1
    assert waits == [2.0, 17.0]


@pytest.mark.parametrize("told", ["999999", "9" * 400, "-1", "tomorrow", "١"])
def test_no_server_makes_us_wait_for_ever(path: Path, told: str) -> None:
    waits: list[float] = []
    with ModelSite(in_turn((503, {"Retry-After": told}, b""))) as site:
        assert ask(site, path, waits=waits).unanswered == 1
    assert sum(waits) <= 10


def test_three_questions_without_an_answer_end_the_run_and_the_next_goes_on(path: Path) -> None:
    questions = [a_question(f"采购虹膜采集仪{n}台") for n in range(9)]
    good = completed('{"found": []}')
    with ModelSite(in_turn(good, *[BUSY] * 9, good)) as site:
        tally = ask(site, path, *questions)
        assert (tally.answered, tally.unanswered) == (1, 3)
        assert tally.stopped == "status 503: busy"
        assert len(all_kept(path)) == 1
        again = ask(site, path, *questions)
        assert (again.known, again.answered, again.stopped) == (1, 8, None)


@pytest.mark.parametrize("status", [301, 302, 307, 401, 403, 404])
def test_a_refusal_that_would_meet_every_question_ends_the_run_at_once(
    path: Path, status: int
) -> None:
    with ModelSite(in_turn((status, {"Location": "http://elsewhere.invalid/"}, b"no"))) as site:
        tally = ask(site, path, a_question(), a_question("另一篇"))
        assert (tally.unanswered, len(site.bodies)) == (1, 1)
    assert f"status {status}" in (tally.stopped or "")
    assert all_kept(path) == []


@pytest.mark.parametrize(
    "reply",
    [
        (200, {}, b""),
        (200, {}, b"<html>"),
        (200, {}, b"\xff\xfe"),
        (200, {}, b'{"error": {"message": "no such model"}}'),
        (200, {}, b"[" * 100_000),
        (200, {}, b'{"choices": []}'),
        (400, {}, b"context length exceeded"),
        (200, {}, b'{"choices": [{"message": {"content": "' + b"x" * (2 << 20) + b'"}}]}'),
    ],
)
def test_what_is_no_answer_is_not_kept(
    path: Path, reply: tuple[int, dict[str, str], bytes]
) -> None:
    with ModelSite(in_turn(reply)) as site:
        tally = ask(site, path)
    assert (tally.answered, tally.unanswered) == (0, 1)
    assert all_kept(path) == []


def test_an_address_at_which_nobody_answers_is_told(path: Path) -> None:
    with ModelSite(finds()) as site:
        pass
    tally = ask(site, path)
    assert tally.unanswered == 1
    assert "refused" in tally.why[0]


def test_what_was_answered_before_a_stop_is_kept(path: Path) -> None:
    def stop(seconds: float) -> None:
        raise KeyboardInterrupt

    with ModelSite(in_turn(completed('{"found": []}'), BUSY)) as site:
        asking = Asking(address=parse_address(site.url), now=lambda: NOON, wait=stop)
        both = (a_question(), a_question("另一篇"))
        with Testimony(path) as testimony, pytest.raises(KeyboardInterrupt):
            ask_all(asking, both, testimony, lambda tally: None)
    assert len(all_kept(path)) == 1


def test_the_pace_is_kept_between_questions(path: Path) -> None:
    waits: list[float] = []
    with ModelSite(finds()) as site:
        ask(site, path, a_question(), a_question("二"), a_question("三"), waits=waits, pace=1.5)
    assert waits == [1.5, 1.5]


def key_in(folder: Path, content: str = "sk-invented-123\n") -> Path:
    file = folder / "key.txt"
    file.write_text(content)
    return file


def test_a_key_is_sent_and_is_nowhere_in_what_is_kept(path: Path, tmp_path: Path) -> None:
    with ModelSite(finds(IRIS)) as site:
        key = load_key(key_in(tmp_path), path.parent, parse_address(site.url))
        ask(site, path, key=key)
    assert site.headers[0]["authorization"] == "Bearer sk-invented-123"
    assert b"invented-123" not in site.raw[0]
    (kept,) = all_kept(path)
    assert "invented-123" not in msgspec.json.encode(kept).decode()


@pytest.mark.parametrize("status", [200, 401])
def test_a_server_that_sends_the_key_back_is_not_kept_nor_shown(path: Path, status: int) -> None:
    _, headers, body = completed("your key is sk-invented-123")
    with ModelSite(in_turn((status, headers, body))) as site:
        tally = ask(site, path, key="sk-invented-123")
    assert tally.stopped
    assert "sk-invented" not in str(tally.why)
    assert all_kept(path) == []


@pytest.mark.parametrize("slashes", ["\\", "\\\\"])
def test_a_key_that_comes_back_in_escapes_is_not_kept_either(path: Path, slashes: str) -> None:
    key = "sk-invented-123"
    told = "".join(f"{slashes}u{ord(char):04X}" for char in key)
    _, headers, body = completed("your key is HERE")
    with ModelSite(in_turn((200, headers, body.replace(b"HERE", told.encode())))) as site:
        tally = ask(site, path, key=key)
    assert tally.stopped
    assert all_kept(path) == []


@pytest.mark.parametrize("content", ["", "two\nlines", "钥匙", "x" * 5000])
def test_a_file_that_holds_no_key_is_refused(tmp_path: Path, content: str) -> None:
    address = parse_address("http://127.0.0.1:1")
    with pytest.raises(Refused, match="holds no key"):
        load_key(key_in(tmp_path, content), tmp_path / "corpus", address)


def test_a_key_is_never_read_out_of_the_corpus_nor_sent_in_the_open(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="lies in the corpus"):
        load_key(key_in(tmp_path), tmp_path, parse_address("https://models.example"))
    with pytest.raises(Refused, match="over http"):
        load_key(key_in(tmp_path), tmp_path / "c", parse_address("http://models.example"))
    assert load_key(key_in(tmp_path), tmp_path / "c", parse_address("https://models.example"))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "127.0.0.1:11434",
        "file:///etc/passwd",
        "ftp://models.example",
        "http://user:word@models.example",
        "http://models.example/?key=1",
        "http://models.example/#x",
        "http://",
        "http://models.example:0",
        "http://exa mple/",
        "http://models.example/\r\nX: 1",
    ],
)
def test_what_is_no_plain_address_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        parse_address(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "10.1.2.3", "192.168.0.9"])
def test_a_private_address_is_asked_as_it_was_typed(host: str) -> None:
    address = parse_address(f"http://{host}:8080/v1")
    assert address.reach.private
    assert not address.is_open


@pytest.mark.parametrize("host", ["models.example", "169.254.169.254", "93.184.216.34"])
def test_any_other_host_must_not_lead_into_the_own_network(host: str) -> None:
    assert not parse_address(f"https://{host}").reach.private
    assert parse_address(f"https://{host}", private=True).reach.private


def test_a_name_that_leads_into_the_own_network_is_not_asked(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import asyncio

    async def near(*args: object, **more: object) -> list[Any]:
        return [(2, 1, 6, "", ("127.0.0.1", 80))]

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", near)
    with ModelSite(finds()) as site, Testimony(path) as testimony:
        port = site.server_address[1]
        address = parse_address(f"http://models.example:{port}")
        asking = Asking(address=address, now=lambda: NOON, wait=lambda seconds: None)
        tally = ask_all(asking, [a_question()], testimony, lambda tally: None)
        assert site.bodies == []
    assert "--private" in (tally.stopped or "")
