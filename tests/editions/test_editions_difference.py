"""What changed between two editions is told number by number, with the notices and the reason."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.editions.difference import Difference, compare
from tenderlight.editions.difference.contents import Contents
from tenderlight.editions.manifest import FigureOf, LinesOf, Manifest, MethodOf, RowsOf, encode
from tenderlight.figures.figure import Cell, Chart, Column, Coverage, Figure, Row
from tenderlight.model import Refused

Adds = dict[str, int]


def edition(
    folder: Path,
    iris: Adds,
    *,
    known: tuple[str, ...] = ("a", "b", "c", "d"),
    decisions: dict[str, list[dict[str, Any]]] | None = None,
    steps: dict[str, str] | None = None,
    digest: str = "counted so",
    removed: tuple[str, ...] = (),
) -> Contents:
    """An edition's folder with one number: the purchases of iris recognition."""
    behind = {
        "cell/iris/all": iris,
        "coverage/documents": dict.fromkeys(known, 1),
        "coverage/removed": dict.fromkeys(removed, 1),
    }
    figure = Figure(
        name="technologies-by-year",
        en="Technologies",
        zh="技术",
        question="How many?",
        columns=(Column(id="technology", en="Technology", zh="技术"),
                 Column(id="all", en="All years", zh="合计", kind="count")),
        rows=(Row(id="iris", cells=(Cell(value="Iris", zh="虹膜"),
                                    Cell(value=sum(iris.values()), key="cell/iris/all"))),),
        method="counted",
        coverage=(Coverage(id="documents", en="documents", zh="文件", count=len(known),
                           key="coverage/documents"),),
        chart=Chart(kind="none"),
    )  # fmt: skip
    (folder / "data/figures").mkdir(parents=True)
    (folder / "data/proofs").mkdir()
    (folder / "data/decisions").mkdir()
    (folder / "data/figures/f.json").write_bytes(msgspec.json.encode(figure))
    lines = [
        {"key": key, "proofs": [{"notice": id, "title": f"公告{id}", "value": value}
                                for id, value in adds.items()]}
        for key, adds in behind.items() if adds
    ]  # fmt: skip
    raw = b"".join(msgspec.json.encode(line) + b"\n" for line in lines)
    (folder / "data/proofs/f.jsonl.gz").write_bytes(gzip.compress(raw, mtime=0))
    kept = []
    for name, told in (decisions or {}).items():
        raw = b"".join(msgspec.json.encode(line) + b"\n" for line in told)
        (folder / "data/decisions" / name).write_bytes(raw)
        kept.append(LinesOf(name=name, lines=len(told), sha256="x" * len(told)))
    manifest = Manifest(
        corpus="invented",
        title="An invented edition",
        as_of="2026-05-03T00:00:00Z",
        ledger=LinesOf(name="ledger", lines=len(known), sha256="y" * len(known)),
        decisions=tuple(kept),
        method=MethodOf(digest="m", steps=steps or {"fields": "4"}, definitions="d", packages={}),
        tables=(RowsOf(name="notice", rows=len(known), sha256="z"),),
        figures=(FigureOf(name=figure.name, words={}, digest=digest, figure="data/figures/f.json",
                          proofs="data/proofs/f.jsonl.gz"),),
        notices=len(iris),
    )  # fmt: skip
    (folder / "edition.json").write_bytes(encode(manifest))
    return Contents(folder)


def moved(found: Difference) -> dict[str, tuple[str | None, str | None, str]]:
    return {
        one.notice: (one.was, one.now, one.cause)
        for figure in found.figures
        for number in figure.numbers
        if number.key == "cell/iris/all"
        for one in number.moved
    }


def test_an_edition_beside_itself_shows_nothing(tmp_path: Path) -> None:
    one = edition(tmp_path / "one", {"a": 1, "b": 1})
    found = compare(one, edition(tmp_path / "two", {"b": 1, "a": 1}))
    assert found.is_same
    assert (found.was, found.ledger, found.method, found.tables) == (found.now, None, (), ())


