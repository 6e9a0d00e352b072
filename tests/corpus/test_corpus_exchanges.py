"""What is in the evidence beside the notices: it has its own tables, and never a row of its own."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.evidence import Answer, Store
from tenderlight.evidence.withdraw import choose, withdraw
from tenderlight.model import Capture, Role
from tenderlight.seen import Run

NOON = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)
URL = "http://portal.example.org/cggg/t20190520_1.htm"
PAGE = """<html><head><meta charset="utf-8"><title>{title}</title></head><body><h2>{title}</h2>
<p>采购人：岳麓虚构县公安局</p><p>预算金额：128万元</p><p>采购人脸识别系统一套。</p></body></html>"""
RUN = Run(
    id="20261122T120000Z-example",
    source="example",
    kind="collect",
    started="2026-11-22T12:00:00Z",
    ended="2026-11-22T12:05:00Z",
    finished=True,
    requests=4,
    new=1,
)


class Portal:
    """Keeps answers as a collector would, one second apart."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.when = folder, NOON

    def answers(self, url: str, body: bytes, role: Role, status: int = 200, **more: Any) -> Capture:
        self.when += timedelta(seconds=1)
        answer = Answer(
            url=url,
            when=self.when,
            request=b"GET / HTTP/1.1\r\n\r\n",
            head=b"HTTP/1.1 %d X\r\nContent-Type: text/html\r\n\r\n" % status,
            body=io.BytesIO(body),
        )
        with Store(self.folder).keeping(lambda: self.when) as session:
            return session.keep_exchange(answer, role=role, source="example", run=RUN.id, **more)

    def reports(self, run: Run) -> None:
        with Store(self.folder).keeping(lambda: self.when) as session:
            session.keep(
                io.BytesIO(msgspec.json.encode(run)), file=f"runs/{run.id}.json", role="run"
            )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    init_corpus(tmp_path / "corpus")
    return tmp_path / "corpus"


def page(title: str) -> bytes:
    return PAGE.format(title=title).encode()


def rows(root: Path, table: str) -> list[dict[str, Any]]:
    found = Corpus.open(root).connect().execute(f"select * from {table}")
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def test_only_the_first_good_answer_of_a_place_becomes_a_row(root: Path) -> None:
    portal = Portal(root / "evidence")
    portal.answers("http://portal.example.org/list", b"<a>1</a>", "list")
    notice = portal.answers(URL, page("人脸识别系统公开招标公告"), "notice")
    portal.answers(URL, page("人脸识别系统公开招标公告（更正）"), "notice")
    portal.answers(URL, b"", "visit", status=404)
    portal.answers("http://portal.example.org/a.pdf", b"%PDF-", "attachment", of=notice.id)
    portal.reports(RUN)
    built = build(root, jobs=1)
    assert (built.documents, built.unread) == (1, 0)
    assert [row["id"] for row in rows(root, "notice")] == [notice.id]
    looks = rows(root, "visit")
    assert [(look["role"], look["notice"], look["status"]) for look in looks] == [
        ("notice", notice.id, 200),
        ("visit", notice.id, 200),
        ("visit", notice.id, 404),
    ]
    assert looks[2]["size"] == 0


def test_attachments_belong_to_their_notice_and_are_listed_with_it(root: Path) -> None:
    portal = Portal(root / "evidence")
    notice = portal.answers(URL, page("公告"), "notice")
    url = "http://portal.example.org/files/采购文件.pdf"
    portal.answers(url, b"%PDF-1.4", "attachment", of=notice.id)
    portal.answers(f"{url}x", b"", "attachment", of=notice.id, status=403)
    build(root, jobs=1)
    corpus = Corpus.open(root)
    assert [(one.status, one.size) for one in corpus.attachments(notice.id)] == [(200, 8), (403, 0)]
    assert corpus.attachments("0" * 16) == ()


def test_the_report_of_a_run_is_handed_out_once_and_the_newest_first(root: Path) -> None:
    portal = Portal(root / "evidence")
    replace = msgspec.structs.replace
    portal.reports(replace(RUN, finished=False, ended="2026-11-22T12:01:00Z"))
    portal.reports(RUN)
    portal.reports(replace(RUN, id="20261123T120000Z-example", started="2026-11-23T12:00:00Z"))
    build(root, jobs=1)
    runs = Corpus.open(root).runs()
    assert [run.id for run in runs] == ["20261123T120000Z-example", RUN.id]
    assert all(run.finished for run in runs)


def test_a_withdrawn_notice_is_gone_from_everything_derived(root: Path) -> None:
    portal = Portal(root / "evidence")
    secret = "虚构机密词语"
    gone = portal.answers(URL, page(f"{secret}公告"), "notice")
    kept = portal.answers(f"{URL}l", page("另一公告"), "notice")
    build(root, jobs=1)
    assert Corpus.open(root).search(secret).total == 1
    store = Store(root / "evidence")
    decision = {"reason": "Court order 1/2026", "by": "the editor", "now": lambda: NOON}
    withdraw(store, root / "decisions", choose(store, gone.id), **decision)
    build(root, jobs=1)
    corpus = Corpus.open(root)
    assert corpus.search(secret).total == 0
    assert corpus.notice(gone.id) is None
    assert [row["id"] for row in rows(root, "notice")] == [kept.id]
    (told,) = corpus.withdrawn(gone.id)
    assert (told.reason, told.decided_by) == ("Court order 1/2026", "the editor")
    left = [path.read_bytes() for path in (root / "derived").rglob("*") if path.is_file()]
    for words in (secret, secret[2:4], "机密"):
        assert not any(words.encode() in content for content in left)
