from tenderlight.model import Block, Cited, Fields, Passage, Reading, Statement
from tenderlight.places import find_place


def reading(text: str) -> Reading:
    blocks, start = [], 0
    for line in text.split("\n"):
        blocks.append(Block(start, start + len(line)))
        start += len(line) + 1
    return Reading(text=text, blocks=tuple(blocks), media_type="text/plain")


def cited(read: Reading, value: str) -> Cited[str]:
    start = read.text.index(value)
    return Cited(value=value, at=read.passage(start, start + len(value)))


def place(text: str, stated: Statement | None = None, **values: str) -> tuple[str, str, str] | None:
    read = reading(text)
    found = find_place(read, Fields(**{k: cited(read, v) for k, v in values.items()}), stated)
    if found is None or found.county is None:
        return None
    for each in (found.province, found.county):
        source = stated.line if stated and each.at.part == "manifest" else text
        assert source[each.at.start : each.at.end] == each.at.text
    return found.province.value, found.county.value, found.county.rule


def test_the_buyers_name_comes_first() -> None:
    text = "来源：河北省公共资源交易平台\n采购人：青岛市黄岛区教育局"
    assert place(text, buyer="青岛市黄岛区教育局") == ("370000", "370211", "buyer; differs: portal")


def test_a_city_buyer_is_found_more_exactly_by_its_address() -> None:
    text = "采购人信息\n名称：徐州市少年宫\n地址：徐州市云龙区某路1号\n"
    text += "代理机构\n地址：南京市玄武区某路"
    assert place(text, buyer="徐州市少年宫") == ("320000", "320303", "address; also buyer")


def test_the_agencys_address_is_not_the_buyers() -> None:
    text = "采购人：国家某某总局\n代理机构：某某招标公司\n地址：天津市河西区某路"
    assert place(text, buyer="国家某某总局") == ("120000", "120000", "text")


def test_a_shared_name_is_settled_by_the_manifest_and_cited_so() -> None:
    stated = Statement(line='{"region_code": "220100"}', region_code="220100")
    text = "采购人：朝阳区公安分局"
    assert place(text, stated, buyer="朝阳区公安分局") == (
        "220000",
        "220104",
        "buyer; also manifest",
    )


def test_the_manifests_own_level_means_the_prefecture() -> None:
    stated = Statement(line='{"region_code": "420501"}', region_code="420501")
    assert place("采购人：某某公司", stated, buyer="某某公司") == ("420000", "420500", "manifest")


def test_a_label_names_the_region_where_the_buyer_does_not() -> None:
    text = "采购单位\n中共嘉某市委宣传部\n行政区域\n安徽省"
    assert place(text, buyer="中共嘉某市委宣传部") == ("340000", "340000", "region")


def test_the_project_of_a_provincial_body_does_not_move_its_seat() -> None:
    text = "浙江省交通厅温州市某项目\n采购人：浙江省交通厅"
    found = place(text, buyer="浙江省交通厅", project_name="浙江省交通厅温州市某项目")
    assert found == ("330000", "330000", "buyer; also project")


def test_a_name_that_only_repeats_the_buyer_counts_once() -> None:
    stated = Statement(line='{"region": "重庆"}', region="重庆")
    name = "四川甲乙学院"
    text = f"{name}办公家具招标公告\n采购人：{name}"
    found = place(text, stated, buyer=name, title=f"{name}办公家具招标公告")
    assert found == ("500000", "500000", "manifest; differs: buyer, title")


def test_a_firm_that_buys_has_its_own_address() -> None:
    text = "招标人：某某能源有限公司\n地址：榆林市神木市某路\n招标代理：某公司\n地址：西安市雁塔区"
    assert place(text, buyer="某某能源有限公司") == ("610000", "610881", "address")


def test_nothing_named_gives_no_place() -> None:
    assert place("采购人：某某公司\n预算：12万元", buyer="某某公司") is None
    assert place("") is None


def test_hostile_text_is_read_in_reasonable_time() -> None:
    for text in ("地址" * 200_000, "采" * 1_000_000, "北京市" * 300_000):
        assert find_place(reading(text), Fields(), None) is None or "北京" in text


