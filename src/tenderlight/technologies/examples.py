"""A definition's own examples, tried: what it finds in each, beside what it says that it finds."""

from __future__ import annotations

import msgspec

from tenderlight.model import Block, Cited, Fields, Findings, Reading
from tenderlight.technologies.definition import Definition, Definitions, Example
from tenderlight.technologies.find import find_findings

NOTHING = "nothing"


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """One example, tried."""

    text: str
    title: str
    wanted: str
    found: str

    @property
    def right(self) -> bool:
        """True where it finds what it says; what is left out by name is mentioned, too."""
        return self.wanted == self.found or (self.wanted, self.found) == ("mentioned", "excluded")


def example_notice(example: Example) -> tuple[Reading, Fields]:
    """An example as a notice: its title, if it has one, on the first line.

    >>> reading, fields = example_notice(Example(text="虹膜仪10台。", title="设备采购", found=""))
    >>> reading.text, fields.title.value
    ('设备采购\\n虹膜仪10台。', '设备采购')
    """
    lines = [*([example.title] if example.title else []), *example.text.split("\n")]
    blocks, start = [], 0
    for number, line in enumerate(lines):
        kind = "title" if example.title and number == 0 else "text"
        blocks.append(Block(start, start + len(line), kind))
        start += len(line) + 1
    reading = Reading(text="\n".join(lines), blocks=tuple(blocks), media_type="text/plain")
    if not example.title:
        return reading, Fields()
    at = reading.passage(0, len(example.title))
    return reading, Fields(title=Cited(value=example.title, at=at))


def answer(findings: Findings, kind: str, id: str) -> str:
    """What a notice says of one definition, in the words that examples use.

    `bought`, `mentioned` or `excluded`; of a quantity its values, `30, 90`; of a rule what is
    quoted, one rule a line; `nothing` where it was not found.
    """
    if kind == "quantity":
        values = [f"{one.value.normalize():f}" for one in findings.quantities if one.what == id]
        return ", ".join(values) or NOTHING
    if kind == "rule":
        quoted = [one.at.text for one in findings.conditions if one.id == id]
        return "\n".join(quoted) or NOTHING
    said = [str(one.relation) for one in findings.findings if (one.kind, one.id) == (kind, id)]
    return "bought" if "bought" in said else [*said, NOTHING][0]


def try_examples(definition: Definition, definitions: Definitions) -> tuple[Outcome, ...]:
    """Every example of a definition, read as a notice with all definitions.

    >>> from tenderlight.technologies import load_definitions
    >>> ours = load_definitions()
    >>> all(one.right for one in try_examples(ours.get("technology", "iris"), ours))
    True
    """
    return tuple(
        Outcome(
            text=each.text,
            title=each.title,
            wanted=each.found,
            found=answer(
                find_findings(*example_notice(each), definitions), definition.kind, definition.id
            ),
        )
        for each in definition.examples
    )
