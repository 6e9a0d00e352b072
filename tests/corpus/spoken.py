"""Invented notices, and answers of a language model about them, as the corpus keeps them."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.evidence.testimony import Testimony
from tenderlight.second.asked import Kept, Manner, Question, instructions, question
from tenderlight.sources import add
from tenderlight.technologies import load_definitions

NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)
PAGE = """<html><head><title>{title}</title></head><body><h1>{title}</h1>
<p>采购人：云桥县公安局</p><p>{text}</p><p>联系人：王小明 电话：13900001234</p></body></html>"""
IRIS = "一、采购内容：虹膜采集仪20台，另购步态分析终端一套。"
OFFICE = "一、采购内容：办公桌椅40套。"
DEFINITIONS = load_definitions()
TOLD = instructions(DEFINITIONS.technology)
IDS = tuple(each.id for each in DEFINITIONS.technology)
MANNER = Manner(model="invented-7b", instructions="ab")


def built(root: Path, texts: Mapping[str, str]) -> Corpus:
    """A built corpus of pages: title and text of each."""
    if not root.exists():
        init_corpus(root)
    folder = root.with_name(root.name + "-pages")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for number, (title, text) in enumerate(texts.items()):
        page = PAGE.format(title=title, text=text)
        (folder / f"{number}.html").write_text(page, encoding="utf-8")
    add(root, [folder], lambda: NOON)
    build(root, jobs=1, pictures=False)
    return Corpus.open(root)


def id_of(corpus: Corpus, title: str) -> str:
    """The id of the notice of this title."""
    (found,) = [row["id"] for row in corpus.rows() if title in (row["title"] or "")]
    return str(found)


def text_of(corpus: Corpus, notice: str) -> str:
    """Its masked text."""
    shown = corpus.notice(notice)
    assert shown is not None
    return shown.text


def completion(said: Sequence[Mapping[str, Any]] | str) -> str:
    """The body of a server's answer: what a model that says this sends back."""
    content = said if isinstance(said, str) else msgspec.json.encode({"found": said}).decode()
    answer = {"id": "1", "choices": [{"message": {"role": "assistant", "content": content}}]}
    return msgspec.json.encode(answer).decode()


def says(id: str, passage: str, relation: str = "bought") -> dict[str, str]:
    """One statement."""
    return {"id": id, "relation": relation, "passage": passage}


def asked(
    notice: str, text: str, response: str, manner: Manner = MANNER, **other: Any
) -> tuple[Question, bytes]:
    """A question about a text, and the answer to it as it is kept."""
    question_ = question(manner, TOLD, IDS, notice, text)
    kept = Kept(
        asked="2026-05-04T08:00:00Z",
        where="this computer",
        ids=question_.ids,
        request=question_.body.decode(),
        response=response,
    )
    return question_, msgspec.json.encode(msgspec.structs.replace(kept, **other))


def keep(corpus: Corpus, *answers: tuple[Question, bytes]) -> None:
    """Keep answers as testimony."""
    with Testimony(corpus.folder.answers) as testimony:
        for each, answer in answers:
            testimony.keep(each.manner, each.subject, each.notice, answer)
