"""A hand-over convinces people who have nothing but the folder, and tools that are not ours."""

from __future__ import annotations

import csv
import errno
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import bagit
import pytest

from tenderlight.corpus import Corpus
from tenderlight.exports.handover import look_up
from tenderlight.model import BrokenEvidence, Refused
from tests.exports.handover_corpus import (
    TELEPHONE,
    URL,
    Invented,
    commands,
    give,
    promises,
    run,
)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_folder_is_a_bag_and_a_changed_one_is_not(copy: Path) -> None:
    bagit.Bag(str(copy)).validate()
    readme = copy / "README.txt"
    readme.write_text(readme.read_text(encoding="utf-8") + "more\n", encoding="utf-8")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(copy)).validate()


def test_the_commands_on_its_page_say_what_the_page_promises(given: Path, tools: Path) -> None:
    told = run(commands(given / "README.txt"), given, tools)
    assert {said for said in promises(given / "README.txt") if said not in told} == set()
    assert "not as preserved" not in told
    assert "digest fail" not in told


class Boxes(HTMLParser):
    """The text of the `<pre>` elements."""

    def __init__(self) -> None:
        super().__init__()
        self.inside, self.text = False, ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.inside = tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        self.text += "\n" * self.inside
        self.inside = False

    def handle_data(self, data: str) -> None:
        self.text += data * self.inside


def test_both_pages_have_the_same_commands(given: Path) -> None:
    boxes = Boxes()
    boxes.feed((given / "README.html").read_text(encoding="utf-8"))
    assert boxes.text.strip() == commands(given / "README.txt")


def flip(path: Path, at: int = 50) -> None:
    raw = bytearray(path.read_bytes())
    raw[at] ^= 1
    path.write_bytes(raw)


@pytest.mark.parametrize("name", ["originals", "ledger", "evidence.wacz", "records.txt", "text"])
def test_the_commands_notice_a_change(copy: Path, tools: Path, name: str) -> None:
    place = copy / "data" / name
    if place.is_dir():
        place = next(path for path in sorted(place.iterdir()) if path.suffix != ".json")
    flip(place, 100)
    told = run(commands(copy / "README.txt"), copy, tools)
    kept = {said for said in promises(copy / "README.txt") if said in told}
    lost = {"is valid"}
    lost |= {"all originals are in the ledger"} if name == "originals" else set()
    lost |= {"the chain holds"} if name == "ledger" else set()
    assert kept <= promises(copy / "README.txt") - lost
    assert ("not as preserved" in told) == (name in ("evidence.wacz", "records.txt"))


def test_a_line_that_is_left_out_breaks_the_chain(copy: Path, tools: Path) -> None:
    (part,) = (copy / "data/ledger").glob("*.jsonl")
    lines = part.read_bytes().splitlines(keepends=True)
    part.write_bytes(b"".join(lines[:1] + lines[2:]))
    assert "the chain holds" not in run(commands(copy / "README.txt"), copy, tools)


def test_originals_are_the_documents_under_names_that_nothing_runs(
    invented: Invented, given: Path
) -> None:
    names = {path.name for path in (given / "data/originals").iterdir()}
    ids = invented.ids
    expected = {f"{ids['added']}.html", f"{ids['fetched']}.html", f"{ids['attachment']}.bin"}
    assert names == expected  # the unchanged visit, the empty answer and the silence add none
    for capture in invented.store.captures():
        path = given / f"data/originals/{capture.id}.html"
        assert not path.exists() or path.read_bytes() == invented.store.payload(capture)


def test_the_chain_of_custody_tells_everything_that_happened(
    invented: Invented, given: Path
) -> None:
    events = table(given / "data/chain-of-custody.csv")
    ids = invented.ids
    told = {event["capture"]: event for event in events}
    named = ("added", "fetched", "attachment", "visit", "gone", "silent")
    assert [event["capture"] for event in events] == [ids[name] for name in named]
    assert [event["what"] for event in events] == ["added", *["fetched"] * 4, "no answer"]
    first = told[ids["fetched"]]
    assert (first["ip"], first["status"], first["url"]) == ("192.0.2.7", "200", URL)
    assert len(first["certificate"]) == 64
    assert first["program"].startswith("Tenderlight/")
    assert told[ids["visit"]]["original"] == first["original"]
    assert (told[ids["gone"]]["status"], told[ids["gone"]]["original"]) == ("404", "")
    assert told[ids["silent"]]["error"] == "timeout"
    lines = (given / "data" / first["ledger_file"]).read_bytes().splitlines()
    line = json.loads(lines[int(first["ledger_place"]) - 1])
    assert line["number"] == int(first["line"])
    assert line["capture"]["id"] == ids["fetched"]


def test_every_passage_is_where_the_table_says(given: Path) -> None:
    passages = [one for one in table(given / "data/passages.csv") if one["part"] == "body"]
    assert {"buyer", "awards.0.amount_cny"} <= {one["field"] for one in passages}
    for one in passages:
        text = (given / f"data/text/{one['notice']}.txt").read_text(encoding="utf-8")
        assert text[int(one["start"]) : int(one["end"])] == one["text"].removeprefix("'")


