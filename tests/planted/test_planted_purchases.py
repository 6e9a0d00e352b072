"""The made-up corpus has what figures of purchases may go wrong on, and another truth is seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.planted.held import differences
from bench.planted.truth import Truth
from bench.planted.words import CAMERA_GOODS, MAKERS, SAFE_CITY
from tenderlight.corpus import Corpus
from tenderlight.figures import make_figure

Planted = tuple[Corpus, Truth]


def test_the_made_up_corpus_has_safe_cities_foreign_brands_and_printed_again_contracts(
    planted: Planted,
) -> None:
    _, truth = planted
    goods = [each for draft in truth.drafts for each in draft.goods if each.name in CAMERA_GOODS]
    assert {MAKERS.get(each.brand) for each in goods} >= {"home", "axis", "bosch", None}
    assert any(SAFE_CITY in draft.title for draft in truth.drafts)
    assert any(draft.type == "contract" and draft.copy_of for draft in truth.drafts)


@pytest.mark.parametrize(
    ("name", "technology"),
    [
        ("programmes", "skynet"),
        ("gis-contracts?technology=dna", "dna"),
        ("contractors", "dna"),
        ("buyer-supplier", "dna"),
        ("timeline?technology=y-dna", "y-dna"),
        ("foreign-cameras", "vehicle-recognition"),
    ],
)
def test_a_purchase_that_is_missing_would_be_seen(
    planted: Planted, name: str, technology: str
) -> None:
    corpus, truth = planted
    gone = next(
        draft.project.id
        for draft in truth.buying(technology)
        if draft.type == "award" and (draft.goods or name != "foreign-cameras")
    )
    world = replace(
        truth.world,
        drafts=[each for each in truth.world.drafts if each.project.id != gone],
        sums=[each for each in truth.world.sums if each.project.id != gone],
    )
    assert differences(corpus.connect(), Truth(world), name)


def test_the_timeline_of_a_purchase_has_every_notice_of_it_in_the_order_of_days(
    planted: Planted,
) -> None:
    corpus, truth = planted
    con = corpus.connect()
    failed = [draft.project.id for draft in truth.drafts if draft.type == "termination"]
    for project in [id for id in failed if len(truth.of[id]) > 4][:2]:
        notices = truth.of[project]
        [purchase] = con.execute(
            "select m.purchase from member m join notice n on n.id = m.notice where n.url = ?",
            [notices[0].url],
        ).fetchone() or [""]
        figure = make_figure(con, "timeline", None, {"purchase": str(purchase)})
        shown = [(row.cells[0].value, row.cells[1].value) for row in figure.rows]
        assert shown == [(draft.title, draft.published) for draft in notices]
