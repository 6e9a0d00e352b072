"""What one run could not have, a later one asks for again: attachments, and answers in a coding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tenderlight.collecting.crawling.errand import TRIES
from tenderlight.collecting.runs import regain
from tenderlight.collecting.runs.collect import collect
from tenderlight.collecting.runs.errand_for import FILE_TRIES
from tenderlight.collecting.runs.past import TAKEN_UP
from tenderlight.evidence import Store
from tenderlight.evidence.withdraw import choose, withdraw
from tenderlight.model import Capture
from tenderlight.seen import Run
from tenderlight.sources.asking import Source
from tests.collecting.crawling import CONTACT, now, small_source
from tests.collecting.small_site import Asked, SmallSite, says

NOTICE = '<div id="notice">样例</div><a class="file" href="/{0}">附件</a>'


class Corpus:
    """A site with one notice and one attachment, and what is had of it."""

    def __init__(self, folder: Path, site: SmallSite) -> None:
        self.evidence, self.sources, self.site = folder / "evidence", folder / "sources", site
        self.evidence.mkdir()
        site.pages["/list"] = says('<li><a href="/n">样例</a></li>')
        site.pages["/n"] = says(NOTICE.format("f.pdf"))
        self.source: Source = small_source(self.sources, site.url)

    def run(self, days: int = 0, **more: Any) -> Run:
        def clock() -> datetime:
            return now() + timedelta(days=days)

        (run,) = collect(self.evidence, [self.source], terms=(), contact=CONTACT, now=clock, **more)
        return run

    def captures(self, role: str, path: str = "") -> list[Capture]:
        held = Store(self.evidence).captures()
        return [one for one in held if one.role == role and (one.url or "").endswith(path)]

    def asked(self, path: str) -> int:
        return self.site.asked().count(path)


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with SmallSite() as site:
        yield Corpus(tmp_path, site)


def regained(run: Run) -> str:
    return " ".join(note for note in run.notes if "earlier runs" in note)


def test_an_attachment_that_failed_is_asked_for_in_the_next_run_and_then_no_more(
    corpus: Corpus,
) -> None:
    corpus.site.pages["/f.pdf"] = says("", 500)
    first = corpus.run()
    assert (first.attachments, corpus.asked("/f.pdf")) == (0, FILE_TRIES)
    second = corpus.run()
    assert (second.attachments, corpus.asked("/f.pdf")) == (0, FILE_TRIES + regain.AGAIN_TRIES)
    assert "1 were still missing, 0 of them" in regained(second)
    corpus.site.pages["/f.pdf"] = says("a file")
    third = corpus.run()
    assert (third.new, third.known, third.attachments, third.finished) == (0, 1, 1, True)
    assert "1 were still missing, 1 of them" in regained(third)
    asked = corpus.asked("/f.pdf")
    assert (regained(corpus.run()), corpus.asked("/f.pdf")) == ("", asked)
    [notice] = corpus.captures("notice")
    kept = corpus.captures("attachment", "/f.pdf")
    assert {one.of for one in kept} == {notice.id}
    assert kept[-1].stated == kept[0].stated is not None
    assert Store(corpus.evidence).payload(kept[-1]) == b"a file"


@pytest.mark.parametrize(("status", "runs"), [(404, 2), (410, 2), (403, 4), (503, 4)])
def test_only_what_is_twice_said_to_be_gone_is_given_up(
    corpus: Corpus, status: int, runs: int
) -> None:
    corpus.site.pages["/f.pdf"] = says("", status)
    for _ in range(4):
        assert corpus.run().finished
    asked_in = {one.exchange.run for one in corpus.captures("attachment") if one.exchange}
    assert len(asked_in) == runs


def test_where_a_redirect_leads_counts_for_the_attachment_itself(corpus: Corpus) -> None:
    corpus.site.pages["/f.pdf"] = says("", 302, Location="/store/1")
    corpus.site.pages["/store/1"] = says("", 500)
    corpus.run()
    corpus.site.pages["/f.pdf"] = says("", 302, Location="/store/2")
    corpus.site.pages["/store/2"] = says("a file")
    assert corpus.run().attachments == 1
    asked = len(corpus.site.asked())
    assert corpus.run().attachments == 0
    assert corpus.site.asked()[asked:] == ["/list"]


def test_an_attachment_that_leads_outside_is_not_asked_for_again(corpus: Corpus) -> None:
    corpus.site.pages["/f.pdf"] = says("", 302, Location="http://127.0.0.2:9/f.pdf")
    assert corpus.run().outside == 1
    assert (corpus.run().outside, corpus.asked("/f.pdf")) == (0, 1)


def test_attachments_that_stay_dead_do_not_keep_a_source_from_being_read(corpus: Corpus) -> None:
    pages = corpus.site.pages
    names = [f"d{number}" for number in range(regain.IN_A_ROW + 2)]
    pages["/list"] = says("".join(f'<li><a href="/n/{name}">n</a></li>' for name in names))
    for name in names:
        pages[f"/n/{name}"] = says(NOTICE.format(name))
        pages[f"/{name}"] = says("", 403)
    assert corpus.run().finished
    pages |= {f"/{name}": says("", 500) for name in names}
    second, third = corpus.run(), corpus.run()
    assert second.finished
    assert "2 are left to a later run" in regained(second)
    asked = Counter(corpus.site.asked())
    more = {asked[f"/{name}"] - 1 for name in names}
    assert more == {regain.AGAIN_TRIES, 2 * regain.AGAIN_TRIES}
    assert third.finished


def test_no_more_than_some_are_asked_for_in_a_run(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(regain, "MOST_AGAIN", 2)
    links = "".join(f'<a class="file" href="/f{number}">附件</a>' for number in range(3))
    corpus.site.pages["/n"] = says(f'<div id="notice">样例</div>{links}')
    corpus.run()
    for number in range(3):
        corpus.site.pages[f"/f{number}"] = says(f"file {number}")
    second, third = corpus.run(), corpus.run()
    assert (second.attachments, third.attachments) == (2, 1)
    assert "1 are left" in regained(second)


def test_attachments_of_a_withdrawn_notice_are_not_asked_for(corpus: Corpus) -> None:
    corpus.site.pages["/f.pdf"] = says("", 500)
    corpus.run()
    corpus.site.pages["/list"] = says("<p>暂无</p>")
    [notice] = corpus.captures("notice")
    store = Store(corpus.evidence)
    chosen = choose(store, notice.id, attachments=False)
    decisions = corpus.evidence.parent / "decisions"
    withdraw(store, decisions, chosen, reason="An invented reason", by="the desk", now=now)
    corpus.run()
    assert corpus.asked("/f.pdf") == FILE_TRIES


def test_attachments_of_a_run_that_nobody_took_up_are_asked_for(corpus: Corpus) -> None:
    """Cut off between the notice and its attachment: no exchange of the file tells of it."""

    def cut_off(asked: Asked) -> tuple[int, dict[str, str], bytes]:
        return 429, {"Retry-After": "86400"}, b""

    corpus.site.pages["/f.pdf"] = cut_off
    first = corpus.run()
    assert (first.finished, first.new) == (False, 1)
    links = '<a class="file" href="/a.pdf">附件</a><a class="file" href="/样例.pdf">附件</a>'
    corpus.site.pages["/n"] = says(f'<div id="notice">样例</div>{links}')
    corpus.site.pages["/f.pdf"] = says("a file")
    later = corpus.run(days=TAKEN_UP.days + 1)
    assert later.id != first.id
    assert (later.finished, later.known, later.attachments) == (True, 1, 1)
    assert corpus.run(days=TAKEN_UP.days + 1).attachments == 0


def test_files_that_were_never_asked_for_are_found_in_the_notice_itself(corpus: Corpus) -> None:
    links = "".join(f'<a class="file" href="/样例{number}.pdf">附件</a>' for number in range(3))
    corpus.site.pages["/n"] = says(f'<div id="notice">样例</div>{links}')
    stop = says("", 429, Retry_After="86400")
    names = [f"/%E6%A0%B7%E4%BE%8B{number}.pdf" for number in range(3)]
    corpus.site.pages |= dict.fromkeys(names, stop)
    first = corpus.run()
    assert (first.finished, first.new) == (False, 1)
    assert len(corpus.captures("attachment")) == 1
    corpus.site.pages |= dict.fromkeys(names, says("a file"))
    later = corpus.run(days=TAKEN_UP.days + 1)
    assert (later.finished, later.attachments) == (True, 3)
    assert "3 were still missing, 3 of them" in regained(later)
    [notice] = corpus.captures("notice")
    good = [one for one in corpus.captures("attachment") if one.size]
    assert {one.of for one in good} == {notice.id}
    asked = len(corpus.site.asked())
    assert corpus.run(days=TAKEN_UP.days + 1).attachments == 0
    assert corpus.site.asked()[asked:] == ["/list"]


@pytest.mark.parametrize("coding", ["gzip", "br", "gzip, br"])
def test_an_answer_in_a_coding_that_does_not_come_off_is_no_notice_and_is_asked_for_again(
    corpus: Corpus, coding: str
) -> None:
    corpus.site.pages["/f.pdf"] = says("a file")
    corpus.site.pages["/n"] = says(NOTICE.format("f.pdf"), Content_Encoding=coding)
    first = corpus.run()
    assert (first.new, first.failed, corpus.asked("/n")) == (0, 1, TRIES)
    assert (corpus.captures("notice"), len(corpus.captures("other", "/n"))) == ([], TRIES)
    corpus.site.pages["/n"] = says(NOTICE.format("f.pdf"))
    second = corpus.run()
    assert (second.new, second.known, second.attachments) == (1, 0, 1)


def test_a_list_in_a_coding_that_does_not_come_off_was_not_had(corpus: Corpus) -> None:
    corpus.site.pages["/list"] = says('<li><a href="/n">n</a></li>', Content_Encoding="gzip")
    run = corpus.run()
    assert [one.outcome for one in run.searched] == ["failed"]
    assert [alarm.kind for alarm in run.alarms] == ["unreachable"]


def test_an_attachment_in_a_coding_that_does_not_come_off_is_missing(corpus: Corpus) -> None:
    corpus.site.pages["/f.pdf"] = says("a file", Content_Encoding="gzip")
    assert corpus.run().attachments == 0
    corpus.site.pages["/f.pdf"] = says("a file")
    assert corpus.run().attachments == 1


def test_a_character_set_named_as_a_coding_is_none(corpus: Corpus) -> None:
    corpus.site.pages["/f.pdf"] = says("a file")
    corpus.site.pages["/n"] = says(NOTICE.format("f.pdf"), Content_Encoding="UTF-8")
    assert (corpus.run().new, corpus.asked("/n")) == (1, 1)


def test_a_robots_txt_in_a_coding_that_does_not_come_off_opens_nothing(corpus: Corpus) -> None:
    corpus.site.pages["/robots.txt"] = says("User-agent: *\nAllow: /", Content_Encoding="gzip")
    run = corpus.run()
    assert (run.finished, corpus.site.asked()) == (False, [])
