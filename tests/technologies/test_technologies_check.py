"""What a definition would find is told before it is used: hits, changes, near misses."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.cli import main
from tenderlight.cli.arguments import now
from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.corpus.trying import try_definitions
from tenderlight.sources import add
from tenderlight.technologies import Example, Term, load_definitions
from tenderlight.technologies.check import Checked, Notice, Said, Trial
from tenderlight.technologies.definition import with_own
from tenderlight.technologies.examples import example_notice

OURS = load_definitions()
CAPS = Term(
    id="brain-scan",
    kind="technology",
    en="Brain scanning",
    zh="脑电采集",
    meaning_en="Caps.",
    meaning_zh="脑电帽。",
    words=("脑电帽",),
    weak=("头环",),
    company=("脑电", "专注"),
    looked_past=("儿童脑电帽玩具",),
    not_with=("癫痫",),
)


def notice(id: str, text: str, *, before: str = "", shown: str = "") -> Notice:
    reading, fields = example_notice(Example(text=text, found=""))
    said = {("technology", "brain-scan"): Said(before, "脑电", "原句")} if before else {}
    return Notice(id=id, title="", reading=reading, fields=fields, text=shown or text, before=said)


def tried(*notices: Notice, definition: Term = CAPS) -> Checked:
    trial = Trial(with_own(OURS, [definition]), [definition], len(notices))
    for each in notices:
        trial.look(each)
    (told,) = trial.told()
    return told


def test_a_find_is_new_changed_the_same_or_gone() -> None:
    told = tried(
        notice("a", "采购脑电帽40个。"),
        notice("b", "采购脑电帽40个。", before="mentioned"),
        notice("c", "采购脑电帽40个。", before="bought"),
        notice("d", "采购桌椅。", before="bought"),
        notice("e", "采购桌椅。"),
    )
    assert told.counts == {"new": 1, "gone": 1, "changed": 1, "same": 1}
    assert told.relations == {"bought": 3}
    seen = {each.notice: each for each in told.sightings}
    assert (seen["a"].now, seen["a"].word) == ("bought", "脑电帽")
    assert seen["a"].sentence == "采购脑电帽40个"
    assert (seen["d"].was, seen["d"].sentence) == ("bought", "原句")
    assert seen["d"].rule == "none of its words stands here"
    assert "e" not in seen


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("采购儿童脑电帽玩具10个。", "inside “儿童脑电帽玩具”, a false friend"),
        ("癫痫病人用脑电帽。", "“癫痫” stands near by (not_with)"),
        ("采购头环10只。", "none of its company stands near by"),
    ],
)
def test_a_sentence_that_is_left_out_is_shown_with_the_reason(text: str, why: str) -> None:
    told = tried(notice("a", text))
    assert told.counts["new"] == 0
    assert told.left_out_count == 1
    assert told.left_out[0].why == why
    assert told.left_out[0].sentence == text.rstrip("。")


def test_words_near_what_is_found_are_counted_by_notice() -> None:
    found = [notice(str(n), f"为实验小学采购脑电帽{n}个，测专注力。") for n in range(1, 5)]
    others = [notice(f"o{n}", "采购办公桌椅，实行电子评标，专家随机抽取。") for n in range(9)]
    told = tried(*found, *others)
    assert ("专注力", 4) in {(word[-3:], count) for word, count in told.company}
    assert not any("脑电" in word for word, _ in told.company)
    assert not any("评标" in word for word, _ in (*told.company, *told.beside))


def test_only_masked_words_are_shown() -> None:
    text = "联系王小明采购脑电帽四个。"
    told = tried(notice("a", text, shown="联系＊＊＊采购脑电帽四个。"))
    assert "王小明" not in json.dumps([each.sentence for each in told.sightings])
    assert told.sightings[0].sentence == "联系＊＊＊采购脑电帽四个"


def test_its_examples_are_tried_with_all_other_definitions() -> None:
    wrong = Term(
        **{name: getattr(CAPS, name) for name in CAPS.__struct_fields__ if name != "examples"},
        examples=(
            Example(text="脑电帽。", found="nothing"),
            Example(text="书桌。", found="nothing"),
        ),
    )
    told = tried(definition=wrong)
    assert [(each.right, each.found) for each in told.examples] == [
        (False, "bought"),
        (True, "nothing"),
    ]


@given(
    st.lists(st.sampled_from(["脑电帽", "头环", "专注力", "癫痫", "，", "。", "书桌"]), max_size=12)
)
def test_every_notice_is_a_find_or_left_out_or_has_no_word(pieces: list[str]) -> None:
    text = "采购" + "".join(pieces)
    told = tried(notice("a", text))
    seen = sum(told.counts.values())
    assert seen + told.left_out_count == ("脑电帽" in text or "头环" in text)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    root = tmp_path_factory.mktemp("check") / "corpus"
    kept = tmp_path_factory.mktemp("notices")
    page = "<html><head><title>{0}</title></head><body><h1>{0}</h1><p>{1}</p></body></html>"
    texts = [
        ("云桥县第一小学脑电帽采购公告", "采购脑电帽40个，联系人：王小明，电话13900001111。"),
        ("云桥县公安局视频监控采购公告", "街面视频监控六十路，录像保存30天。"),
    ]
    for number, (title, text) in enumerate(texts):
        (kept / f"n{number}.html").write_text(page.format(title, text), encoding="utf-8")
    init_corpus(root)
    add(root, [kept], now)
    build(root, jobs=1, pictures=False)
    return Corpus.open(root)


def test_over_a_built_corpus_ours_find_what_the_build_found(corpus: Corpus) -> None:
    notices, told = try_definitions(corpus, OURS, OURS.all())
    assert notices == 2
    assert {name for one in told for name, count in one.counts.items() if count} == {"same"}
    days = next(one for one in told if one.id == "storage_days")
    assert [each.now for each in days.sightings] == ["30"]


def test_trying_changes_nothing_in_the_corpus(corpus: Corpus) -> None:
    def state() -> dict[str, tuple[int, int]]:
        files = (path for path in corpus.folder.root.rglob("*") if path.is_file())
        kept = (path for path in files if not path.name.endswith(("-shm", "-wal")))
        return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in kept}

    before = state()
    _, told = try_definitions(corpus, with_own(OURS, [CAPS]), [CAPS])
    assert told[0].counts["new"] == 1
    assert "王小明" not in str(told)
    assert state() == before


def run(monkeypatch: pytest.MonkeyPatch, *words: object) -> Any:
    monkeypatch.setattr("sys.argv", ["tenderlight", "technologies", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code or 0


OWN = """
id = "brain-scan"
en = "Brain scanning"
zh = "脑电采集"
meaning_en = "Caps."
meaning_zh = "脑电帽。"
words = ["脑电帽"]
[[examples]]
text = "脑电帽四个。"
found = "bought"
"""


def test_the_command_tells_what_a_file_would_find(
    corpus: Corpus,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "brain-scan.toml"
    file.write_text(OWN, encoding="utf-8")
    assert run(monkeypatch, "check", corpus.folder.root, "--file", file) == 0
    said = capsys.readouterr().out
    for words in ("examples: 1 of 1 are met", "1 new", "云桥县第一小学脑电帽", "new"):
        assert words in said
    assert "王小明" not in said


def test_the_command_ends_with_1_where_an_example_is_not_met_or_a_file_not_understood(
    corpus: Corpus,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "technology"
    folder.mkdir()
    (folder / "brain-scan.toml").write_text(OWN.replace('"bought"', '"nothing"'), "utf-8")
    (folder / "broken.toml").write_text("id = ", "utf-8")
    words = ("check", corpus.folder.root, "--folder", tmp_path)
    assert run(monkeypatch, *words) == 1
    said = capsys.readouterr().out
    assert "wanted nothing, found bought: 脑电帽四个。" in said
    assert "technology/broken.toml" in said
    assert run(monkeypatch, *words, "--json", "--limit", 0) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["problems"][0]["where"] == "technology/broken.toml"
    assert told["definitions"][0]["counts"]["new"] == 1
    assert told["definitions"][0]["sightings"] == []


def test_without_a_file_the_corpus_own_definitions_are_checked_against_the_last_build(
    corpus: Corpus,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = tmp_path / "copy"
    shutil.copytree(corpus.folder.root, root)
    assert run(monkeypatch, "check", root) == 2
    assert "no definitions of its own" in capsys.readouterr().err
    (root / "definitions" / "technology").mkdir(parents=True)
    (root / "definitions" / "technology" / "brain-scan.toml").write_text(OWN, "utf-8")
    assert run(monkeypatch, "check", root) == 0
    assert "1 new, 0 gone" in capsys.readouterr().out
    build(root, jobs=1, pictures=False)
    assert run(monkeypatch, "check", root) == 0
    assert "0 new, 0 gone, 0 changed, 1 same" in capsys.readouterr().out


def test_definitions_are_listed_and_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "list", "--kind", "purpose", "--json") == 0
    listed = json.loads(capsys.readouterr().out)
    assert {one["kind"] for one in listed} == {"purpose"}
    assert run(monkeypatch, "show", "religious") == 0
    shown = capsys.readouterr().out
    assert "target/religious" in shown
    assert "site/religious" in shown
    assert run(monkeypatch, "show", "rule/alert") == 0
    assert "Source: " in capsys.readouterr().out
    assert run(monkeypatch, "show", "nothing-of-that-name") == 2
    assert run(monkeypatch, "list", "--kind", "colour") == 2
