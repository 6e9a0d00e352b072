"""What is shown of where equipment is to stand. All invented."""

import msgspec

from tenderlight.corpus.rows_deployment import deployment_row, deployment_rows
from tenderlight.corpus.shown import Shown
from tenderlight.deployment import find_deployment
from tenderlight.personal import find_personal
from tenderlight.reading import read_document
from tenderlight.technologies import load_definitions

PAGE = """<table><tr><td>序号</td><td>安装位置</td><td>经度</td><td>纬度</td><td>球机</td></tr>
<tr><td>1</td><td>东湖村王小明家门口</td><td>119.883215</td><td>43.612701</td><td>1</td></tr>
<tr><td>2</td><td>东湖小学</td><td>119.89</td><td>43.60</td><td>3</td></tr></table>"""


def test_no_name_and_no_exact_place_is_shown() -> None:
    reading = read_document(PAGE.encode(), "notice.html")
    show = Shown(reading, find_personal(reading))
    deployed = find_deployment(reading, load_definitions())
    home, school = deployment_row(deployed, show)["deployment"]
    assert (home["place"], home["category"]) == ("东湖村＊＊＊家门口", "residential")
    assert (home["lon1"], home["lat1"], home["has_coordinates"]) == (None, None, True)
    assert (school["lon1"], school["lat1"]) == ("119.9", "43.6")
    assert (school["place"], school["devices"], school["what"]) == ("东湖小学", "3", "球机")
    shown = msgspec.json.encode(deployment_rows(deployed, show)).decode() + show.whole
    assert "王小明" not in shown
    assert "119.88" not in shown
    assert "43.61" not in shown
