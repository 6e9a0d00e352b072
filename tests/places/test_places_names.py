import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.places.divisions import divisions
from tenderlight.places.names import read_names, settle


def codes(text: str, year: int | None = None) -> list[str]:
    named = settle(read_names(text, year, seats=True), text)
    return sorted(named.codes) if named else []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("浙江省公安厅", ["330000"]),
        ("青岛大学附属医院", ["370200"]),
        ("北京大学深圳医院", ["440300"]),
        ("吉林市公安局", ["220200"]),
        ("吉林大学", ["220000"]),
        ("中山大学", ["440100"]),
        ("四川外国语大学", ["500000"]),
        ("长阳县公安局", ["420528"]),
        ("海淀区教育委员会", ["110108"]),
        ("朝阳区公安分局", ["110105", "220104"]),
        ("北京市朝阳区公安分局", ["110105"]),
        ("江北区政法委", ["330205", "500105"]),
        ("宁波市江北区政法委", ["330205"]),
        ("海南州公安局", ["632500"]),
        ("恩施公安局", ["422800"]),
        ("乌鲁木齐海关", ["650100"]),
        ("上海市公安局奉贤分局", ["310120"]),
        ("臺北故宮", []),
        ("廣東省公安廳", ["440000"]),
        ("新疆生产建设兵团第八师公安局", ["659001"]),
        ("雄安新区公安局", ["130000"]),
    ],
)
def test_a_name_gives_the_division_that_readers_understand(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("遵义市长宁岗县公安局", ["520300"]),
        ("合肥市庐江口县医院", ["340100"]),
        ("凉山州雷波拉县公安局", ["513400"]),
    ],
)
def test_an_invented_county_gives_its_prefecture(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "南京路小学",
        "中山公园",
        "天津街",
        "甲宁江县",
        "鼎山城区",
        "陆军第八师",
        "长江委",
        "人民医院",
        "公共资源交易中心",
        "网上合作社长阳光服务",
        "",
    ],
)
def test_a_road_or_another_word_is_no_division(text: str) -> None:
    assert codes(text) == []


def test_a_code_is_that_of_the_year() -> None:
    assert codes("胶南市公安局", 2010) == ["370284"]
    assert codes("巢湖市公安局", 2009) == ["341400"]
    assert codes("巢湖市公安局", 2020) == ["340181"]


def test_every_current_county_is_read_with_its_parents() -> None:
    by_code = {each.code: each for each in divisions() if each.last is None}
    missed = [
        each.zh
        for each in by_code.values()
        if codes("".join(by_code[code].zh for code in each.parents) + each.zh + "公安局")
        != [each.code]
    ]
    assert missed == []


@given(st.text(alphabet="北京市朝阳区吉林省县公安局長路0 ", max_size=60))
def test_names_lie_in_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for named in read_names(text):
        assert end <= named.start < named.end <= len(text)
        assert named.codes
        end = named.end
