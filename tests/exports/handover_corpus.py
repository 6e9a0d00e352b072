"""An invented corpus to hand over: added files, a collected notice, its attachment and visits."""

from __future__ import annotations

import io
import re
import shlex
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import bagit
import pytest

from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.evidence import Answer, Store
from tenderlight.evidence.keep import Keeping
from tenderlight.evidence.token import ask_for
from tenderlight.evidence.withdraw import choose, withdraw
from tenderlight.exports.handover import HandedOver, hand_over, look_up
from tests.authority.authority import Authority

NOON = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)
TELEPHONE = "13912345678"
URL = "https://www.portal.example/gg/1.html?b=2&a=1"
OTHER_URL = "https://www.portal.example/gg/2.html"
TITLE = "某县公安局DNA实验室建设项目中标公告"


def page(title: str = TITLE, more: str = "") -> bytes:
    return f"""<html><head><meta charset="utf-8"><title>{title}</title></head><body>
<p>采购人：某县公安局</p><p>项目编号：XN-2021-007</p><p>中标供应商：甲乙科技有限公司</p>
<p>中标金额：27.8万元</p><p>采购内容：DNA实验室建设。</p>
<p>联系人：王小明 联系电话：{TELEPHONE}</p>{more}</body></html>""".encode()


def answer(url: str, body: bytes | None, status: bytes = b"200 OK", **more: Any) -> Answer:
    head = b"HTTP/1.1 %b\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n"
    return Answer(
        url=url,
        when=NOON,
        request=b"GET / HTTP/1.1\r\nHost: www.portal.example\r\n\r\n",
        head=b"" if body is None else head % (status, len(body)),
        body=None if body is None else io.BytesIO(body),
        **more,
    )


def keep_exchange(session: Keeping, given: Answer, role: Any, of: str | None = None) -> str:
    run = "20261122T120000Z-portal"
    return session.keep_exchange(given, role=role, source="portal", run=run, of=of).id


class Invented:
    """The corpus, and the ids of what is in it."""

    def __init__(self, root: Path) -> None:
        init_corpus(root)
        self.ids: dict[str, str] = {}
        self.seconds = 0
        self.root = root
        self.store = Store(root / "evidence")
        with self.store.keeping(self.now) as session:
            self.add(session, "before", page("另一公告", "<p>前</p>"), "before.html")
            self.add(session, "added", page(), "甲/notice.html", url=OTHER_URL)
            self.ids["fetched"] = keep_exchange(session, self.good(), "notice")
            self.add(session, "between", page("又一公告", "<p>中</p>"), "between.html")
            self.fetch_more(session)
            self.add(session, "after", page("末公告", "<p>后</p>"), "after.html")

    def now(self) -> datetime:
        """A clock that moves by a second whenever it is looked at."""
        self.seconds += 1
        return NOON + timedelta(seconds=self.seconds)

    def good(self) -> Answer:
        more = {"ip": "192.0.2.7", "certificate": b"an invented certificate", "tls": "TLSv1.3 X"}
        return answer(URL, page("=招标<script>alert(1)</script>"), **more)

    def add(self, session: Keeping, name: str, document: bytes, file: str, **more: Any) -> None:
        capture = session.keep(io.BytesIO(document), file=file, **more)
        assert capture is not None
        self.ids[name] = capture.id

    def fetch_more(self, session: Keeping) -> None:
        of = self.ids["fetched"]
        program = b"MZ" + bytes(200)
        attached = answer("https://www.portal.example/f/a.exe", program)
        self.ids["attachment"] = keep_exchange(session, attached, "attachment", of)
        unchanged = answer(URL, page("=招标<script>alert(1)</script>"))
        self.ids["visit"] = keep_exchange(session, unchanged, "visit")
        gone = answer(URL, b"", b"404 Not Found")
        self.ids["gone"] = keep_exchange(session, gone, "visit")
        silent = answer(URL, None, error="timeout")
        self.ids["silent"] = keep_exchange(session, silent, "visit")

    def stamp(self, authority: Authority, name: str = "invented-tsa") -> None:
        """Have an authority stamp the last line."""
        number, line = self.store.last_line()
        answered = authority.answer(ask_for(line).der)
        with self.store.keeping(self.now) as session:
            session.add_stamp(
                authority=name,
                url="http://tsa.example",
                line=number,
                answer=answered,
                roots=authority.roots.read_bytes(),
            )

    def withdraw(self, name: str, reason: str = "personal data of a bystander") -> None:
        """Take a notice out, with all that belongs to it."""
        chosen = choose(self.store, self.ids[name])
        decisions = self.root / "decisions"
        withdraw(self.store, decisions, chosen, reason=reason, by="the editor", now=self.now)

    def built(self) -> Corpus:
        build(self.root, jobs=1)
        return Corpus.open(self.root)


def give(corpus: Corpus, names: set[str], out: Path, **more: Any) -> HandedOver:
    chosen, _ = look_up(corpus, names)
    return hand_over(corpus, chosen, out, lambda: NOON, **more)


def commands(readme: Path) -> str:
    """What a reader would copy out of README.txt: the indented lines, as they stand."""
    lines = readme.read_text(encoding="utf-8").splitlines()
    return "\n".join(line[4:] for line in lines if line.startswith("    "))


def run(script: str, folder: Path, tools: Path) -> str:
    """Run commands as a reader would, in the folder, with bagit.py and warcio to hand."""
    bash = shutil.which("bash")
    if bash is None or shutil.which("sha256sum") is None or shutil.which("openssl") is None:
        pytest.skip("no bash, sha256sum or openssl on this machine")
    path = f"{tools}:{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"
    told = subprocess.run(
        [bash, "-c", script],
        cwd=folder,
        env={"PATH": path, "TMPDIR": str(tools)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    return told.stdout + told.stderr


def make_tools(folder: Path) -> Path:
    """`bagit.py` and `warcio` as commands. warcio fails beside today's brotli: it goes without."""
    folder.mkdir()
    warcio = "import sys; sys.modules['brotli'] = None; from warcio.cli import main; main()"
    programs = {"warcio": ["-c", warcio], "bagit.py": [bagit.__file__]}
    for name, words in programs.items():
        tool = folder / name
        tool.write_text(f'#!/bin/sh\nexec {shlex.join([sys.executable, *words])} "$@"\n')
        tool.chmod(0o755)
    return folder


def promises(readme: Path) -> set[str]:
    """What README.txt says that the commands answer."""
    text = readme.read_text(encoding="utf-8")
    return {said.removeprefix("… ") for said in re.findall(r"^   -> (.*)$", text, re.M)}
