"""A reporter's own kind of buyers, from her file to the names, the lists and the figures."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.corpus.current import why_not_current
from tenderlight.corpus.trying_kinds import try_buyer_kinds
from tenderlight.figures import make_figure, open_cell
from tenderlight.model import Refused
from tenderlight.sources import add

HERE = Path(__file__).parent
PAGE = (HERE.parent / "corpus/golden/tender.html").read_text(encoding="utf-8")
OWN = """
id = "metro-guard"
en = "Metro guards"
zh = "轨道交通安保"
meaning_en = "Bodies that guard an invented city's metro."
meaning_zh = "城市轨道交通的安全保卫机构。"
within = "public-security"
words = ["轨道安保办"]

[[examples]]
name = "云桥县轨道安保办"
kind = "metro-guard"
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Two notices, of the police and of an office that is one of any government to us."""
    folder = tmp_path_factory.mktemp("kinds")
    (folder / "saved").mkdir()
    (folder / "saved/police.html").write_text(PAGE, "utf-8")
    office = PAGE.replace("云桥县公安局", "云桥县轨道安保办").replace("120台", "60台")
    (folder / "saved/office.html").write_text(office, "utf-8")
    root = folder / "corpus"
    init_corpus(root)
    add(root, [folder / "saved"], lambda: datetime(2026, 1, 2, tzinfo=UTC))
    build(root, jobs=1)
    return Corpus.open(root)


def asked(corpus: Corpus, kind: str) -> tuple[int, int]:
    """How many notices a figure of these buyers counts, and how many are behind its number."""
    con, words = corpus.connect(), {"buyers": kind}
    made = make_figure(con, "technologies-by-year", corpus.definitions, words)
    cell = next(cell for row in made.rows for cell in row.cells if cell.key)
    return int(cell.value or 0), len(open_cell(con, made.name, cell.key, words))


def kinds_of(corpus: Corpus) -> dict[str, str | None]:
    return dict(corpus.connect().execute("select name, kind from organisation").fetchall())


def test_an_own_kind_is_told_in_names_lists_and_figures_and_goes_with_its_file(
    corpus: Corpus,
) -> None:
    root = corpus.folder.root
    own = root / "definitions/buyer/metro-guard.toml"
    assert kinds_of(corpus)["重庆市云桥县轨道安保办"] == "government"
    with pytest.raises(Refused, match="metro-guard"):
        asked(corpus, "metro-guard")
    assert asked(corpus, "public-security") == (1, 1)

    own.parent.mkdir(parents=True)
    own.write_text(OWN, "utf-8")
    build(root, jobs=1)
    after = Corpus.open(root)
    assert why_not_current(after.folder) is None
    assert kinds_of(after)["重庆市云桥县轨道安保办"] == "metro-guard"
    assert asked(after, "metro-guard") == (1, 1)
    assert asked(after, "public-security") == (2, 2)
    (tried,) = try_buyer_kinds(after, after.definitions.buyer, after.definitions.buyer)
    assert (tried.right, tried.counts) == (True, {"new": 0, "gone": 0, "same": 1})
    (gone,) = try_buyer_kinds(after, (), after.definitions.buyer)
    assert (gone.right, gone.counts) == (False, {"new": 0, "gone": 1, "same": 0})

    own.unlink()
    build(root, jobs=1)
    assert kinds_of(Corpus.open(root)) == kinds_of(corpus)
