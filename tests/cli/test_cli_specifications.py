"""Leads on the command line: listed, opened, and as JSON; a search in requirements alone."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tenderlight.cli import app
from tenderlight.corpus import build, init_corpus
from tenderlight.sources import add

LINES = (
    "1.人脸抓拍单元应对同一画面内不少于三十张人脸同时检测并逐一编号留存",
    "2.重点人员进入设防半径后平台须在两秒内向辖区值班席推送含轨迹的弹窗",
    "3.前端与研判席之间的链路中断后应自行补录并在界面以橙色角标提示缺口",
)


def page(buyer: str, number: str, kind: str, body: str) -> bytes:
    return (
        f"<title>设备采购{kind}公告</title><h2>设备采购{kind}公告</h2>"
        f"<p>一、项目基本情况</p><p>项目编号：{number}</p><p>采购人：{buyer}</p>{body}"
    ).encode()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("specifications")
    saved = folder / "saved"
    saved.mkdir()
    body = "<p>二、技术参数要求</p>" + "".join(f"<p>{line}。</p>" for line in LINES)
    won = "<p>二、中标信息</p><p>供应商名称：云台智能科技有限公司</p><p>中标金额：10万元</p>"
    (saved / "a.html").write_bytes(page("东湖县公安局", "XN2021-001", "公开招标", body))
    (saved / "b.html").write_bytes(page("西岭县公安局", "XN2022-002", "公开招标", body))
    (saved / "c.html").write_bytes(page("东湖县公安局", "XN2021-001", "中标", won))
    (saved / "d.html").write_bytes(page("西岭县公安局", "XN2022-002", "中标", won))
    init_corpus(folder / "c")
    add(folder / "c", [saved], lambda: datetime(2026, 1, 2, tzinfo=UTC))
    build(folder / "c", jobs=1)
    return folder / "c"


def run(*arguments: object) -> str:
    done = CliRunner().invoke(app, [str(each) for each in arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_leads_name_both_buyers_and_who_won(root: Path) -> None:
    told = json.loads(run("specifications", root, "--json"))
    assert told["total"] == 1
    (lead,) = told["leads"]
    assert {lead["first"]["buyer"], lead["second"]["buyer"]} == {"东湖县公安局", "西岭县公安局"}
    assert lead["first"]["suppliers"] == ["云台智能科技有限公司"]
    assert lead["same_supplier"]
    shown = run("specifications", root)
    assert "1 leads" in shown
    assert "one supplier won both" in shown


def test_one_lead_opens_onto_both_texts(root: Path) -> None:
    (lead,) = json.loads(run("specifications", root, "--json"))["leads"]
    opened = json.loads(run("specifications", root, "--lead", lead["id"], "--json"))
    texts = ["".join(p["text"] for p in row["first"]) for row in opened["rows"]]
    assert any(LINES[1] in text for text in texts)
    assert LINES[1] in run("specifications", root, "--lead", lead["id"])


def test_an_unknown_lead_is_refused(root: Path) -> None:
    done = CliRunner().invoke(app, ["specifications", str(root), "--lead", "none"])
    assert done.exit_code != 0


def test_a_search_may_look_at_requirements_alone(root: Path) -> None:
    assert json.loads(run("search", root, "设备采购", "--json"))["total"] == 4
    words = ("search", root, "--in", "specifications", "--json")
    assert json.loads(run(*words, "设备采购"))["total"] == 0
    assert json.loads(run(*words, "人脸抓拍单元"))["total"] == 2
