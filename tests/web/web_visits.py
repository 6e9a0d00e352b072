"""What was collected and seen again, all invented: answers such as a portal's collector keeps."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from web_documents import PAGE, PERSON, TELEPHONE

from tenderlight.evidence import Answer, Keeping, Store
from tenderlight.evidence.withdraw import choose, withdraw
from tenderlight.model import Capture, Role
from tenderlight.seen import Alarm, Run, Searched

HOST = "http://portal.example.org"
START = datetime(2026, 3, 1, 8, 0, 0, tzinfo=UTC)
TITLES = ("改动过的公告", "被删除的公告", "被拦截的公告", "撤出的公告")
CHANGED, REMOVED, BLOCKED, WITHDRAWN = range(4)
NOT_FOUND = b"<html><body><h1>404</h1></body></html>"


def page(number: int, budget: str = "128.5") -> bytes:
    words = {"title": TITLES[number], "date": "2026-02-11", "buyer": "岳麓虚构县公安局"}
    words |= {"project": f"人脸识别系统{number}期", "number": f"XN-2026-{number}", "budget": budget}
    words |= {"needs": "采购人脸识别系统一套，用于重点人员管控。", "item": "人脸识别系统"}
    return PAGE.format(**words, person=PERSON, telephone=TELEPHONE, mailbox="a@b.cn").encode()


class Clock:
    """Goes on only when it is told to."""

    def __init__(self, time: datetime) -> None:
        self.time = time

    def __call__(self) -> datetime:
        return self.time


class Rounds:
    """Runs against the invented portal, one answer after the other."""

    def __init__(self, session: Keeping, clock: Clock, run: str) -> None:
        self.session, self.clock, self.run = session, clock, run

    def answer(self, path: str, body: bytes, role: Role, status: int = 200, **more: Any) -> Capture:
        self.clock.time += timedelta(seconds=20)
        reason = {200: b"OK", 403: b"Forbidden", 404: b"Not Found"}[status]
        head = b"HTTP/1.1 %d %s\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        answer = Answer(
            url=HOST + path,
            when=self.clock.time,
            request=f"GET {path} HTTP/1.1\r\nHost: portal.example.org\r\n\r\n".encode(),
            head=head % (status, reason),
            body=io.BytesIO(body),
        )
        return self.session.keep_exchange(answer, role=role, source="example", run=self.run, **more)

    def report(self, **told: Any) -> None:
        run = Run(
            id=self.run,
            source="example",
            started=f"{self.run[:4]}-{self.run[4:6]}-{self.run[6:8]}T08:00:00Z",
            ended=self.clock.time.strftime("%Y-%m-%dT%H:%M:%SZ"),
            finished=True,
            **told,
        )
        self.session.keep(
            io.BytesIO(msgspec.json.encode(run)), file=f"runs/{self.run}.json", role="run"
        )


def keep_visits(root: Path) -> None:
    """A collection of four notices and a round of visits, in the evidence; one is withdrawn."""
    store = Store(root / "evidence")
    first, later = Clock(START), Clock(START + timedelta(days=30))
    with store.keeping(first) as session:
        notices = _collect(Rounds(session, first, "20260301T080000Z-example"))
    with store.keeping(later) as session:
        _visit(Rounds(session, later, "20260331T080000Z-example"), notices)
    chosen = choose(store, notices[WITHDRAWN])
    withdraw(
        store,
        root / "decisions",
        chosen,
        reason="Names a private person",
        by="the editor",
        now=later,
    )


def _collect(round_: Rounds) -> list[str]:
    first = round_.answer("/search?kw=1", "<a>人脸识别</a>".encode(), "list")
    notices = []
    for number, _ in enumerate(TITLES):
        notices.append(round_.answer(f"/cggg/{number}.htm", page(number), "notice").id)
    round_.answer("/files/1.pdf", b"%PDF-1.4", "attachment", of=notices[0], file="采购文件.pdf")
    round_.answer("/files/2.pdf", b"", "attachment", 403, of=notices[0], file="附件.pdf")
    at = "2026-03-01T08:00:20Z"
    round_.report(
        kind="collect",
        requests=7,
        new=4,
        attachments=1,
        failed=1,
        searched=(
            Searched(
                term="人脸识别", outcome="found", found=4, pages=1, at=at, captures=(first.id,)
            ),
            Searched(term="虹膜", outcome="none", pages=1, at=at),
            Searched(term="步态识别", outcome="not-searched"),
        ),
        alarms=(Alarm(kind="too-few", what="4 entries, 50 expected.", hint="Look at its list."),),
    )
    return notices


def _visit(round_: Rounds, notices: list[str]) -> None:
    def look(number: int, body: bytes, status: int = 200) -> None:
        round_.answer(f"/cggg/{number}.htm", body, "visit", status, of=notices[number])

    look(CHANGED, page(CHANGED, budget="95"))
    for _ in range(2):
        look(REMOVED, NOT_FOUND, 404)
        look(BLOCKED, "<p>请输入验证码</p>".encode(), 403)
    round_.answer("/", "<title>采购网</title>".encode(), "other")
    round_.report(kind="watch", requests=6, verdicts={"changed": 1, "removed": 1, "blocked": 1})