def test_each_notice_that_moved_a_number_is_named_with_its_cause(tmp_path: Path) -> None:
    one = edition(tmp_path / "one", {"a": 1, "b": 1, "c": 1})
    other = edition(
        tmp_path / "two",
        {"a": 1, "new": 1, "d": 1},
        known=("a", "c", "d", "new"),
        decisions={
            "withdrawals.jsonl": [{"decided": "2026-06-01", "by": "LW", "id": "b"}],
            "reviews.jsonl": [{"decided": "2026-06-02", "by": "LW", "notice": "c"}],
            "joins.jsonl": [{"decided": "2026-06-03", "by": "LW", "one": ["d"], "other": ["a"]}],
        },
    )
    found = compare(one, other)
    assert moved(found) == {
        "b": ("1", None, "withdrawn"),
        "c": ("1", None, "decided"),
        "d": (None, "1", "joined"),
        "new": (None, "1", "collected"),
    }
    (number,) = [each for each in found.figures[0].numbers if each.key == "cell/iris/all"]
    assert (number.was, number.now, number.notices) == ("3", "3", 4)
    assert (number.row.en, number.column.zh) == ("Iris", "合计")
    assert (found.collected, found.withdrawn, found.cited_withdrawn) == (1, ("b",), ("b",))


@pytest.mark.parametrize(
    ("later", "cause"),
    [
        ({"steps": {"fields": "5"}}, "method"),
        ({"digest": "counted otherwise"}, "counted"),
        ({}, "beside"),
    ],
)
def test_what_no_notice_or_person_explains_is_put_down_to_the_method(
    tmp_path: Path, later: dict[str, Any], cause: str
) -> None:
    found = compare(
        edition(tmp_path / "one", {"a": 5}), edition(tmp_path / "two", {"a": 50}, **later)
    )
    assert moved(found) == {"a": ("5", "50", cause)}


def test_a_cited_notice_that_its_portal_removed_is_named_though_no_number_moved(
    tmp_path: Path,
) -> None:
    one = edition(tmp_path / "one", {"a": 1})
    found = compare(one, edition(tmp_path / "two", {"a": 1}, removed=("a", "c")))
    assert [(each.name, each.now) for each in found.cited_since] == [("a", "removed")]


def test_a_decision_that_is_gone_is_told(tmp_path: Path) -> None:
    line = {"decided": "2026-06-02", "by": "LW", "notice": "c", "answer": "no"}
    one = edition(tmp_path / "one", {"a": 1}, decisions={"reviews.jsonl": [line]})
    emptied = edition(tmp_path / "two", {"a": 1}, decisions={"reviews.jsonl": []})
    bare = [line | {"notice": "", "once": "5e1f"}]
    forgotten = edition(tmp_path / "three", {"a": 1}, decisions={"reviews.jsonl": bare})
    assert compare(one, emptied).rewritten == ("reviews.jsonl",)
    assert compare(one, forgotten).rewritten == ()


ADDS = st.dictionaries(st.sampled_from("abcd"), st.integers(1, 3))


@given(was=ADDS, now=ADDS)
def test_what_moved_accounts_for_the_whole_difference(
    tmp_path_factory: pytest.TempPathFactory, was: Adds, now: Adds
) -> None:
    root = tmp_path_factory.mktemp("difference")
    found = moved(compare(edition(root / "one", was), edition(root / "two", now)))
    differs = sum(int(after or 0) - int(before or 0) for before, after, _ in found.values())
    assert differs == sum(now.values()) - sum(was.values())
    assert set(found) == {id for id in "abcd" if was.get(id) != now.get(id)}


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("edition.json", b"{"),
        ("data/figures/f.json", b"[]"),
        ("data/proofs/f.jsonl.gz", b"no gzip"),
        ("data/proofs/f.jsonl.gz", gzip.compress(b'{"key":1}\n')),
    ],
)
def test_a_broken_edition_is_refused_by_name(tmp_path: Path, path: str, content: bytes) -> None:
    one = edition(tmp_path / "one", {"a": 1})
    edition(tmp_path / "two", {"a": 1})
    (tmp_path / "two" / path).write_bytes(content)
    with pytest.raises(Refused, match="no whole edition"):
        compare(one, Contents(tmp_path / "two"))


def test_an_edition_that_leads_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    one = edition(tmp_path / "one", {"a": 1})
    (tmp_path / "secret.json").write_bytes(b"{}")
    for path in ("../secret.json", str(tmp_path / "secret.json")):
        out = msgspec.structs.replace(one.manifest.figures[0], figure=path)
        with pytest.raises(Refused, match="no whole edition"):
            one.figure(out)
