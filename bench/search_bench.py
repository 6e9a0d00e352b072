"""Search against a plain substring scan: the same notices, and how long an answer takes."""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import NamedTuple

from tenderlight.corpus import Corpus, Filters
from tenderlight.corpus.search import Search, parse_question
from tenderlight.plain import fold

QUERIES = """
警 库 县 7 A 人脸 虹膜 公安 监控 维稳 采购 抓拍 一档 DN Y- 12 万元 摄像机 公安局 指纹库 声纹鉴
雪亮工程 人脸识别 视频监控 执法记录 电子围栏 重点人员 舆情监测 智慧小区 手机取证 车牌识别
Y-STR DNA数据 DNA实验室 IMSI WiFi探针 WiFi探 Wi-Fi MAC地址 4G/3G 1080P GB/T
人脸识别系统 视频结构化 步态识别系统 情绪识别 民族属性识别 一人一档平台 无人机反制
警用地理信息 公安大数据平台 流动人口 上访人员 宗教活动场所 社区矫正对象 吸毒人员
采购项目名称 供应商名称 中标供应商 预算金额 最高限价 政府采购网 竞争性磋商公告 公开招标公告
公安局人脸识别 高清网络摄像机 视频监控系统建设项目 人脸抓拍摄像机采购 前端感知设备建设项目采购
不存在的词语 虚构样本 信息采集一体化设备 指掌纹采集仪 双目虹膜采集
""".split()


class Result(NamedTuple):
    """How the index did."""

    queries: int
    exact: int
    median: float
    p95: float
    wrong: list[str]


def measure(corpus: Corpus, most: int) -> Result:
    """Every query once for exactness and five times for its median, in seconds."""
    texts = {}
    for line in corpus.rows():
        shown = corpus.notice(line["id"]) if len(texts) < most else None
        if shown is None:
            break
        title = line["title"] or ""
        texts[line["id"]] = fold(shown.text if title in shown.text else f"{title}\n{shown.text}")
    search = Search(corpus.folder.search)
    times, wrong = [], []
    for query in QUERIES:
        truth = {id for id, text in texts.items() if fold(query) in text}
        found = search.find(parse_question(query), Filters(), 1_000_000, 0, facets=False)
        if {id for id, _ in found.ids} & texts.keys() != truth:
            wrong.append(query)
        times.append(statistics.median(_timed(search, query) for _ in range(5)))
    times.sort()
    return Result(
        queries=len(QUERIES),
        exact=len(QUERIES) - len(wrong),
        median=statistics.median(times),
        p95=times[int(len(times) * 0.95)],
        wrong=wrong,
    )


def _timed(search: Search, query: str) -> float:
    begun = time.perf_counter()
    search.find(parse_question(query), Filters(), 10, 0)
    return time.perf_counter() - begun


def open_corpus(folder: Path) -> Corpus:
    """The corpus in a folder."""
    return Corpus.open(folder)
