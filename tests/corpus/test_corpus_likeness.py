"""The same requirements at different buyers are found, whatever the order of the notices."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bench.specifications.made import Made, make, page_of
from bench.specifications.run import find_leads, rows_of, save_parts, score
from tenderlight.corpus import Corpus, Folder, build, init_corpus
from tenderlight.corpus.folder import open_folder
from tenderlight.corpus.likeness import work
from tenderlight.corpus.likeness.comparing import compare_pairs
from tenderlight.corpus.likeness.leads import Known, make_leads
from tenderlight.corpus.likeness.update import update_likeness
from tenderlight.corpus.likeness.work import open_work, sweep, take_in
from tenderlight.corpus.tables import save_table
from tenderlight.sources import add

LEADS = "select * from lead order by all"
CLAUSES = (
    "1.人脸抓拍单元应对同一画面内不少于三十张人脸同时检测并逐一编号留存",
    "2.重点人员进入设防半径后平台须在两秒内向辖区值班席推送含轨迹的弹窗",
    "3.前端与研判席之间的链路中断后应自行补录并在界面以橙色角标提示缺口",
    "4.比对库容量按常住人口的一点五倍配置且可由管理员分组加锁",
)
OWN = "1.采购办公桌椅四十套，桌面为实木贴皮，椅子为网布靠背，颜色由采购人在样册中选定，送货上门"


def page(buyer: str, number: str, clauses: tuple[str, ...], phone: str = "") -> bytes:
    lines = "".join(f"<p>{clause}。</p>" for clause in clauses)
    return (
        f"<title>设备采购项目公开招标公告</title><h2>设备采购项目公开招标公告</h2>"
        f"<p>一、项目基本情况</p><p>项目编号：{number}</p><p>采购人：{buyer}</p>"
        f"<p>二、技术参数要求</p>{lines}{phone}<p>三、供应商资格要求</p><p>独立承担民事责任。</p>"
    ).encode()


PAGES = {
    "a.html": page("东湖县公安局", "XN2021-001", CLAUSES),
    "b.html": page("西岭县公安局", "XN2022-002", (*CLAUSES[:3], "4.比对库容量不少于八十万人")),
    "c.html": page("东湖县公安局", "XN2023-003", CLAUSES),
    "d.html": page("东湖縣公安局（本级）", "XN2023-004", CLAUSES),
    "e.html": page("南桥县教育局", "XN2021-005", (OWN,)),
    "f.html": page("北川口县公安局", "XN2021-001", CLAUSES),
}


def corpus_of(root: Path, *batches: dict[str, bytes]) -> Folder:
    init_corpus(root)
    for number, pages in enumerate(batches):
        saved = root.parent / f"{root.name}-saved-{number}"
        saved.mkdir()
        for name, content in pages.items():
            (saved / name).write_bytes(content)
        add(root, [saved], lambda: datetime(2026, 1, 2, tzinfo=UTC))
        build(root, jobs=1)
    return open_folder(root)[0]


def leads(root: Path) -> list[dict[str, Any]]:
    con = Corpus.open(root).connect()
    found = con.execute(LEADS)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def pairs_of_files(root: Path) -> set[frozenset[str]]:
    con = Corpus.open(root).connect()
    found = con.execute(
        "select a.file, b.file from lead l join notice a on a.id = l.first_notice "
        "join notice b on b.id = l.second_notice"
    )
    return {frozenset(pair) for pair in found.fetchall()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("likeness") / "c"
    corpus_of(root, PAGES)
    return root


def test_a_specification_at_another_buyer_is_a_lead(built: Path) -> None:
    found = leads(built)
    assert {"东湖县公安局", "西岭县公安局"} in [
        {lead["first_buyer"], lead["second_buyer"]} for lead in found
    ]
    assert all(lead["share"] > 0.6 and lead["shared"] > 80 for lead in found)


def test_no_lead_joins_notices_of_one_buyer_or_of_one_project(built: Path) -> None:
    pairs = pairs_of_files(built)
    assert frozenset(("a.html", "c.html")) not in pairs
    assert frozenset(("a.html", "d.html")) not in pairs
    assert frozenset(("a.html", "f.html")) not in pairs
    assert not any("e.html" in pair for pair in pairs)


def test_what_comes_later_gives_the_leads_of_a_build_from_nothing(
    tmp_path: Path, built: Path
) -> None:
    names = sorted(PAGES, reverse=True)
    corpus_of(tmp_path / "late", *({name: PAGES[name]} for name in names))
    assert leads(tmp_path / "late") == leads(built)


def test_a_second_build_compares_nothing_again(built: Path) -> None:
    folder = open_folder(built)[0]
    before = folder.likeness.stat().st_mtime_ns
    assert update_likeness(folder) == 0
    assert folder.likeness.stat().st_mtime_ns == before


def test_a_work_file_that_is_lost_or_broken_is_made_again(tmp_path: Path) -> None:
    folder = corpus_of(tmp_path / "c", PAGES)
    known = leads(tmp_path / "c")
    folder.likeness_work.write_bytes(b"no database")
    update_likeness(folder)
    assert leads(tmp_path / "c") == known
    folder.likeness_work.unlink()
    folder.likeness.unlink()
    update_likeness(folder)
    assert leads(tmp_path / "c") == known


def test_the_table_holds_no_personal_data(tmp_path: Path) -> None:
    text = (*CLAUSES, "5.联系人：王小明，电话13812345678")
    corpus_of(tmp_path / "c", {"a.html": page("东湖县公安局", "XN2021-001", text)})
    con = Corpus.open(tmp_path / "c").connect()
    ((shown,),) = con.execute("select text from section").fetchall()
    assert "13812345678" not in shown
    assert CLAUSES[0] in shown


# Over generated sections, without pages: the sums over prints are the same in every order.


def parts_of(folder: Path, made: Made, size: int) -> dict[int, tuple[str, Path, Path]]:
    parts = {}
    for number, start in enumerate(range(0, len(made.notices), size)):
        sections, notices = rows_of(made.notices[start : start + size], number)
        paths = folder / f"s{number}.parquet", folder / f"n{number}.parquet"
        save_table("section", sections, paths[0])
        save_table("notice", notices, paths[1])
        parts[number] = (str(number), *paths)
    return parts


def test_batches_may_come_in_any_order_and_go_again(tmp_path: Path) -> None:
    made = make(120, 5, copied=0.5)
    assert page_of(made.notices[0])
    parts = parts_of(tmp_path, made, 40)
    told = []
    for name, orders in {
        "at once": [list(parts)],
        "one by one": [[2], [2, 0], list(parts)],
        "one goes and comes": [list(parts), [0, 2], list(parts)],
    }.items():
        db = open_work(tmp_path / f"{name}.duckdb")
        for order in orders:
            chosen = {number: parts[number] for number in order}
            take_in(db, chosen)
            compare_pairs(db, {number: part[1] for number, part in chosen.items()})
        out = tmp_path / f"{name}.parquet"
        make_leads(db, Known([part[2] for part in parts.values()]), out)
        told.append(db.execute("from read_parquet(?) order by all", [str(out)]).fetchall())
        db.close()
    assert told[0] == told[1] == told[2]
    assert len(told[0]) > 40


def test_what_goes_leaves_nothing_in_the_work_file(tmp_path: Path) -> None:
    parts = parts_of(tmp_path, make(60, 5, copied=0.5), 30)
    path = tmp_path / "work.duckdb"
    with open_work(path) as db:
        take_in(db, parts)
        asked = "select notice from section where batch = 1"
        found = {notice for (notice,) in db.execute(asked).fetchall()}
        gone = [notice.encode() for notice in found if notice.strip("0")]
        kept = db.execute("from section where batch = 0 order by all").fetchall()
        take_in(db, {0: parts[0]})
    sweep(path)
    assert gone
    assert not [notice for notice in gone if notice in path.read_bytes()]
    with open_work(path) as db:
        assert db.execute("from section order by all").fetchall() == kept
        take_in(db, parts)


def test_prints_that_are_worked_on_in_pieces_give_the_same_pairs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = parts_of(tmp_path, make(60, 8, copied=0.5), 100)
    told = []
    for piece in (10**9, 700):
        monkeypatch.setattr(work, "PIECE", piece)
        db = open_work(tmp_path / f"{piece}.duckdb")
        take_in(db, parts)
        told.append(db.execute("from pair order by all").fetchall())
        db.close()
    assert told[0] == told[1]
    assert told[0]


def test_two_spellings_of_one_organisation_are_one_buyer(tmp_path: Path) -> None:
    made = make(30, 6, copied=1.0, reposted=0.0)
    parts = parts_of(tmp_path, made, 100)
    db = open_work(tmp_path / "work.duckdb")
    take_in(db, parts)
    compare_pairs(db, {number: part[1] for number, part in parts.items()})
    notices, out = [part[2] for part in parts.values()], tmp_path / "leads.parquet"
    all_leads = make_leads(db, Known(notices), out)
    first, second = db.execute(
        "select first_notice, second_notice from read_parquet(?)", [str(out)]
    ).fetchall()[0]
    parties = [{"notice": id, "role": "buyer", "node": id} for id in (first, second)]
    spellings = [{"organisation": "o1", "node": id} for id in (first, second)]
    save_table("party", parties, tmp_path / "party.parquet")
    save_table("spelling", spellings, tmp_path / "spelling.parquet")
    known = Known(notices, (), [tmp_path / "party.parquet"], [tmp_path / "spelling.parquet"])
    assert make_leads(db, known, out) == all_leads - 1
    members = [{"notice": id, "purchase": "p1"} for id in (first, second)]
    save_table("member", members, tmp_path / "member.parquet")
    assert make_leads(db, Known(notices, [tmp_path / "member.parquet"]), out) < all_leads
    db.close()


def test_planted_copies_are_found_and_little_else(tmp_path: Path) -> None:
    made = make(500, 4)
    measured = score(made, *find_leads(save_parts(made.notices, tmp_path), tmp_path))
    assert measured.precision >= 0.93
    assert measured.recall >= 0.93
    assert measured.by_edits[0.0] == 1.0
