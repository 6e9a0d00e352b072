import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.model import Block, Reading
from tenderlight.personal import find_personal, mask
from tenderlight.plain import MASK
from tenderlight.reading import read_document


def reading(text: str) -> Reading:
    blocks, start = [], 0
    for line in text.split("\n"):
        blocks.append(Block(start, start + len(line)))
        start += len(line) + 1
    return Reading(text=text, blocks=tuple(blocks), media_type="text/plain")


def shown(text: str) -> str:
    return mask(text, find_personal(reading(text)))


def hidden(text: str) -> list[str]:
    return [text[each.start : each.end] for each in find_personal(reading(text))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("联系人：王小明", ["王小明"]),
        ("项目经理：李和平", ["李和平"]),
        ("联系人：王女士、李工", ["王女士", "李工"]),
        ("联 系 人：\n王 明\n电话", ["王 明"]),
        ("联\u00a0\u00a0系\u00a0\u00a0人：沈兰兰", ["沈兰兰"]),
        ("联系人\n欧阳某某\n电话", ["欧阳某某"]),
        ("联系人：买买提·艾力", ["买买提·艾力"]),
        ("联系人：古丽娜尔", ["古丽娜尔"]),
        ("联系人：阿不都热依木、扎西次仁", ["阿不都热依木", "扎西次仁"]),
        ("聯絡人：蔣小姐", ["蔣小姐"]),
        ("项目联系人：白老师项目联系电话：", ["白老师"]),
        ("项目经理：张三丰（注册一级）", ["张三丰"]),
        ("技术负责人\n赵小红\n质量员\n钱多多", ["赵小红", "钱多多"]),
        ("评审专家名单：周一凡、吴二、郑某某", ["周一凡", "吴二", "郑某某"]),
        ("评标委员会成员名单:\n毛大旺,程小怡,林帆帆\n地址", ["毛大旺", "程小怡", "林帆帆"]),
        ("谈判小组成员名单\n彭秀秀 黎小帆 龙豪豪\n八、联系人", ["彭秀秀", "黎小帆", "龙豪豪"]),
        ("Contact: Li Lei  Phone: see below", ["Li Lei"]),
        ("Contact Person: Mr. Zhang San, Tel.: none", ["Mr. Zhang San"]),
        ("联 系 人 ： 郑 女 士", ["郑 女 士"]),
        ("主要负责人 王建国 电话", ["王建国"]),
        ("授权代表签字：王小强", ["王小强"]),
        ("成员：陈小静 杨小敏", ["陈小静", "杨小敏"]),
        ("Contact Person: Ms. Wang Xiaoming\nTel", ["Ms. Wang Xiaoming"]),
        ("摄像机装在王二毛家门口", ["王二毛"]),
        ("项目负责人：王小明 变更为 赵志强。", ["王小明", "赵志强"]),
        ("联系人：王小明，现更正为：赵志强。", ["王小明", "赵志强"]),
        ("姓名：王小明\n专家王小明、李建国论证认为", ["王小明", "王小明", "李建国"]),
        ("摄像机装在欧阳若溪家门口", ["欧阳若溪"]),
        ("评审小组由王小明、李某和赵某某组成", ["王小明", "李某", "赵某某"]),
        ("评标委员会由钱一、孙小二等5人组成", ["钱一", "孙小二"]),
        ("验收小组：钱某、孙小二（使用人）、李某（专家）", ["钱某", "孙小二", "李某"]),
        ("专家一：赵小红，高级工程师，意见：同意", ["赵小红"]),
        ("验收组成员：顾某、（专家）裘小远", ["顾某", "裘小远"]),
        ("有意者请与王女士联系，李先生亦可", ["王女士"]),
        ("联系人：王明\n附件\n王明\n王明先生", ["王明", "王明", "王明先生"]),
        ("联系人：王明\n咨询王明 0717-1234567", ["王明", "王明", "0717-1234567"]),
        ("联系人：王明\n蓝天救援", ["王明"]),
        ("初审：\n武红\n终审：\n蔡小琴", ["武红", "蔡小琴"]),
    ],
)
def test_persons_are_hidden(text: str, names: list[str]) -> None:
    assert hidden(text) == names


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("电话：13900001234", ["13900001234"]),
        ("电话：139 0000 1234", ["139 0000 1234"]),
        ("电话：０７１７－１２３４５６７", ["０７１７－１２３４５６７"]),
        ("电话：0717-1234567/7654321", ["0717-1234567/7654321"]),
        ("电话:029- 12345678 转 8033", ["029- 12345678 转 8033"]),
        ("传真：（010）12345678", ["（010）12345678"]),
        ("王老师 010-12345678，010-87654321。", ["010-12345678", "010-87654321"]),
        ("某处 010-12345678-8001、13900001234", ["010-12345678-8001", "13900001234"]),
        ("86-21-12345678", ["86-21-12345678"]),
        ("电\n话:\n02712345678", ["02712345678"]),
        ("电话：8175198", ["8175198"]),
        ("Tel: +86 10 1234 5678", ["+86 10 1234 5678"]),
        ("邮箱：wang.xm@example.org", ["wang.xm@example.org"]),
        ("邮箱 233534003 @qq.com", ["233534003 @qq.com"]),
        ("QQ：123456789 微信:wx_abc12", ["123456789", "wx_abc12"]),
        ("420106199001011234", ["420106199001011234"]),
        ("身份证 420106900101123", ["420106900101123"]),
        ("贵2342936604978883", ["贵2342936604978883"]),
    ],
)
def test_numbers_of_persons_are_hidden(text: str, numbers: list[str]) -> None:
    assert hidden(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "联系人：采购中心",
        "联系人：某某市公共资源交易中心",
        "联系人：详见招标文件",
        "Contact: Procurement Center",
        "采购单位联系方式：某某招标有限公司",
        "联系人姓名和电话\n采购人名称：江北某局",
        "项目编号：0733-18104812",
        "项目编号：CG-13900001234",
        "预算金额：13912345678.00元",
        "统一社会信用代码：914201067123456789",
        "开户账号：44500600301801002392",
        "公告日期：2021-08-27 09:30",
        "项目负责人须具有注册证书",
        "法定代表人为同一人的投标人",
        "项目负责人\n施工员\n质量要求\n合格",
        "（鄂）JZ安许证字[2014]009570",
        "王府井大街1号",
        "摄像机12台，单价13900元",
        "地址：天伦路11号院1号楼1单元18层134号",
        "专家门诊楼、卖家门口",
        "小组由江苏、安徽、云南三省组成",
        "评审小组由采购人代表和评审专家组成",
        "委员会由水利、公安、交通等部门组成",
        "专家1：同意，专家2：同意",
        "初审：合格，复审：通过",
    ],
)
def test_what_is_not_personal_stays(text: str) -> None:
    assert hidden(text) == []


