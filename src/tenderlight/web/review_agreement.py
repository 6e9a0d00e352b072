"""How far reviewers agree by technology: Krippendorff's alpha, and Cohen's kappa by pair."""

from __future__ import annotations

import msgspec
from starlette.requests import Request

from tenderlight.corpus import Corpus
from tenderlight.review.agree import Agreement, agreement
from tenderlight.web.page import Page, asked
from tenderlight.web.review import reviewer_of
from tenderlight.web.review_lists import hidden_from
from tenderlight.web.words import Label, finding_label, words


class AgreementRow(msgspec.Struct, frozen=True, kw_only=True):
    """One technology, or all of them together."""

    label: Label
    agreed: Agreement


class AgreementView(msgspec.Struct, frozen=True, kw_only=True):
    """All technologies of which two reviewers answered about one case."""

    rows: tuple[AgreementRow, ...]
    hidden: int
    """Answers left out, because a plan still asks the same of the reader."""


def agreement_page(corpus: Corpus, request: Request) -> Page:
    """Agreement beyond chance of those who did not see each other."""
    asked(request, ())
    hidden = hidden_from(corpus, reviewer_of(request))
    lines = corpus.review.lines()
    seen = [line for line in lines if line.answer == "undo" or line.pair not in hidden]
    rows = tuple(
        AgreementRow(
            label=finding_label(corpus.definitions, "technology", each.subject)
            if each.subject
            else words()["interface"]["all_technologies"],
            agreed=each,
        )
        for each in agreement(seen)
    )
    unseen = {line.pair for line in lines if line.answer != "undo"} & hidden
    view = AgreementView(rows=rows, hidden=len(unseen))
    title = words()["interface"]["review_agreement"]
    return Page(template="review_agreement.html", title=title, view=view)
