"""An edition is the same wherever it is made, whole or not there, and of a state that is built."""

from __future__ import annotations

import io
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from tenderlight.corpus import Corpus
from tenderlight.corpus.current import why_not_current
from tenderlight.corpus.published import published_editions
from tenderlight.editions.asked import wanted_figures
from tenderlight.editions.basis import TABLES, tables_of
from tenderlight.editions.manifest import MANIFEST, edition_id
from tenderlight.editions.publish import publish, write_state
from tenderlight.editions.signing import load_private_key
from tenderlight.evidence import Store
from tenderlight.model import Refused
from tests.editions.editions_made import FIGURES, contents, tenderlight
from tests.exports.handover_corpus import TELEPHONE, page

KEPT = ("corpus.toml", "evidence", "decisions", "testimony")


def copied(corpus: Corpus, to: Path) -> Path:
    """The corpus' evidence and decisions on another machine: nothing derived goes with them."""
    to.mkdir(parents=True)
    for name in KEPT:
        source = corpus.folder.root / name
        if source.is_dir():
            shutil.copytree(source, to / name)
        elif source.exists():
            shutil.copy(source, to / name)
    return to


def test_two_machines_with_other_zones_languages_and_processes_give_the_same_bytes(
    small: Corpus, edition: Path, key_file: Path, tmp_path: Path
) -> None:
    root, out = copied(small, tmp_path / "other machine" / "语料"), tmp_path / "版"
    here = {"TZ": "Asia/Urumqi", "LC_ALL": "C", "PYTHONHASHSEED": "7", "LANG": "zh_CN.UTF-8"}
    tenderlight("build", root, "--jobs", 2, **here)
    named = [word for figure in FIGURES for word in ("--figure", figure)]
    words = ("--title", "Invented towns", "--sign", key_file, "--json")
    told = json.loads(tenderlight("publish", root, out, *named, *words, **here))
    assert contents(out) == contents(edition)
    assert told["id"] == edition_id((edition / MANIFEST).read_bytes())
    assert [one.id for one in published_editions(small.folder)] == [told["id"]]


def test_no_telephone_number_is_in_what_is_masked(edition: Path) -> None:
    assert (
        TELEPHONE.encode()
        in (edition / "evidence/data/originals").glob("*").__next__().read_bytes()
    )
    rest = {p: raw for p, raw in contents(edition).items() if "/originals/" not in p}
    assert [path for path, raw in rest.items() if TELEPHONE.encode() in raw] == []


def test_the_present_state_is_written_as_an_edition_has_it(
    small: Corpus, edition: Path, tmp_path: Path
) -> None:
    now = write_state(small, tmp_path / "now", wanted_figures(FIGURES))
    data = {path: raw for path, raw in contents(edition).items() if path.startswith("data/")}
    assert {one.path for one in now.files} == data.keys()
    assert {p: r for p, r in contents(tmp_path / "now").items() if p != MANIFEST} == data


@pytest.mark.parametrize("place", ["inside", "full"])
def test_a_place_that_is_not_free_is_refused_and_left_as_it_is(
    small: Corpus, tmp_path: Path, place: str
) -> None:
    out = small.folder.root / "out" if place == "inside" else tmp_path
    (tmp_path / "mine").touch()
    with pytest.raises(Refused):
        publish(small, out, wanted_figures(["sites"]), title="x")
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
    assert not (small.folder.root / "out").exists()


def test_what_cannot_be_finished_leaves_nothing(
    small: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tenderlight.editions.publish.hand_over", full)
    known = published_editions(small.folder)
    with pytest.raises(Refused, match="No space left"):
        publish(small, tmp_path / "out", wanted_figures(["money"]), title="x")
    assert list(tmp_path.iterdir()) == []
    assert published_editions(small.folder) == known


def test_a_corpus_behind_its_evidence_or_its_decisions_is_refused(
    small: Corpus, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(small.folder.root, tmp_path / "corpus"))
    behind = Corpus.open(root)
    assert why_not_current(behind.folder) is None
    join = '{"decided":"2026-11-22T13:00:00Z","by":"LW","about":"purchase","verdict":"same",'
    join += '"because":"an invented reason","one":["%s"],"other":["%s"],"names":["",""]}\n'
    ids = [row["id"] for row in behind.rows()][:2]
    (root / "decisions/joins.jsonl").write_text(join % tuple(ids), encoding="utf-8")
    assert "joined" in (why_not_current(behind.folder) or "")
    (root / "decisions/joins.jsonl").unlink()
    with Store(root / "evidence").keeping(lambda: datetime(2026, 12, 1, tzinfo=UTC)) as session:
        session.keep(io.BytesIO(page("新公告", "<p>新</p>")), file="new.html")
    with pytest.raises(Refused, match="added to the evidence"):
        publish(behind, tmp_path / "out", wanted_figures(["money"]), title="x")
    assert not (tmp_path / "out").exists()


def test_a_fingerprint_depends_on_every_value_and_on_no_order() -> None:
    def fingerprint(*rows: tuple[str, str]) -> str:
        with duckdb.connect() as con:
            for name, columns in TABLES.items():
                told = ", ".join(f'null::varchar as "{column}"' for column in columns)
                con.execute(f"create table {name} as select {told} where false")
            for notice, what in rows:
                con.execute("insert into problem (notice, what) values (?, ?)", [notice, what])
            return next(one.sha256 for one in tables_of(con) if one.name == "problem")

    one, other = ("a", "1:b"), ("c", "d")
    assert fingerprint(one, other) == fingerprint(other, one)
    told = {fingerprint(one), fingerprint(("a1", ":b")), fingerprint(one, one), fingerprint()}
    assert len(told) == 4


@pytest.mark.parametrize("kind", ["RSA", "EC", "no key at all"])
def test_only_a_key_of_the_right_kind_signs(tmp_path: Path, kind: str) -> None:
    pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VuBCIEIA==\n-----END PRIVATE KEY-----\n"
    (tmp_path / "key").write_text(pem if kind != "RSA" else kind, encoding="ascii")
    with pytest.raises(Refused, match="is no private key"):
        load_private_key(tmp_path / "key", lambda: "")


@pytest.mark.parametrize("asked", ["Money", "money?since=2016&since=2017", "../money", "money?x=1"])
def test_figures_are_named_exactly(asked: str) -> None:
    with pytest.raises(Refused):
        wanted_figures([asked])
