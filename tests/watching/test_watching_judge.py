"""From answers to a verdict: never from one failed request, and the weaker one where in doubt."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.model import Capture, Exchange
from tenderlight.watching import APART_SECONDS, Event, Page, Reply, Visit, judge
from tenderlight.watching.error_pages import says_instead
from tenderlight.watching.page import Said

URL = "http://zb.example/2026/a.html"
HOME = "http://zb.example/"
LINES = (
    "云桥县公安局人脸识别系统采购项目公开招标公告",
    "预算：12万元",
    "采购单位：云桥县公安局",
    "二〇二六年三月",
)
START = datetime(2026, 3, 9, 6, tzinfo=UTC)
GONE = "您访问的页面不存在或已被删除"
NUMBERS = count(1)


def page(*lines: str, **values: str) -> Page:
    said = tuple(Said(line, line) for line in lines)
    return Page(
        lines=said,
        values={name: Said(value, value) for name, value in values.items()},
        words="\n".join(lines)[:4000],
    )


NOTICE = page(*LINES, title=LINES[0], project_number="YQ-2026-007")


def reply(
    status: int | None = 200,
    shows: Page | None = None,
    *,
    url: str = URL,
    at: float = 0,
    error: str | None = None,
    location: str | None = None,
    sha256: str | None = None,
    truncated: str | None = None,
    size: int = 100,
    of: str | None = "n",
    words: str = "",
    withdrawn: bool = False,
) -> Reply:
    number = next(NUMBERS)
    capture = Capture(
        id=f"{number:016x}",
        file="a.html",
        sha256=sha256 or f"{number:064x}",
        size=size,
        added="2026-03-10T06:00:00Z",
        warc="captures-00001.warc.gz",
        offset=0,
        length=1,
        record_sha256="0" * 64,
        url=url,
        captured=(START + timedelta(seconds=at)).isoformat(timespec="milliseconds"),
        role="visit",
        of=of,
        exchange=Exchange(
            source="zb",
            run="r",
            status=status,
            error=error,
            location=location,
            truncated=truncated,  # type: ignore[arg-type]
        ),
    )
    return Reply(capture=capture, page=shows, words=words, withdrawn=withdrawn)


FIRST = reply(200, NOTICE, sha256="f" * 64)
CONTROL = reply(200, page("首页", "最新公告"), url=HOME, of=None)


def judged(
    *replies: Reply,
    controls: tuple[Reply, ...] = (CONTROL,),
    base: Reply = FIRST,
    lists: frozenset[str] = frozenset(),
    copy: str | None = None,
) -> Event:
    visit = Visit(
        notice="n", run="r", base=base, replies=replies, controls=controls, lists=lists, copy=copy
    )
    return judge(visit).event


def twice(**how: object) -> tuple[Reply, Reply]:
    return reply(**how, at=0), reply(**how, at=60)  # type: ignore[arg-type]


def test_the_same_bytes_a_304_and_the_same_words_are_unchanged() -> None:
    for one in (reply(200, sha256="f" * 64), reply(304, size=0), reply(200, NOTICE)):
        event = judged(one, controls=())
        assert (event.verdict, event.captures) == ("unchanged", (one.capture.id,))


def test_other_words_in_the_notice_are_a_change() -> None:
    event = judged(reply(200, page(LINES[0], "预算：15万元", *LINES[2:])))
    assert event.verdict == "changed"
    told = [(c.before, c.after) for c in event.changes if c.what == "text"]
    assert told == [("预算：12万元", "预算：15万元")]


@pytest.mark.parametrize(
    "how",
    [
        {"status": 404},
        {"status": 410},
        {"status": 404, "size": 0},
        {"status": 200, "shows": page("提示", GONE)},
        {"status": 200, "shows": page("This page has been removed.")},
        {"status": 200, "words": '{"code":404,"msg":"该信息已删除"}'},
    ],
)
def test_gone_twice_with_a_control_is_removed_and_not_otherwise(how: dict[str, object]) -> None:
    event = judged(*twice(**how))
    assert event.verdict == "removed"
    assert len(event.captures) == 3
    assert judged(*twice(**how), controls=()).verdict == "unchecked"
    assert judged(reply(**how)).verdict == "unchecked"  # type: ignore[arg-type]
    soon = reply(**how, at=APART_SECONDS - 1)  # type: ignore[arg-type]
    assert judged(reply(**how), soon).verdict == "unchecked"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("to", "lists"),
    [
        (HOME, ()),
        ("http://zb.example/index.html", ()),
        ("http://zb.example/2026/", ()),
        ("http://zb.example/list?page=1", ("http://zb.example/list?page=1",)),
        ("http://zb.example/404.html", ()),
    ],
)
def test_a_redirect_to_home_a_list_or_an_error_page_is_gone(
    to: str, lists: tuple[str, ...]
) -> None:
    landing = page("首页", "最新公告", "政策法规")
    replies = [
        one
        for at in (0, 60)
        for one in (reply(302, location=to, at=at), reply(200, landing, url=to, at=at + 1))
    ]
    assert judged(*replies, lists=frozenset(lists)).verdict == "removed"
    assert judged(*replies[::2], lists=frozenset(lists)).verdict == "removed"


def test_a_redirect_to_the_notice_is_a_move_and_to_a_correction_is_not() -> None:
    to = "http://zb.example/new/a.html"
    there = reply(301, location=to), reply(200, NOTICE, url=to)
    event = judged(*there)
    assert (event.verdict, event.moved_to) == ("moved", to)
    correction = page("更正公告", "开标时间延期至三月", "其他", project_number="YQ-2026-007")
    assert judged(there[0], reply(200, correction, url=to)).verdict == "unchecked"


def test_https_in_place_of_http_is_no_move() -> None:
    to = URL.replace("http:", "https:")
    event = judged(reply(301, location=to), reply(200, NOTICE, url=to))
    assert (event.verdict, event.moved_to) == ("unchanged", None)


def test_a_copy_elsewhere_turns_a_removal_into_a_move() -> None:
    event = judged(*twice(status=404), copy="http://zb.example/b.html")
    assert (event.verdict, event.moved_to) == ("moved", "http://zb.example/b.html")


@pytest.mark.parametrize(
    "how",
    [
        {"status": 401},
        {"status": 403},
        {"status": 429},
        {"status": 451},
        {"status": None, "error": "robots"},
        {"status": 404, "shows": page("请输入验证码")},
        {"status": 503, "words": "<p>访问过于频繁，请稍后再试</p>"},
        {"status": 200, "shows": page("安全验证", "请完成滑动验证")},
        {"status": 302, "location": "http://zb.example/login?to=/2026/a.html"},
    ],
)
def test_a_refusal_is_blocked_and_says_nothing_of_the_notice(how: dict[str, object]) -> None:
    assert judged(*twice(**how)).verdict == "blocked"
    assert judged(reply(404), reply(**how, at=60)).verdict == "blocked"  # type: ignore[arg-type]


FAILURES = [
    *({"status": None, "error": word} for word in ("dns", "refused", "timeout", "tls", "reset")),
    {"status": 500},
    {"status": 502},
    {"status": 200, "truncated": "disconnect"},
    {"status": 302, "location": URL},
]


@pytest.mark.parametrize("how", FAILURES)
def test_no_answer_twice_is_unreachable_and_once_it_is_nothing(how: dict[str, object]) -> None:
    assert judged(*twice(**how)).verdict == "unreachable"
    assert judged(reply(**how)).verdict == "unchecked"  # type: ignore[arg-type]
    dead = reply(None, url=HOME, error="timeout", of=None)
    assert judged(reply(**how), controls=(dead,)).verdict == "unreachable"  # type: ignore[arg-type]
    assert judged(reply(404), reply(**how, at=60)).verdict == "unchecked"  # type: ignore[arg-type]


def test_answers_that_contradict_each_other_are_unchecked() -> None:
    other = page("完全不同的页面", "与原公告无关")
    assert judged(reply(200, NOTICE), reply(404, at=60)).verdict == "unchecked"
    assert judged(reply(404), reply(404, at=60), reply(200, other, at=90)).verdict == "unchecked"
    assert judged(reply(200, other), reply(200, other, at=60)).verdict == "unchecked"
    assert judged(reply(404), reply(200, NOTICE, at=60)).verdict == "unchanged"


@pytest.mark.parametrize(
    "control",
    [
        reply(200, url="http://other.example/", of=None),
        reply(404, url=HOME, of=None),
        reply(200, url=HOME, of=None, truncated="time"),
        reply(200, url=HOME, of=None, size=0),
        reply(200, page("提示", GONE), url=HOME, of=None),
        reply(200, page("请输入验证码"), url=HOME, of=None),
        reply(200, page("维护中"), url=HOME, of=None, sha256="e" * 64),
    ],
)
def test_a_control_must_be_a_good_page_of_the_host(control: Reply) -> None:
    gone = twice(status=200, shows=page("系统维护", GONE), sha256="e" * 64)
    assert judged(*gone, controls=(control,)).verdict == "unchecked"
    assert judged(*gone, controls=(control, CONTROL)).verdict == "removed"


def test_what_cannot_be_read_or_was_withdrawn_is_not_compared() -> None:
    unreadable = reply(200, None, sha256="f" * 64)
    assert judged(reply(200, NOTICE), base=unreadable).verdict == "unchecked"
    assert judged(reply(200, None)).verdict == "unchecked"
    gone = reply(200, None, sha256="f" * 64, withdrawn=True)
    event = judged(reply(200, NOTICE), base=gone)
    assert (event.verdict, "withdrawn" in event.reason) == ("unchecked", True)


def test_a_notice_that_speaks_of_deletion_is_still_the_notice() -> None:
    lines = (*LINES, "本公告所附文件中的旧信息已删除", "如需验证，请输入验证码")
    base = reply(200, page(*lines), sha256="a" * 64)
    assert judged(reply(200, page(*lines, "更正一处")), base=base).verdict == "changed"


def test_a_visit_without_a_look_is_none() -> None:
    with pytest.raises(ValueError, match="without replies"):
        judged()


KINDS: dict[str, dict[str, object]] = {
    "same": {"status": 200, "shows": NOTICE},
    "gone": {"status": 404},
    "soft": {"status": 200, "shows": page("提示", GONE)},
    "blocked": {"status": 403},
    "failed": {"status": None, "error": "timeout"},
    "unclear": {"status": 200, "shows": page("完全不同的页面")},
}


@given(
    st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.floats(0, 100)), min_size=1, max_size=4),
    st.booleans(),
)
def test_a_removal_always_has_two_answers_apart_and_a_control(
    tried: list[tuple[str, float]], controlled: bool
) -> None:
    tried.sort(key=lambda one: one[1])
    replies = tuple(reply(**KINDS[kind], at=at) for kind, at in tried)  # type: ignore[arg-type]
    event = judged(*replies, controls=(CONTROL,) if controlled else ())
    kinds = [kind for kind, _ in tried]
    if event.verdict == "removed":
        gone = [at for kind, at in tried if kind in ("gone", "soft")]
        assert len(gone) >= 2
        assert max(gone) - min(gone) >= APART_SECONDS - 0.01
        assert controlled
        assert set(kinds) <= {"gone", "soft", "failed"}
    if event.verdict in ("unchanged", "changed", "moved"):
        assert "same" in kinds
        assert "gone" not in kinds[len(kinds) - kinds[::-1].index("same") :]
    assert event.reason
    assert event.reason_zh
    assert set(event.captures) <= {one.capture.id for one in (*replies, CONTROL)}


def test_every_mixture_of_answers_has_a_verdict() -> None:
    for kinds in product(KINDS, repeat=3):
        replies = tuple(reply(**KINDS[kind], at=n * 60) for n, kind in enumerate(kinds))  # type: ignore[arg-type]
        assert judged(*replies).captures


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("页面不存在", "gone"),
        ("您访问的页面不存在或已被删除", "gone"),
        ("对不起，该信息已经被删除", "gone"),
        ("很抱歉，找不到您要访问的页面", "gone"),
        ("未找到相关公告", "gone"),
        ("HTTP 404 - 未找到", "gone"),
        ("The page you requested could not be found.", "gone"),
        ("请输入图片验证码", "blocked"),
        ("请您先完成安全验证", "blocked"),
        ("您的请求过于频繁", "blocked"),
        ("Checking your browser before accessing", "blocked"),
        ("采购信息公告", None),
        ("未找到王小明信息", None),
    ],
)
def test_error_pages_say_what_they_are(words: str, kind: str | None) -> None:
    assert says_instead(words) == kind
