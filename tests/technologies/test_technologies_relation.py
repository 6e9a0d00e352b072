"""Bought or only mentioned: judged from where a word stands."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_technologies_definitions import OURS, find, read

from tenderlight.model import (
    Block,
    Cited,
    Fields,
    Findings,
    Passage,
    Reading,
)
from tenderlight.technologies import find_findings


def relation(findings: Findings, id: str) -> str | None:
    return next((one.relation for one in findings.findings if one.id == id), None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("采购声纹采集仪六套。", "bought"),
        ("三、供应商资格条件\n1.具备声纹系统供货能力。\n四、获取文件\n现场领取。", "mentioned"),
        ("三、供应商资格条件\n1.独立法人。\n四、采购需求\n声纹采集仪六套。", "bought"),
        ("资格要求\n具有声纹业绩", "mentioned"),
        ("项目背景\n我局声纹库运行多年", "mentioned"),
        ("评分标准:声纹方案优得5分", "mentioned"),
        ("供应商近三年承担过声纹库建设。", "mentioned"),
        ("本项目不含声纹模块。", "excluded"),
        ("预算（不含税）采购声纹采集仪。", "bought"),
        ("声纹采集仪不得少于六套，采购声纹引擎。", "bought"),
        ("声纹模块另行采购。", "excluded"),
        ("音频由已建声纹库比对。", "mentioned"),
        ("对现有声纹库进行运维。", "bought"),
        ("比对结果上传至省厅声纹库。", "mentioned"),
        ("根据声纹库建设要求,采购录音笔。", "mentioned"),
        ("采购聲紋採集儀六套。", "bought"),
        ("声纹实验室空调两台。", "mentioned"),
        ("与12套声纹采集仪同步。", "bought"),
        ("与声纹系统同步。", "mentioned"),
        ("此处为录音，并非声纹。", "excluded"),
        ("声纹采集仪利旧。", "excluded"),
        ("采购声　纹架。", None),
    ],
)
def test_the_place_of_a_word_says_whether_it_is_bought(text: str, expected: str | None) -> None:
    assert relation(find(text), "voiceprint") == expected


def test_a_module_that_a_correction_takes_out_is_excluded() -> None:
    reading, _ = read("原“声纹采集仪2台”更正为“录音笔2支”。")
    corrects = Fields(notice_type=Cited(value="correction", at=reading.passage(0, 1)))
    tenders = Fields(notice_type=Cited(value="tender", at=reading.passage(0, 1)))
    assert relation(find_findings(reading, corrects, OURS), "voiceprint") == "excluded"
    assert relation(find_findings(reading, tenders, OURS), "voiceprint") == "bought"


def test_the_title_outweighs_the_background() -> None:
    findings = find("项目背景\n已有声纹库一期。", "某市公安局声纹库二期")
    assert relation(findings, "voiceprint") == "bought"
    first, second = (one for one in findings.findings if one.id == "voiceprint")
    assert first.rule == "in the title"
    assert (second.relation, second.rule) == ("mentioned", "background")


def test_a_place_is_furnished_without_its_technology_being_bought() -> None:
    findings = find("壁挂机四台。", "某市公安局声纹实验室空调采购")
    assert relation(findings, "voiceprint") == "mentioned"
    assert findings.surveillance is None


def test_a_figure_is_read_from_lines_that_were_a_table() -> None:
    findings = find("监控摄像机\n某牌\nXJ-1\n60个\n1380", "某学校治安监控")
    assert [(one.what, int(one.value)) for one in findings.quantities] == [("cameras", 60)]


def test_of_two_figures_the_one_that_is_asked_for_is_read() -> None:
    findings = find("动态布控库由20万人扩至60万人。", "人像识别系统升级")
    assert [(one.what, int(one.value)) for one in findings.quantities] == [
        ("watchlist_size", 600_000)
    ]


def test_the_name_of_an_organisation_is_no_technology() -> None:
    text = "采购人：某市公安局情报指挥中心\n中标人：某市虹膜科技有限公司\n办公桌椅20套"
    reading, _ = read(text)
    buyer = Cited(value="某市公安局情报指挥中心", at=reading.passage(4, 15))
    assert find_findings(reading, Fields(buyer=buyer), OURS) == Findings()


def test_menus_are_no_part_of_the_notice() -> None:
    text = "声纹采集"
    menu = Reading(text=text, blocks=(Block(0, 4, furniture=True),), media_type="text/html")
    assert find_findings(menu, Fields(), OURS) == Findings()


def test_a_title_that_only_the_manifest_states_counts_and_is_cited_there() -> None:
    reading, _ = read("详见附件。")
    at = Passage(text="某县声纹库采购", part="manifest", start=11, end=18)
    findings = find_findings(reading, Fields(title=Cited(value=at.text, at=at)), OURS)
    (finding,) = findings.findings
    assert (finding.at.part, finding.at.start, finding.at.text) == ("manifest", 13, "声纹")


def test_what_watches_no_people_is_bought_without_being_surveillance() -> None:
    bank = find("打进电话的客户按声纹认身份。", "客户服务中心声纹核身系统")
    assert relation(bank, "voiceprint") == "bought"
    assert bank.surveillance is not None
    assert bank.surveillance.value is False
    police = find("声纹采集仪六套。").surveillance
    assert police is not None
    assert police.value
    assert police.at.text == "声纹"
    assert find("办公桌椅。").surveillance is None


def test_nobody_is_a_target_where_nothing_watches_people() -> None:
    assert find("为学生、少数民族群众免费体检。") == Findings()


def test_every_passage_is_the_printed_text_at_its_place() -> None:
    text = "採購ＷｉＦｉ探針２０個；攝像機３０路，錄像保存３個月。"
    reading, fields = read(text, "某市公安局治安監控")
    findings = find_findings(reading, fields, OURS)
    values = {one.what: (int(one.value), one.unit) for one in findings.quantities}
    assert values == {
        "wifi_sniffers": (20, "個"),
        "cameras": (30, "路"),
        "storage_days": (90, "天"),
    }
    for one in (*findings.findings, *findings.quantities):
        assert reading.text[one.at.start : one.at.end] == one.at.text


def test_the_same_notice_gives_the_same_findings() -> None:
    text = "人脸识别门禁20套，虹膜采集仪3台，视频监控60路，录像保存90天。" * 9
    assert find(text) == find(text)


def test_a_technology_keeps_few_passages_of_many() -> None:
    findings = find("采购虹膜仪。" * 400)
    assert len([one for one in findings.findings if one.id == "iris"]) == 5


@given(
    st.text(alphabet="人脸识别不含监控摄像机,。;、\n一三、供应商资格条件123万wifi ", max_size=300)
)
def test_no_text_breaks_the_matcher(text: str) -> None:
    find(text)


@pytest.mark.parametrize(
    "text",
    [
        piece * (10**6 // len(piece))
        for piece in (
            *("人", "人脸", "一、", "1", "\n", "视频监控", "监控摄像机1路", "不含,", "资格\n"),
            *("侦码1", "采集", "dna", "采集 ", "资格:声纹", "业绩 声纹", "血卡1份,"),
        )
    ],
    ids=lambda text: text[:7].replace("\n", "/"),
)
def test_a_hostile_megabyte_is_read_in_bounded_time(text: str) -> None:
    reading = Reading(text=text, blocks=(Block(0, len(text)),), media_type="text/plain")
    started = time.process_time()
    find_findings(reading, Fields(), OURS)
    assert time.process_time() - started < 5


TENDER = """第一章 采购公告
采购声纹采集仪六套。
第二章 投标人须知
一、总则
投标人不得使用虹膜数据。
第三章 评标办法
一、技术部分
步态识别方案优者得五分。
第四章 采购需求
一、技术要求
配备执法记录仪。
第五章 合同条款
一、付款
乙方提供手机取证培训。
第六章 投标文件格式
一、投标函
类似：警用地理信息。"""


def test_a_tender_document_buys_in_its_call_and_its_needs_alone() -> None:
    findings = find(TENDER)
    bought = {one.id for one in findings.findings if one.relation == "bought"}
    assert bought == {"voiceprint", "body-camera"}
    for id in ("iris", "gait-recognition", "phone-forensics", "pgis"):
        assert relation(findings, id) == "mentioned"


def test_guards_who_watch_screens_are_no_purchase_of_cameras() -> None:
    findings = find("值守岗查看视频监控画面。", "某法院物业管理服务")
    assert relation(findings, "video-surveillance") == "mentioned"
    assert findings.surveillance is None
    named = find("值守岗查看画面。", "某法院物业管理及视频监控改造")
    assert relation(named, "video-surveillance") == "bought"


@pytest.mark.parametrize(
    "text",
    [
        "采购WiFi探针，20台。",
        "采购WiFi探针，共20台。",
        "采购WiFi探针（含2.4G与5G），20台。",
        "采购WiFi探针(双频) 20台。",
    ],
)
def test_a_figure_is_read_across_one_comma_or_a_bracket(text: str) -> None:
    sniffers = [one.value for one in find(text).quantities if one.what == "wifi_sniffers"]
    assert sniffers == [20]


def test_the_figure_after_another_thing_is_not_read() -> None:
    quantities = find("采购WiFi探针，交换机20台。").quantities
    assert not [one for one in quantities if one.what == "wifi_sniffers"]


def test_a_word_that_counts_alone_gives_way_to_what_else_is_bought() -> None:
    title = "某县民族宗教局僧人请假登记"
    assert relation(find("外出僧人未归即提示驻寺干部。", title), "key-persons") == "bought"
    both = find("外出僧人未归即提示驻寺干部，大门人脸抓拍。", title)
    assert relation(both, "key-persons") is None
    assert relation(both, "facial-recognition") == "bought"


def test_a_box_that_is_not_ticked_asks_for_nothing_where_others_are() -> None:
    form = find("☑ 虹膜采集　□ 声纹采集　☑ 指纹采集")
    assert relation(form, "iris") == "bought"
    assert relation(form, "voiceprint") == "excluded"
    assert relation(form, "fingerprint") == "bought"
    assert relation(find("□ 声纹采集仪六套"), "voiceprint") == "bought"


def test_the_last_years_of_people_are_no_past_work_of_a_bidder() -> None:
    shown = find("人脸识别闸机标出维吾尔族人员、近两年出过国的人员、宗教人士。")
    assert {"uyghur", "religious"} <= {one.id for one in shown.findings if one.kind == "target"}
    past = find("近两年承担过虹膜采集项目的加2分。")
    assert relation(past, "iris") == "mentioned"


@pytest.mark.parametrize(
    "text",
    [
        "地图上可圈选人脸抓拍的碰撞（数据由省厅系统提供）。",
        "向省厅人脸平台推送结果。",
        "汇聚民航、铁路、客运、寄递、人脸、网吧等各类数据。",
    ],
)
def test_data_of_other_systems_are_not_bought(text: str) -> None:
    assert relation(find(text), "facial-recognition") == "mentioned"


def correct(text: str) -> Findings:
    title = "某局食堂刷脸设备更正公告"
    reading, _ = read(text, title)
    at = Passage(text=title, part="body", start=0, end=len(title))
    fields = Fields(
        title=Cited(value=title, at=at), notice_type=Cited(value="correction", at=at, rule="title")
    )
    return find_findings(reading, fields, OURS)


def test_what_a_correction_strikes_out_piece_by_piece_is_excluded_whatever_its_title_says() -> None:
    gone = correct("原采购需求中“刷脸终端6台”取消。")
    assert {one.relation for one in gone.findings} == {"excluded"}
    still = correct("原采购需求中“刷脸终端6台”取消。新增人脸识别闸机2台。")
    assert relation(still, "facial-recognition") == "bought"
    other = correct("删除人脸比对速度一项参数。")
    assert relation(other, "facial-recognition") == "bought"


@pytest.mark.parametrize(
    "text",
    [
        "人脸识别门禁（不含税）报价。",
        "人脸识别门禁六套（数据由厂家推送至派出所）。",
        "面向社区人脸门禁提供运维。",
        "向派出所推送人脸抓拍并上传照片。",
    ],
)
def test_words_like_those_of_other_systems_leave_it_bought(text: str) -> None:
    assert relation(find(text), "facial-recognition") == "bought"
