"""The desk lists what was published, and says which of the cited notices are not as they were."""

from __future__ import annotations

from pathlib import Path

import httpx
import msgspec
import pytest

from tenderlight.corpus import Corpus, init_corpus
from tenderlight.corpus.published import keep_published, published_editions
from tenderlight.model import Refused


def test_what_became_of_cited_notices_stands_under_the_edition_and_each_figure(
    desk: httpx.Client, corpus: Corpus
) -> None:
    (edition,) = desk.get("/editions.json").json()["editions"]
    con = corpus.connect()
    watched = dict(con.execute("select notice, verdict from watched").fetchall())
    gone = con.execute("select id from withdrawn where role = 'notice'").fetchall()
    assert {"removed", "changed"} <= set(watched.values())
    assert gone
    assert [edition["since"]["withdrawn"]] == [[id for (id,) in gone]]
    for verdict in ("removed", "changed"):
        assert set(edition["since"][verdict]) == {n for n, v in watched.items() if v == verdict}
    every, two = edition["figures"]
    assert (every["withdrawn"], every["removed"]) == (1, list(watched.values()).count("removed"))
    assert (every["cited"], two["cited"]) == (edition["cited"], 2)
    assert two["href"] == "/figures/money"


def test_an_edition_is_noted_once_and_never_changed(corpus: Corpus, tmp_path: Path) -> None:
    folder = init_corpus(tmp_path / "corpus")
    (kept,) = published_editions(corpus.folder)
    path = keep_published(folder, kept)
    keep_published(folder, msgspec.structs.replace(kept, title="Another title"))
    assert published_editions(folder) == (kept,)
    path.rename(path.with_name("ffff.json"))
    with pytest.raises(Refused, match="another edition"):
        published_editions(folder)


def test_a_note_that_cannot_be_read_is_not_passed_over(tmp_path: Path) -> None:
    folder = init_corpus(tmp_path / "corpus")
    (folder.root / "editions/ab.json").write_bytes(b"{")
    with pytest.raises(Refused, match="cannot be read"):
        published_editions(folder)


def test_a_figure_says_at_its_head_what_it_rests_on_and_is_not_as_it_was(
    desk: httpx.Client,
) -> None:
    told = desk.get("/figures/divisions.json").json()
    assert told["shaken"] == {"0123456789abcdef": 1}
    shaken = desk.get("/figures/divisions").text
    assert "1 withdrawn since edition 0123456789abcdef" in shaken

    told = desk.get("/figures/technologies-by-year.json").json()
    counts = {one["id"]: one["count"] for one in told["figure"]["coverage"]}
    turned = next(verdict for verdict in ("removed", "changed") if counts[verdict])
    assert f"{counts[turned]} {turned}" in desk.get("/figures/technologies-by-year").text
    address = f"/figures/technologies-by-year/rows.json?cell=coverage/{turned}"
    rows = desk.get(address).json()
    assert {one["notice"] for one in rows["proofs"]} == set(rows["marks"])