def test_personal_data_is_in_the_originals_only(given: Path) -> None:
    holding = {
        path.relative_to(given).parts[1]
        for path in given.rglob("*")
        if path.is_file() and TELEPHONE.encode() in path.read_bytes()
    }
    assert holding == {"originals"}  # the archive has it too, compressed


def test_without_originals_there_is_no_document_and_no_archive(
    invented: Invented, corpus: Corpus, tmp_path: Path, tools: Path
) -> None:
    out = tmp_path / "out"
    made = give(corpus, {invented.ids["added"], invented.ids["fetched"]}, out, originals=False)
    assert made.originals == 0
    assert not (out / "data/originals").exists()
    assert not (out / "data/evidence.wacz").exists()
    assert not any(TELEPHONE.encode() in p.read_bytes() for p in out.rglob("*") if p.is_file())
    told = run(commands(out / "README.txt"), out, tools)
    assert {said for said in promises(out / "README.txt") if said not in told} == set()
    assert "NOT masked" in (out / "README.txt").read_text(encoding="utf-8")


def test_a_page_shows_a_documents_words_and_never_runs_them(given: Path) -> None:
    custody = (given / "data/chain-of-custody.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)" in custody
    assert "<script" not in custody
    assert "default-src 'none'" in custody
    for row in table(given / "data/notices.csv"):
        assert not row["title"].startswith("=")


def test_notices_that_are_not_built_are_handed_over_without_text(
    invented: Invented, tmp_path: Path
) -> None:
    fresh = Invented(tmp_path / "fresh")
    corpus = Corpus.open(fresh.root)
    made = give(corpus, {fresh.ids["added"]}, tmp_path / "out")
    assert made.unread == 1
    assert made.originals == 1
    bagit.Bag(str(tmp_path / "out")).validate()


def test_nothing_is_mixed_with_what_is_there_or_written_into_the_corpus(
    invented: Invented, corpus: Corpus, tmp_path: Path
) -> None:
    wanted = {invented.ids["added"]}
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine").touch()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere")
    for out in (full, full / "mine", link, invented.root / "out", tmp_path / "none" / "out"):
        with pytest.raises(Refused):
            give(corpus, wanted, out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["full", "link"]
    empty = tmp_path / "empty"
    empty.mkdir()
    give(corpus, wanted, empty)
    assert (empty / "README.html").exists()


def test_damaged_evidence_is_not_handed_over_and_leaves_nothing(tmp_path: Path) -> None:
    fresh = Invented(tmp_path / "fresh")
    warc = fresh.root / "evidence/captures-00001.warc.gz"
    for capture in fresh.store.captures():
        if capture.id == fresh.ids["added"]:
            flip(warc, capture.offset + 60)
    with pytest.raises(BrokenEvidence, match=fresh.ids["added"]):
        give(Corpus.open(fresh.root), {fresh.ids["added"]}, tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["fresh"]


@pytest.mark.parametrize("step", ["make_bag", "Bag.save"])
def test_a_full_disk_leaves_nothing(
    invented: Invented,
    corpus: Corpus,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(f"bagit.{step}", full)
    with pytest.raises(Refused, match="No space left"):
        give(corpus, {invented.ids["added"]}, tmp_path / "out")
    assert not list(tmp_path.iterdir())


def test_the_folder_is_for_its_owner_only_and_holds_no_links(given: Path) -> None:
    assert given.stat().st_mode & 0o077 == 0
    assert not any(path.is_symlink() for path in given.rglob("*"))


def test_ids_that_are_no_notices_are_refused_by_name(invented: Invented, corpus: Corpus) -> None:
    with pytest.raises(Refused, match="0000000000000000 is not in the evidence"):
        look_up(corpus, {"0" * 16})
    with pytest.raises(Refused, match=invented.ids["fetched"]):
        look_up(corpus, {invented.ids["attachment"]})


def test_what_will_be_handed_over_is_told_before(invented: Invented, corpus: Corpus) -> None:
    moved = list[tuple[int, int]]()
    chosen, contents = look_up(corpus, {invented.ids["added"]}, lambda *to: moved.append(to))
    assert (contents.notices, contents.captures, contents.stamps) == (1, 1, 0)
    assert contents.ledger_lines == 8
    assert contents.others == 7
    assert contents.unproven == 1
    assert [stretch.first for stretch in chosen.stretches] == [2]


def test_the_page_says_what_is_true_of_this_folder(given: Path) -> None:
    text = (given / "README.txt").read_text(encoding="utf-8")
    assert "No time stamp covers it" in text
    assert "HTTPS leaves no seal" in text
    assert "that a person added (1)" in text
    assert "imported" not in text
    assert re.search(r"^不证明$", text, re.M)