def test_a_buyer_stated_by_the_manifest_is_cited_in_its_line() -> None:
    line = '{"buyer": "长沙市公安局"}'
    at = Passage(text="长沙市公安局", part="manifest", start=11, end=17)
    found = find_place(reading(""), Fields(buyer=Cited(value="长沙市公安局", at=at)), None)
    assert found is not None
    assert line[found.province.at.start : found.province.at.end] == "长沙市"


def test_a_county_that_no_list_has_lies_where_the_page_prints_it() -> None:
    text = "采购人：柏溪县公安局\n送达：宜宾市柏溪县财政局二楼"
    assert place(text, buyer="柏溪县公安局") == ("510000", "511500", "above")


def test_an_address_of_nobody_is_a_weaker_clue_than_the_buyers() -> None:
    text = "招标人：某某学校\n资格：供应商应当具有完成本项目的能力。\n地址：宁夏吴忠市某路"
    assert place(text, buyer="某某学校") == ("640000", "640300", "loose address")


def test_addresses_of_nobody_that_differ_do_not_name_a_prefecture() -> None:
    text = "江苏省某某学校\n地址：江苏省苏州市某路\n地址：江苏省无锡市某路"
    found = place(text, title="江苏省某某学校")
    assert found == ("320000", "320000", "title; also loose address")


def test_the_supervising_department_names_the_prefecture() -> None:
    text = "采购人：柏溪县公安局\n财政部门：清远市财政局　联系人"
    assert place(text, buyer="柏溪县公安局") == ("440000", "441800", "oversight")


def test_the_centre_that_opens_bids_names_the_prefecture_but_not_its_own_county() -> None:
    text = "采购人：柏溪县公安局\n开标地点：喀什市（样例）政府采购中心二楼"
    assert place(text, buyer="柏溪县公安局") == ("650000", "653100", "venue")


def test_a_hotel_where_bids_are_opened_is_no_clue() -> None:
    text = "采购人：湖北省某某局\n开标地点：荆州市某某酒店"
    assert place(text, buyer="湖北省某某局") == ("420000", "420000", "buyer")


def test_weak_clues_never_leave_the_buyers_province() -> None:
    text = "采购人：湖北柏溪县公安局\n监督部门：清远市财政局"
    found = place(text, buyer="湖北柏溪县公安局")
    assert found == ("420000", "420000", "buyer; differs: oversight")


def test_a_word_that_is_also_a_countys_short_name_is_no_place() -> None:
    text = "采购人：营某市公共资源交易中心\n地址：营口市某路"
    found = place(text, buyer="营某市公共资源交易中心")
    assert found == ("210000", "210800", "address")


def test_many_weak_clues_do_not_outvote_the_buyers_own_name() -> None:
    text = "采购人：湖北某某局\n监督部门：清远市财政局\n开标地点：清远市公共资源交易中心\n"
    text += "联系\n地址：清远市某路"
    found = place(text, buyer="湖北某某局")
    assert found is not None
    assert found[:2] == ("420000", "420000")


def test_an_address_is_found_however_its_label_is_spaced() -> None:
    for gap in (" ", "\u3000", "\u00a0\u00a0\u00a0"):
        text = f"采购人信息\n名称：徐州市少年宫\n地{gap}址：\n徐州市云龙区某路1号"
        assert place(text, buyer="徐州市少年宫") == ("320000", "320303", "address; also buyer")


def test_addresses_side_by_side_belong_to_the_body_above_them() -> None:
    rows = (
        ("招标人：", "徐州市少年宫", "招标代理机构：", "湖光招标有限公司"),
        ("地址：", "徐州市云龙区某路1号", "地址：", "南京市玄武区某路2号"),
    )
    blocks, start = [], 0
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            block = Block(start, start + len(cell), "cell", table=0, row=row, column=column)
            blocks.append(block)
            start += len(cell) + 1
    text = "\n".join(cell for cells in rows for cell in cells)
    read = Reading(text=text, blocks=tuple(blocks), media_type="text/html")
    found = find_place(read, Fields(buyer=cited(read, "徐州市少年宫")), None)
    assert found is not None
    assert found.county is not None
    assert (found.county.value, found.county.at.text) == ("320303", "徐州市云龙区")
