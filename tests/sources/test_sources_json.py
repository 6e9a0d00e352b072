"""Interfaces that answer in JSON are read by paths: rows, totals, notices, files, refusals."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.model import Refused
from tenderlight.sources.asking import Asked, Listed
from tenderlight.sources.json_path import decode_answer, raw_at, text_at
from tests.sources.sources_invented import TODAY, answered, source_of

API = """
kind = "json"
searches = true
[json]
lists = ["https://portal.example.cn/api/list"]
method = "POST"
body_kind = "json"
body = '{"page": {page}, "from": {offset}, "kw": "{term}", "since": "{since}", "time": {}}'
size = 2
days = 30
good = "code=200"
rows = "data.records"
total = "data.total"
link = "id"
address = "https://portal.example.cn/api/view?id={id}"
page = "https://portal.example.cn/#/view/{id}"
title = "title"
date = "day"
region = "place.name"
region_code = "place.code"
content = "data.content"
attachments = "data.files"
attachment = "https://portal.example.cn/api/file/{id}"
attachment_link = "key"
"""
URL = "https://portal.example.cn/api/list"


def row(id: Any, day: Any = "2026-11-20 10:00") -> dict[str, Any]:
    place = {"name": "岚枫县", "code": 420526}
    return {"id": id, "title": f"监控采购公告{id}", "day": day, "place": place}


def answer(*rows: Any, total: Any = 9, code: Any = 200) -> str:
    return json.dumps({"code": code, "data": {"records": rows, "total": total}}, ensure_ascii=False)


def read(folder: Path, payload: str | bytes, body: str = API, **more: Any) -> Listed:
    source = source_of(folder, body)
    asked = msgspec.structs.replace(source.start(("天网",), TODAY)[0], **more)
    return source.read_list(asked, answered(URL, payload, "application/json"))


def test_the_question_holds_what_is_asked_for_and_nothing_leaves_its_place(tmp_path: Path) -> None:
    source = source_of(tmp_path, API)
    (asked,) = source.start(('a", "x": "',), TODAY)
    assert asked.method == "POST"
    assert asked.headers == {"Content-Type": "application/json"}
    assert json.loads(asked.body) == {
        "page": 1,
        "from": 0,
        "kw": 'a", "x": "',
        "since": "2026-10-23",
        "time": {},
    }


def test_a_form_is_filled_in_and_encoded_as_the_site_wants_it(tmp_path: Path) -> None:
    body = API.replace('body_kind = "json"', 'body_kind = "form"\nterm_charset = "gbk"').replace(
        API[API.index("body = '") : API.index("size")], 'body = "p={page}&kw={term}"\n'
    )
    (asked,) = source_of(tmp_path, body).start(("天网&p=9",), TODAY)
    assert asked.body == b"p=1&kw=%CC%EC%CD%F8%26p%3D9"
    assert asked.headers == {"Content-Type": "application/x-www-form-urlencoded"}


def test_rows_become_entries_with_their_own_words(tmp_path: Path) -> None:
    listed = read(tmp_path, answer(row("a/1"), row(7)))
    first, second = listed.entries
    assert first.url == "https://portal.example.cn/api/view?id=a%2F1"
    assert first.page == "https://portal.example.cn/#/view/a%2F1"
    assert second.url == "https://portal.example.cn/api/view?id=7"
    assert second.stated is not None
    assert (second.stated.title, second.stated.date) == ("监控采购公告7", "2026-11-20 10:00")
    assert (second.stated.region, second.stated.region_code) == ("岚枫县", "420526")
    assert json.loads(second.stated.line) == row(7)
    assert second.term == "天网"
    assert listed.stated == 9


def test_escaped_words_are_kept_as_what_they_say(tmp_path: Path) -> None:
    payload = json.dumps({"code": 200, "data": {"records": [row(7)], "total": 1}})
    stated = read(tmp_path, payload).entries[0].stated
    assert stated is not None
    assert stated.title is not None
    assert stated.title in stated.line


def test_the_next_question_counts_on_until_the_total_is_reached(tmp_path: Path) -> None:
    source = source_of(tmp_path, API)
    first = source.start(("天网",), TODAY)[0]
    second = source.read_list(first, answered(URL, answer(row(1), row(2), total=3))).next
    assert second is not None
    assert json.loads(second.body)["from"] == 2
    assert (second.number, second.before, second.term) == (2, 2, "天网")
    end = source.read_list(second, answered(URL, answer(row(3), total=3)))
    assert (end.next, end.problem) == (None, None)


def test_nothing_found_is_said_by_an_empty_list_or_a_total_of_0(tmp_path: Path) -> None:
    for name, payload in {
        "a": answer(total=0),
        "b": answer(total=None),
        "c": '{"code": 200, "data": {"records": null, "total": 0}}',
    }.items():
        listed = read(tmp_path / name, payload)
        assert (listed.none_found, listed.problem, listed.next) == (True, None, None)


@pytest.mark.parametrize(
    ("payload", "word"),
    [
        ("<html>请完成验证</html>", "no JSON"),
        ("", "no JSON"),
        ("[" * 50_000, "no JSON"),
        ("null", "code"),
        (answer(row(1), code=829), "code=829"),
        ('{"code": 200, "data": {"rows": []}}', "data.records"),
        ('{"code": 200, "data": {"records": {"a": 1}}}', "data.records"),
        (answer(total=40), "40 entries"),
        (answer({"title": "x"}), "address"),
        (answer({"id": 1, "day": "2026-11-20"}), "title"),
        (answer({"id": 1, "title": "x", "place": {"name": "y"}}), "date"),
    ],
)
def test_another_shape_is_a_problem_and_never_an_empty_list(
    tmp_path: Path, payload: str, word: str
) -> None:
    assert word in (read(tmp_path, payload).problem or "")


def test_old_rows_are_counted_and_rows_without_address_too(tmp_path: Path) -> None:
    listed = read(tmp_path, answer(row(1), row(2, "2020-01-01"), row(None)))
    assert (len(listed.entries), listed.older, listed.ignored) == (1, 1, 1)


def notice(content: Any, *files: Any) -> str:
    return json.dumps({"code": 200, "data": {"content": content, "files": files}})


def test_the_files_of_a_notice_are_found_by_their_path(tmp_path: Path) -> None:
    source = source_of(tmp_path, API)
    asked = Asked(url=f"{URL}?id=1", kind="notice")
    payload = notice("<p>公告</p>", {"name": "需求.pdf", "key": "k 1"}, {"name": "无"}, "k2")
    files = source.read_notice(asked, answered(asked.url, payload)).attachments
    assert [file.url[-10:] for file in files] == ["file/k%201", "pi/file/k2"]
    assert files[0].stated is not None
    assert files[0].stated.title == "需求.pdf"


@pytest.mark.parametrize(
    "payload", ["{}", '{"code": 500}', notice(None), "<html></html>", '{"code": 200, "data": []}']
)
def test_an_answer_without_the_notice_is_a_problem(tmp_path: Path, payload: str) -> None:
    asked = Asked(url=f"{URL}?id=1", kind="notice")
    assert source_of(tmp_path, API).read_notice(asked, answered(asked.url, payload)).problem


@pytest.mark.parametrize(
    ("was", "now", "word"),
    [
        ('link = "id"', "", "link"),
        ('rows = "data.records"', "", "rows"),
        ("view?id={id}", "view", "address"),
        ("#/view/{id}", "#/view", "page"),
        ('page = "https', 'page = "file', "page"),
        ('method = "POST"', 'method = "PUT"', "method"),
        ('method = "POST"', "", "GET"),
        ('{"page": {page}', '{"page": {pgae}', "{pgae}"),
        ('content = "data.content"', 'content = "a["\ndetail = "page"', "a["),
    ],
)
def test_a_mistake_in_an_interfaces_card_is_refused(
    tmp_path: Path, was: str, now: str, word: str
) -> None:
    with pytest.raises(Refused) as refused:
        source_of(tmp_path, API.replace(was, now, 1))
    assert word in f"{refused.value.what} {refused.value.hint}"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner),
)


@given(JSON, st.lists(st.sampled_from(["a", "b", "0", "1", ""]), min_size=1, max_size=4))
def test_a_path_finds_what_stands_there_or_nothing(value: Any, steps: list[str]) -> None:
    raw = decode_answer(json.dumps(value).encode())
    assert isinstance(raw, msgspec.Raw)
    here: Any = value
    for step in steps:
        if isinstance(here, dict):
            here = here.get(step)
        elif isinstance(here, list) and step.isdecimal() and int(step) < len(here):
            here = here[int(step)]
        elif isinstance(here, str) and here[:1] in ("{", "["):
            return
        else:
            here = None
    found = raw_at(raw, ".".join(steps))
    assert (None if found is None else msgspec.json.decode(found)) == here
    text_at(raw, ".".join(steps))


def test_a_day_back_is_counted_from_the_day_on_which_the_run_began(tmp_path: Path) -> None:
    source = source_of(tmp_path, API)
    (asked,) = source.start(("x",), date(2026, 3, 1))
    assert (asked.since, asked.today) == ("2026-01-30", "2026-03-01")
    again = msgspec.json.decode(msgspec.json.encode(asked), type=Asked)
    assert again == asked


def test_what_a_bad_answer_says_is_quoted_in_short(tmp_path: Path) -> None:
    source = source_of(tmp_path, API)
    (asked,) = source.start(("监控",), TODAY)
    answer = json.dumps({"code": "x" * 1_000_000})
    problem = source.read_list(asked, answered(URL, answer)).problem
    assert problem is not None
    assert len(problem) < 200
