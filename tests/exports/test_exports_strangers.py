"""Names of files and words of reports that hold personal data: nothing of it is shown."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.evidence import Store
from tenderlight.exports.handover import hand_over, look_up
from tenderlight.seen import Alarm, Run

TELEPHONE, NUMBER = "13912345678", "410105199001011234"
FILE = f"投标人/{TELEPHONE} {NUMBER}.html"


def now() -> datetime:
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


def made(root: Path) -> str:
    init_corpus(root)
    run = Run(
        id="20261122T120000Z-invented",
        source="invented",
        kind="collect",
        started="2026-11-22T12:00:00Z",
        ended="2026-11-22T12:00:00Z",
        finished=True,
        alarms=(Alarm(kind="shape", what=f"The answer says 电话：{TELEPHONE}.", hint="Look."),),
        notes=(f"refused: {FILE} is empty",),
    )
    with Store(root / "evidence").keeping(now) as session:
        notice = "采购公告：视频监控设备（虚构）".encode()
        kept = session.keep(io.BytesIO(notice), file=FILE)
        report = io.BytesIO(msgspec.json.encode(run))
        session.keep(report, file=f"runs/{run.id}.json", role="run")
    build(root, jobs=1)
    assert kept is not None
    return kept.id


def test_the_name_of_a_file_is_masked_in_all_that_is_shown(tmp_path: Path) -> None:
    id = made(tmp_path / "c")
    corpus = Corpus.open(tmp_path / "c")
    shown = corpus.notice(id)
    assert shown is not None
    assert (
        shown.row["file"]
        == "投标人/＊＊＊＊＊＊＊＊＊＊＊ ＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊.html"
    )
    chosen, _ = look_up(corpus, [id])
    hand_over(corpus, chosen, tmp_path / "out", now)
    told = [path for path in (tmp_path / "out").rglob("*") if path.suffix in (".csv", ".html")]
    told += [tmp_path / "out/data/notices.jsonl", tmp_path / "out/README.txt"]
    told = [path for path in told if "originals" not in path.parts]
    assert len(told) >= 6
    for path in told:
        said = path.read_text(encoding="utf-8")
        assert not [secret for secret in (TELEPHONE, NUMBER) if secret in said], path.name


def test_what_a_report_quotes_is_masked(tmp_path: Path) -> None:
    made(tmp_path / "c")
    (run,) = Corpus.open(tmp_path / "c").runs()
    assert run.alarms[0].what == "The answer says 电话：＊＊＊＊＊＊＊＊＊＊＊."
    assert TELEPHONE not in msgspec.json.encode(run).decode()