def test_a_line_of_staff_loses_names_and_certificates_and_keeps_the_kinds() -> None:
    text = "项目经理\n王小航,注册二级建造师·机电工程,鄂142000000001、鄂建安B(2023)1234567"
    assert shown(text) == (f"项目经理\n{MASK * 3},注册二级建造师·机电工程,{MASK * 13}、{MASK * 17}")


def test_homes_in_a_list_of_sites_are_hidden() -> None:
    assert shown("点位12：阳光小区3号楼2单元501室") == f"点位12：阳光小区{MASK * 10}"


def test_a_watch_list_loses_names_and_identity_numbers() -> None:
    text = "序号 姓名 身份证号\n1 王小明 420106199001011234\n2 买买提 650106199001011234"
    assert shown(text) == f"序号 姓名 身份证号\n1 {MASK * 3} {MASK * 18}\n2 {MASK * 3} {MASK * 18}"


def test_a_person_to_be_watched_is_hidden_beside_the_number() -> None:
    text = "布控对象：买买提·吐尔逊 身份证号653101198001011234"
    assert hidden(text) == ["买买提·吐尔逊", "653101198001011234"]


def test_a_column_of_names_is_hidden_below_its_head() -> None:
    cells = ["姓名", "事由", "王小明", "上访", "李二", "上访"]
    blocks, start = [], 0
    for index, cell in enumerate(cells):
        place = {"kind": "cell", "table": 0, "row": index // 2, "column": index % 2}
        blocks.append(Block(start, start + len(cell), **place))  # type: ignore[arg-type]
        start += len(cell) + 1
    text = "\n".join(cells)
    read = Reading(text=text, blocks=tuple(blocks), media_type="text/html")
    assert mask(text, find_personal(read)) == "姓名\n事由\n＊＊＊\n上访\n＊＊\n上访"


def test_a_name_is_hidden_wherever_it_stands_again() -> None:
    assert "王小明" not in shown("联系人：王小明\n采购办公室请王小明同志负责解释")


def test_a_name_of_two_characters_inside_another_word_stays() -> None:
    assert shown("联系人：高明\n设备高明度显示，高明区某局").endswith("设备高明度显示，高明区某局")


def test_a_title_of_one_block_is_read_too() -> None:
    text = "某市公安局视频监控项目公告（联系人：王小明 13900001234）"
    assert hidden(text) == ["王小明", "13900001234"]


def test_a_text_that_begins_inside_the_reading_is_masked_in_its_place() -> None:
    text = "采购人：某局\n联系人：王小明\n电话"
    masks = find_personal(reading(text))
    assert mask(text[7:14], masks, start=7) == f"联系人：{MASK * 3}"


PIECES = st.sampled_from(
    (
        *("联系人：", "电话", "：", "王小明", "李工", "、", "\n", " ", "13900001234", "身份证"),
        *("0717-1234567", "某公司", "a@b.cn", "评委名单", "家门口", "，", ",", "项目编号："),
        *("420106199001011234", "鄂142000000001"),
    )
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_masking_keeps_length_and_everything_else_and_twice_is_the_same(text: str) -> None:
    masks = find_personal(reading(text))
    once = mask(text, masks)
    assert len(once) == len(text)
    covered = {at for each in masks for at in range(each.start, each.end)}
    assert all(once[at] == char for at, char in enumerate(text) if at not in covered)
    assert all(once[at] in f"{MASK}\n" for at in covered)
    assert mask(once, masks) == once


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "1",
            "0",
            "王",
            "王王,",
            "联系人",
            "联系人：",
            "@",
            "a",
            "a@",
            "电话",
            "（",
            "鄂",
            "0717-",
        ),
        *(
            "13900001234",
            "姓名\n",
            "家门口",
            "1栋1单元",
            "身份证1",
            "王小明、",
            "联\u3000",
            "电\u3000",
            "小组由王小明、",
            "小组：",
            "王女士",
        ),
    ],
)
def test_hostile_text_is_read_in_time_that_grows_with_its_length(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    start = time.process_time()
    find_personal(reading(text))
    assert time.process_time() - start < 8


def test_a_table_of_a_hundred_thousand_heads_is_read_in_time() -> None:
    blocks = tuple(
        Block(4 * n, 4 * n + 3, "cell", table=0, row=n, column=0) for n in range(100_000)
    )
    text = "\n".join(["施工员"] * len(blocks))
    start = time.process_time()
    find_personal(Reading(text=text, blocks=blocks, media_type="text/html"))
    assert time.process_time() - start < 8


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td>候选人</td><td>甲公司</td><td>乙公司</td><td>丙公司</td></tr>"
        "<tr><td>项目负责人</td><td>王建国</td><td>李红梅</td><td>那某</td></tr>"
        "<tr><td>投标报价</td><td>1</td><td>2</td><td>3</td></tr></table>",
        "候选人\n甲公司\n乙公司\n丙公司\n项目负责人\n王建国\n李红梅\n赵大勇\n投标报价\n1\n2\n3",
    ],
)
def test_the_people_of_all_bidders_in_a_row_are_hidden(page: str) -> None:
    table = read_document(page.encode(), "candidates")
    lines = mask(table.text, find_personal(table)).splitlines()
    assert [line for line in lines if set(line) != {MASK}] == [
        "候选人", "甲公司", "乙公司", "丙公司", "项目负责人", "投标报价", "1", "2", "3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("为重点人员王小明（身份证号420500198001011234）安装", "王小明"),
        ("李建国（13900001234）", "李建国"),
        ("城关所 李建国 联系电话：13900001234", "李建国"),
    ],
)
def test_a_name_beside_a_number_of_a_person_is_hidden(text: str, name: str) -> None:
    assert name in hidden(text)
    assert len(hidden(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "采购中心（13900001234）",
        "联系人：王小明、采购中心",
        "姓名：王小明\n原开标时间变更为明天",
        "联系人：王小明更换为高清摄像机",
    ],
)
def test_what_stands_beside_a_person_and_is_none_stays(text: str) -> None:
    assert {"王小明", "13900001234", "420500198001011234"}.issuperset(hidden(text))
