"""What the invented sample notices state of their kind, as somebody who read them wrote it down."""

from typing import Any

import pytest

from tenderlight.fields import find_fields
from tenderlight.model import Cited, Fields
from tenderlight.reading import read_document
from tenderlight.sample import sample_folder

READ: dict[str, dict[str, Any]] = {
    "xn-01.html": {"planned": "2019-07"},
    "xn-62.html": {"planned": "2026-03"},
    "xn-03.html": {
        "changes": [
            ("采集血样46000份", "采集血样46000份", "采集血样43500份"),
            ("预算金额", "3680000元", "3480000元"),
            ("最高限价", None, "3400000元"),
            ("开标时间", "2019年08月06日09时30分", "2019年08月13日09时30分"),
        ]
    },
    "xn-23.html": {
        "changes": [
            ("红外高清摄像机136台", "红外高清摄像机136台", "红外高清摄像机152台"),
            ("投标截止时间和开标时间", "2014年9月2日10:00", "2014年9月10日10:00"),
        ]
    },
    "xn-51.html": {
        "changes": [
            ("采购需求", "刷脸支付终端10台", "刷卡扫码结算终端10台"),
            ("预算金额", "28万元", "21万元"),
        ]
    },
    "xn-66.html": {
        "changes": [
            ("手机取证设备数量", "4套", "6套"),
            ("预算金额", "2100000元", "2640000元"),
            ("单兵侦码设备", "2套", "2套（增加5G制式）"),
            ("提交响应文件截止时间", "2021-07-20 09:00", "2021-07-27 09:00"),
        ]
    },
    "xn-21.html": {
        "proposed": ["广州聆岳语音技术有限公司"],
        "why": "原系统由拟定供应商独家开发，采集的声纹特征码采用私有格式，更换供应商将"
        "造成已入库数据不能比对，符合政府采购法第三十一条第（三）项规定。",
    },
    "xn-50.html": {
        "proposed": ["重庆嘉步医疗科技有限公司"],
        "why": "步态分析系统须与院内已有平衡训练系统数据互通，仅原厂可提供接口。",
    },
    "xn-61.html": {
        "proposed": ["乌鲁木齐天砾数据技术有限公司"],
        "why": "二期须与一期算法和数据结构保持一致，只能从原供应商处添购。",
    },
    "xn-54.html": {"why": "有效报价供应商不足三家。"},
    "xn-05.html": {"signed": "2019-09-02", "numbers": [("contract", "XN-YL-HT-2019-118")]},
    "xn-19.html": {"signed": "2021-04-28", "numbers": [("contract", "XN-HB-2021-0306-01")]},
    "xn-69.pdf": {"signed": "2024-08-06", "numbers": [("contract", "XN-HL-2024-XJ77-HT")]},
    "xn-82.ofd": {"signed": "2025-04-02", "numbers": [("contract", "XN-YZ-2025-HT03")]},
    "xn-20.txt": {"accepted": "2022-05-10", "numbers": [("contract", "XN-HB-2021-0306-01")]},
    "xn-63.html": {"accepted": "2025-02-26", "numbers": [("contract", "XN-HEB-JY-2024-HT02")]},
}
NAMES = ("planned", "proposed", "why", "changes", "signed", "accepted", "numbers", "buyer_code")


@pytest.mark.parametrize("file", READ)
def test_a_sample_notice_states_what_was_read_in_it(file: str) -> None:
    fields = found_in(file)
    assert {name: plain(fields, name) for name in NAMES if getattr(fields, name)} == READ[file]


def test_no_other_sample_notice_states_any_of_it() -> None:
    with sample_folder() as folder:
        others = [p.name for p in folder.glob("xn-*.html") if p.name not in (*READ, "xn-10.html")]
    named = ("planned", "proposed", "why", "changes", "signed", "accepted")
    stated = {(file, name) for file in others for name in named if getattr(found_in(file), name)}
    assert stated == set()


def found_in(file: str) -> Fields:
    with sample_folder() as folder:
        payload = (folder / file).read_bytes()
    return find_fields(read_document(payload, file), None)


def plain(fields: Fields, name: str) -> Any:
    value = getattr(fields, name)
    if isinstance(value, Cited):
        return value.value
    if name == "numbers":
        return [(each.kind, each.number.value) for each in value]
    if name == "changes":
        return [tuple(e.value if e else None for e in (c.what, c.was, c.now)) for c in value]
    return [each.value for each in value]
