"""The desk answers this machine only, shows only, and asks nobody. Tested by trying the rest."""

from __future__ import annotations

import socket
from pathlib import Path

import httpx
import pytest

from tenderlight.corpus import Corpus, init_corpus
from tenderlight.model import Refused
from tenderlight.web import make_app, serve
from tenderlight.web.guard import HEADERS, own_name

EVERYWHERE = ["/", "/.json", "/search", "/nothing/here", "/static/desk.css", "/notices?year=x"]


@pytest.mark.parametrize("at", EVERYWHERE)
def test_every_answer_carries_the_headers(desk: httpx.Client, at: str) -> None:
    answer = desk.get(at)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_the_policy_allows_nothing_from_elsewhere_and_nothing_inline() -> None:
    policy = dict(
        part.strip().split(" ", 1) for part in HEADERS["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert set(policy.values()) == {"'none'", "'self'"}


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "", "0.0.0.0"]
)
def test_a_foreign_host_name_gets_no_page(desk: httpx.Client, host: str) -> None:
    answer = desk.get("/", headers={"host": host})
    assert answer.status_code in (400, 421)
    assert "procurement" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:1", "[::1]:8000"])
def test_our_own_names_do(desk: httpx.Client, host: str) -> None:
    assert desk.get("/", headers={"host": host}).status_code == 200


def test_a_port_is_not_part_of_a_name() -> None:
    assert own_name("evil.example:127.0.0.1") == "evil.example:127.0.0.1"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_nothing_but_looking_is_answered(desk: httpx.Client, method: str) -> None:
    answer = desk.request(method, "/")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "at", ["/static/..%2fapp.py", "/static/%2e%2e/words.toml", "/static/app.py", "/static/"]
)
def test_only_the_desks_own_files_are_static(desk: httpx.Client, at: str) -> None:
    assert desk.get(at).status_code == 404


def test_our_own_failure_shows_no_inside_and_still_the_headers(corpus: Corpus) -> None:
    broken = make_app(corpus)

    async def run() -> httpx.Response:
        transport = httpx.ASGITransport(broken, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get("/boom")

    async def boom(request: object) -> None:
        raise RuntimeError("secret inside")

    broken.add_route("/boom", boom)
    import asyncio

    answer = asyncio.run(run())
    assert answer.status_code == 500
    assert "secret inside" not in answer.text
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


def test_a_port_that_is_taken_is_refused_with_advice(corpus: Corpus) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Refused, match="--port"):
            serve(corpus, taken.getsockname()[1])


def test_a_corpus_that_was_not_built_says_what_to_do(tmp_path: Path) -> None:
    import asyncio

    init_corpus(tmp_path / "new")
    app = make_app(Corpus.open(tmp_path / "new"))

    async def run() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get("/")

    answer = asyncio.run(run())
    assert answer.status_code == 503
    assert "tenderlight build" in answer.text
