"""Evidence with stamps and tombstones in it: no edit of any file is missed."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderlight.evidence import Answer, Store
from tenderlight.evidence.token import ask_for
from tenderlight.evidence.withdraw import choose, withdraw
from tests.authority.authority import clock, make_authority


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files, an answer, a stamp, withdrawals, another stamp."""
    root = tmp_path_factory.mktemp("everything")
    folder = root / "evidence"
    folder.mkdir()
    store, authority = Store(folder), make_authority(root / "authority")
    with store.keeping(clock) as session:
        for number in range(3):
            session.keep(io.BytesIO(b"%d" % number * 300), file=f"{number}.html")
        asked = Answer(
            url="http://portal.example/",
            when=clock(),
            request=b"GET / HTTP/1.1\r\n\r\n",
            head=b"HTTP/1.1 200 OK\r\n\r\n",
            body=io.BytesIO(b"page"),
        )
        session.keep_exchange(asked, role="notice", source="p", run="r")
    for id in [None, *[each.id for each in store.captures()][2:]]:
        if id is not None:
            how = {"reason": "r", "by": "b", "now": clock}
            withdraw(store, root / "decisions", choose(store, id), **how)  # type: ignore[arg-type]
        number, line = store.last_line()
        answer = authority.answer(ask_for(line).der)
        with store.keeping(clock) as session:
            session.add_stamp(
                authority="notary",
                url="u",
                line=number,
                answer=answer,
                roots=authority.roots.read_bytes(),
            )
    report = store.verify()
    assert (report.is_whole, report.withdrawn, report.stamps[0].stamps) == (True, 2, 3)
    return folder


def names(folder: Path) -> list[str]:
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file())


def fresh(good: Path) -> Path:
    folder = good.parent / "edited"
    shutil.rmtree(folder, ignore_errors=True)
    return Path(shutil.copytree(good, folder))


@settings(max_examples=500, deadline=None)
@given(data=st.data())
def test_every_edit_is_noticed_and_names_the_file(data: st.DataObject, good: Path) -> None:
    folder = fresh(good)
    name = data.draw(st.sampled_from(names(folder)))
    raw = (folder / name).read_bytes()
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 600)))
    edited = raw[:start] + data.draw(st.binary(max_size=20)) + raw[end:]
    (folder / name).write_bytes(edited)
    report = Store(folder).verify()
    assert report.is_whole == (edited == raw)
    if not report.is_whole:
        assert {each.file for each in report.damages} & {name, "head.json", "ledger.jsonl"}


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_every_swap_and_loss_of_files_is_noticed(data: st.DataObject, good: Path) -> None:
    folder = fresh(good)
    one, other = data.draw(st.lists(st.sampled_from(names(folder)), min_size=2, max_size=2))
    first, second = (folder / one).read_bytes(), (folder / other).read_bytes()
    if data.draw(st.booleans()):
        (folder / one).unlink()
        same = False
    else:
        (folder / one).write_bytes(second)
        (folder / other).write_bytes(first)
        same = first == second
    assert Store(folder).verify().is_whole == same


def test_every_line_that_is_swapped_repeated_or_lost_is_noticed(good: Path) -> None:
    lines = list(Store(good).lines())
    for place in range(len(lines)):
        for edited in (
            lines[:place] + lines[place + 1 :],
            lines[: place + 1] + lines[place:],
            [*lines[:place], *reversed(lines[place : place + 2]), *lines[place + 2 :]],
        ):
            folder = fresh(good)
            (folder / "ledger.jsonl").write_bytes(b"".join(edited))
            report = Store(folder).verify()
            assert report.is_whole == (edited == lines)
            assert report.is_whole or "ledger.jsonl" in {each.file for each in report.damages}
