"""Every definition is tried on its own examples; files that are not understood are refused."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from tenderlight.model import Fields, Findings, Reading, Refused
from tenderlight.technologies import (
    Definition,
    Definitions,
    Example,
    find_findings,
    load_definitions,
)
from tenderlight.technologies.examples import Outcome, example_notice, try_examples

OURS = load_definitions()


def read(text: str, title: str = "") -> tuple[Reading, Fields]:
    return example_notice(Example(text=text, title=title, found=""))


def find(text: str, title: str = "", definitions: Definitions = OURS) -> Findings:
    return find_findings(*read(text, title), definitions)


OUTCOMES = [
    pytest.param(outcome, id=f"{definition.kind}/{definition.id}-{number}")
    for definition in OURS.all()
    for number, outcome in enumerate(try_examples(definition, OURS))
]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_definition_finds_in_its_examples_what_they_say(outcome: Outcome) -> None:
    assert outcome.right, outcome


@pytest.mark.parametrize("definition", OURS.all(), ids=lambda one: f"{one.kind}/{one.id}")
def test_a_definition_shows_what_it_finds_and_what_it_leaves_and_where_it_is_known_from(
    definition: Definition,
) -> None:
    outcomes = [example.found for example in definition.examples]
    left = sum(outcome in ("nothing", "mentioned", "excluded") for outcome in outcomes)
    assert left >= 2
    assert len(outcomes) - left >= 2
    assert definition.sources
    assert all(map(str.strip, (definition.meaning_en, definition.meaning_zh, *definition.sources)))


def test_everything_that_the_field_counts_has_a_definition() -> None:
    assert len(OURS.technology) == 31
    assert len(OURS.target) == 18
    assert len(OURS.quantity) >= 11
    assert len(OURS.site) >= 9
    assert len(OURS.purpose) >= 12
    assert {one.id for one in OURS.rule} >= {
        "alert",
        "score",
        "exempt-list",
        "retention",
        "database-link",
    }
    assert OURS.get("target", "uyghur") is not None
    assert OURS.get("technology", "uyghur") is None
    assert OURS.get("reading", "uyghur") is None


def test_definitions_encode_the_same_every_time() -> None:
    assert msgspec.json.encode(OURS) == msgspec.json.encode(load_definitions())


OWN = """
id = "facial-recognition"
en = "Faces"
zh = "人脸"
meaning_en = "Only our word."
meaning_zh = "仅此一词。"
words = ["面相机"]
"""


def keep(folder: Path, kind: str, name: str, text: str) -> Path:
    (folder / kind).mkdir(parents=True, exist_ok=True)
    (folder / kind / name).write_text(text, encoding="utf-8")
    return folder


def test_a_reporters_folder_replaces_a_definition_and_adds_others(tmp_path: Path) -> None:
    keep(tmp_path, "technology", "facial-recognition.toml", OWN)
    added = OWN.replace("facial-recognition", "brain-scan").replace("面相机", "脑电帽")
    keep(tmp_path, "technology", "brain-scan.toml", added)
    definitions = load_definitions(tmp_path)
    replaced = definitions.get("technology", "facial-recognition")
    assert replaced is not None
    assert replaced.en == "Faces"
    ids = {one.id for one in find("采购面相机、脑电帽各一套，人脸闸机。", "", definitions).findings}
    assert ids == {"facial-recognition", "brain-scan"}
    assert len(definitions.technology) == len(OURS.technology) + 1
    assert msgspec.json.encode(definitions) != msgspec.json.encode(OURS)


@pytest.mark.parametrize(
    ("kind", "name", "text", "named"),
    [
        ("technology", "x.toml", OWN.replace("facial-recognition", "x") + "wrods = []", "wrods"),
        ("technology", "x.toml", OWN, "facial-recognition"),
        ("technology", "facial-recognition.toml", OWN + 'kind = "site"', "site"),
        ("technology", "facial-recognition.toml", OWN.replace("面相机", "…面"), "…面"),
        ("technology", "facial-recognition.toml", OWN + 'weak = ["相机"]', "company"),
        ("technology", "facial-recognition.toml", OWN.replace("words", "#"), "words"),
        ("technology", "facial-recognition.toml", "id = ", "facial-recognition.toml"),
        ("quantity", "facial-recognition.toml", OWN, "units"),
        ("colour", "facial-recognition.toml", OWN, "colour"),
    ],
)
def test_a_file_that_is_not_understood_is_refused_by_name_and_key(
    tmp_path: Path, kind: str, name: str, text: str, named: str
) -> None:
    with pytest.raises(Refused) as refused:
        load_definitions(keep(tmp_path, kind, name, text))
    assert named in refused.value.what
    assert refused.value.hint


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        load_definitions(tmp_path / "nowhere")


def test_purposes_are_read_only_where_people_are_watched() -> None:
    watching = find("为维稳和反恐，采购人脸识别系统一套。").findings
    assert {one.id for one in watching if one.kind == "purpose"} == {
        "stability",
        "counter-terrorism",
    }
    assert [one for one in find("为维稳和反恐，采购办公桌十张。").findings] == []


@pytest.mark.parametrize(
    ("printed", "id"),
    [
        ("採購人臉辨識與人像比對系統一套。", "facial-recognition"),
        ("The county police buys forty body-worn cameras.", "body-camera"),
        ("Licence: ANPR and number plate recognition at six gates.", "vehicle-recognition"),
        ("ＷｉＦｉ　探針 20 套，採集手機 MAC。", "wifi-sniffer"),
        ("Wi-Fi嗅探前端与蓝牙探针各三十套。", "wifi-sniffer"),
        ("嘎查路口社会面监控摄像机四十台。", "video-surveillance"),
        ("按宗谱采集男性血样八千份，建公安库。", "y-dna"),
        ("把人脸与手机号关联的脸码融合平台。", "imsi-catcher"),
        ("便民警务站手机清查设备，查暴恐音视频。", "phone-forensics"),
    ],
)
def test_other_scripts_spellings_and_regions_are_found(printed: str, id: str) -> None:
    bought = {one.id for one in find(printed).findings if one.relation == "bought"}
    assert id in bought


@pytest.mark.parametrize(
    "ordinary",
    [
        "智慧灯杆两百套，含照明、充电与信息屏。",
        "舞台监听音箱与返送监听各两对。",
        "电动汽车充电围栏二十组。",
        "一警一档纸质档案盒五千个。",
        "护城河清淤与堤岸绿化。",
        "嗓音训练室吸音板，琴凳四十张。",
        "核心交换机一台，汇聚交换机六台。",
        "编制社会稳定风险评估报告。",
        "馆藏文献修复与馆藏文物登记。",
    ],
)
def test_ordinary_purchases_with_words_that_look_alike_find_nothing(ordinary: str) -> None:
    assert find(ordinary).findings == ()
