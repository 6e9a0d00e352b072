"""A question put together by clicking: which notices, what in the lines, what in the columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, get_args

import msgspec

from tenderlight.asking.dimensions import DIMENSIONS, ColumnId, LineId
from tenderlight.figures import Scope
from tenderlight.figures.scope import LIMITS
from tenderlight.model import Refused

About = Literal["technology", "surveillance", "target", "site", "purpose", "notice"]
Measure = Literal[
    "purchases", "notices", "buyers", "suppliers", "budget", "ceiling", "award", "contract",
    "largest",
]  # fmt: skip
MONEY = frozenset({"budget", "ceiling", "award", "contract"})
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
MOST_IDS = 60


class Built(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A question of the notices that are `about` something.

    >>> Built.parse({"about": "technology", "ids": "iris,dna", "rows": "year"}).ids
    ('iris', 'dna')
    """

    about: About = "technology"
    ids: tuple[str, ...] = ()
    """Ids of technologies, targets, sites or purposes; none: any of them."""
    within: Mapping[str, str] = {}
    """The scope, in words: it cannot be widened again by who opens the figure."""
    rows: LineId = "year"
    columns: ColumnId = "none"
    measure: Measure = "purchases"
    quantity: str = ""
    """Of the measure `largest`: of which quantity."""

    @classmethod
    def parse(cls, words: Mapping[str, str]) -> Built:
        """From words as an address or a command has them; those of a scope are its `within`.

        Refuses what there is not, and keys that it does not know.
        """
        for key in words:
            if key not in WORDS and key not in LIMITS:
                raise Refused(
                    f"A figure is not built of {key!r}.", f"It is of: {', '.join(WORDS)}."
                )
        given = {key: value for key, value in words.items() if key in WORDS and value}
        lists = {"ids": tuple(filter(None, given.pop("ids", "").split(",")))}
        try:
            built = msgspec.convert({**given, **lists}, cls)
        except msgspec.ValidationError as error:
            raise Refused(f"The figure cannot be built: {error}.", _choices()) from None
        scope = Scope.parse(words).words()
        built = msgspec.structs.replace(built, within=scope)
        built.check()
        return built

    def check(self) -> None:
        """Refuses (Refused) what a line of decisions may say and this cannot be."""
        Scope.parse(self.within)
        if set(self.within) - set(LIMITS):
            raise Refused("A scope has other words.", f"They are: {', '.join(LIMITS)}.")
        if len(self.ids) > MOST_IDS or not all(ID.fullmatch(id) for id in self.ids):
            raise Refused("These are no ids of definitions.", "See `tenderlight technologies`.")
        if self.ids and self.about in ("notice", "surveillance"):
            raise Refused("Only what is defined has ids.", "Say `about=technology`, or leave out.")
        if (self.measure == "largest") != bool(ID.fullmatch(self.quantity)):
            raise Refused(
                "The measure `largest` and a quantity belong together.",
                "Say `measure=largest` and `quantity=cameras`, or neither.",
            )

    def words(self) -> dict[str, str]:
        """The same as words, without what is as usual."""
        found = {key: getattr(self, key) for key in ("about", "rows", "columns", "measure")}
        found |= {"ids": ",".join(self.ids), "quantity": self.quantity}
        return {key: value for key, value in found.items() if value} | dict(self.within)


WORDS = ("about", "ids", "rows", "columns", "measure", "quantity")


def _choices() -> str:
    said = {
        "about": get_args(About),
        "rows": tuple(DIMENSIONS),
        "columns": get_args(ColumnId),
        "measure": get_args(Measure),
    }
    return "; ".join(f"{key}: {', '.join(values)}" for key, values in said.items()) + "."
