"""What rows and columns are called, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from tenderlight.figures.figure import Label
from tenderlight.organisations import kinds
from tenderlight.places import division
from tenderlight.technologies import Definitions

ANY = Label(en="Any technology", zh="任一技术")
UNDATED = Label(en="no date", zh="无日期")


class Names:
    """Labels of technologies, targets, sites, quantities and divisions; an id if none is known."""

    def __init__(
        self, definitions: Definitions | None, called: Mapping[str, str] | None = None
    ) -> None:
        self._definitions = definitions
        self._called = called or {}

    def called(self, id: str) -> str:
        """What a line is called that stands for something of the corpus: an organisation's name."""
        return self._called.get(id, id)

    def of(self, kind: str, name: str) -> Label:
        """The label of a definition."""
        found = self._definitions.get(kind, name) if self._definitions else None
        return Label(en=found.en, zh=found.zh) if found else Label(en=name, zh=name)

    def buyer_kind(self, name: str) -> Label:
        """The label of a kind of buyers, ours or the corpus' own."""
        found = kinds(self._definitions.buyer if self._definitions else ()).get(name)
        return Label(en=found.en, zh=found.zh) if found else Label(en=name, zh=name)

    def technology(self, name: str) -> Label:
        """The label of a technology, or of the sum line."""
        return ANY if name == "*" else self.of("technology", name)

    def division(self, code: str) -> Label:
        """The label of a division."""
        found = division(code)
        return Label(en=found.en, zh=found.zh) if found else Label(en=code, zh=code)


def year_label(year: str) -> Label:
    """The label of a year, or of notices without a date."""
    return UNDATED if year == "undated" else Label(en=year, zh=year)


def years_of(columns: set[str]) -> list[str]:
    """Every year from the first to the last, then `undated` if there is such a column.

    A year between in which nothing was found is shown too, as 0. Where the years lie more than a
    lifetime apart, one is misprinted, and the gap is not filled.

    >>> years_of({"2019", "2021", "undated", "all"})
    ['2019', '2020', '2021', 'undated']
    """
    years = sorted(int(column) for column in columns if column.isdecimal())
    if years and years[-1] - years[0] < 60:
        years = list(range(years[0], years[-1] + 1))
    return [str(year) for year in years] + [c for c in ("undated",) if c in columns]
