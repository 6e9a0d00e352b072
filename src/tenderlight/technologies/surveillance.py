"""Whether what a notice buys is a means to watch people."""

from __future__ import annotations

import re

from tenderlight.model import Cited, Finding
from tenderlight.technologies.prepared import Prepared
from tenderlight.technologies.relation import sentence
from tenderlight.technologies.sieve import Sieve


def find_surveillance(
    notice: Prepared, searcher: Sieve, findings: list[Finding]
) -> Cited[bool] | None:
    """True, with the passage, where something is bought that watches people; False where not."""
    bought = [one for one in findings if one.kind == "technology" and one.relation == "bought"]
    for finding in bought:
        not_watching = searcher.not_watching["technology", finding.id]
        if not_watching is None or not _harmless(notice, finding, not_watching):
            return Cited(value=True, at=finding.at, rule=f"buys {finding.id}: {finding.rule}")
    return Cited(value=False, at=bought[0].at, rule="watches no people") if bought else None


def _harmless(notice: Prepared, finding: Finding, not_watching: re.Pattern[str]) -> bool:
    start, end = finding.at.start, finding.at.end
    if finding.at.part == "manifest":
        return not_watching.search(notice.frame) is not None
    first, last = sentence(notice.plain, start, end)
    return not_watching.search(notice.frame + "\n" + notice.plain[first:last]) is not None
