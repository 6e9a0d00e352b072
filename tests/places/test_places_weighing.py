import subprocess
import sys

import pytest

from tenderlight.model import Block, Cited, Fields, Place, Reading, Statement
from tenderlight.places import UNIVERSES, division, find_place, universe
from tenderlight.places.hosts import LABELS, codes_of_host
from tenderlight.places.weighing import CONFIDENCE, ONLY_PROVINCE


def place(text: str, stated: Statement | None = None, **values: str) -> Place | None:
    blocks, start = [], 0
    for line in text.split("\n"):
        blocks.append(Block(start, start + len(line)))
        start += len(line) + 1
    reading = Reading(text=text, blocks=tuple(blocks), media_type="text/plain")
    cited = {}
    for name, value in values.items():
        at = text.index(value) if value in text else 0
        cited[name] = Cited(value=value, at=reading.passage(at, at + len(value)))
    return find_place(reading, Fields(**cited), stated)


def county(found: Place | None) -> tuple[str, str] | None:
    return (found.county.value, found.county.rule) if found and found.county else None


def test_a_name_that_several_provinces_share_gives_no_place() -> None:
    assert place("采购人：鼓楼区教育局", buyer="鼓楼区教育局") is None


def test_a_shared_name_is_asked_again_when_an_address_says_more() -> None:
    text = "采购人：鼓楼区教育局\n采购人地址：江苏省南京市某路1号"
    assert county(place(text, buyer="鼓楼区教育局")) == ("320106", "buyer; also address")


def test_a_shared_name_within_a_province_leaves_the_province() -> None:
    text = "采购人：鼓楼区教育局\n行政区域：江苏省"
    assert county(place(text, buyer="鼓楼区教育局")) == ("320000", "buyer; also region")


def test_a_former_name_is_followed_and_the_rule_says_so() -> None:
    text = "采购人：滦县公安局\n日期：2022-01-05"
    found = place(text, buyer="滦县公安局", published="2022-01-05")
    assert county(found) == ("130284", "buyer (former name)")


def test_the_manifests_date_gives_the_year_where_none_is_printed() -> None:
    stated = Statement(line='{"date": "2012-03-01"}', date="2012-03-01")
    found = place("采购人：滦州市公安局", stated, buyer="滦州市公安局")
    assert county(found) == ("130223", "buyer (later name)")


def test_a_stated_code_of_another_year_is_followed() -> None:
    stated = Statement(line='{"region_code": "370284"}', region_code="370284", date="2020-01-01")
    assert county(place("采购人：某某公司", stated)) == ("370211", "manifest (former name)")


def test_the_zone_of_the_buyer_is_named_with_its_passage() -> None:
    found = place("采购人：合肥市高新区管委会", buyer="合肥市高新区管委会")
    assert found is not None
    assert found.zone is not None
    assert (found.zone.value, found.zone.at.text) == ("hefei-hitech", "合肥市高新区")


def test_a_zone_of_the_title_is_not_the_seat_of_a_buyer_elsewhere() -> None:
    text = "合肥高新区某项目\n采购人：合肥市公安局"
    found = place(text, buyer="合肥市公安局", title="合肥高新区某项目")
    assert found is not None
    assert found.zone is None


def test_the_host_is_asked_where_the_manifest_states_no_region() -> None:
    line = '{"url": "http://ggzy.yichang.gov.cn/1.html"}'
    found = place("采购人：某某公司", Statement(line=line))
    assert county(found) == ("420500", "host")
    assert found is not None
    assert found.province.at.text == "ggzy.yichang.gov.cn"
    region = Statement(
        line='{"url": "http://ggzy.yichang.gov.cn/1.html", "r": "湖南"}', region="湖南"
    )
    assert county(place("采购人：某某公司", region)) == ("430000", "manifest")


def test_what_agrees_makes_a_place_surer_and_what_differs_less() -> None:
    full = place("采购人：长沙市公安局\n采购人地址：长沙市某路", buyer="长沙市公安局")
    against = place("行政区域：长沙市\n项目地点：广州市天河区某路")
    province = place("行政区域：湖南省")
    assert full is not None
    assert against is not None
    assert province is not None
    assert full.confidence > against.confidence > province.confidence == ONLY_PROVINCE


def test_confidence_grows_with_the_score() -> None:
    scores, percents = zip(*CONFIDENCE, strict=True)
    assert scores[0] == 0
    assert list(scores) == sorted(scores)
    assert list(percents) == sorted(percents)
    assert all(0 < percent < 100 for percent in percents)


def test_the_same_notice_gives_the_same_place_in_every_process() -> None:
    script = (
        "from bench.places_bench import load_names, told;"
        "print([told(name) for name in load_names() if name.kind in ('shared', 'merged')])"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": each, "PYTHONPATH": "src:."},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for each in ("0", "1")
    }
    assert len(found) == 1


def test_universes_are_named_and_say_where_they_come_from() -> None:
    assert {each.id for each in UNIVERSES} == {"31-divisions", "34-divisions"}
    rest = set(universe("34-divisions").codes) - set(universe("31-divisions").codes)
    assert rest == {"710000", "810000", "820000"}
    assert all("GB/T 2260" in each.source for each in UNIVERSES)


def test_every_word_of_hosts_is_of_a_division_of_today() -> None:
    for code in LABELS.values():
        found = division(code)
        assert found is not None
        assert found.last is None


@pytest.mark.parametrize("host", ["", ".", ".gov.cn", "gov.cn", "hubei.gov.cn.example", "x" * 100])
def test_a_host_that_is_no_governments_says_nothing(host: str) -> None:
    assert codes_of_host(host) == frozenset()


def test_hostile_text_is_read_in_reasonable_time() -> None:
    for unit in ("鼓楼区", "第八师", "高新区", "地点：鼓楼区公安分局\n", "公司"):
        text = unit * (300_000 // len(unit))
        place(text, Statement(line="http://" + "a." * 50_000), buyer=text[:5000], title=text[:5000])
