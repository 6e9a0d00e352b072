"""Which rows of goods are a technology, so that their quantity and price belong to it."""

from __future__ import annotations

from tenderlight.model import Finding, ItemUse
from tenderlight.technologies.prepared import Prepared


def find_item_uses(notice: Prepared, findings: list[Finding]) -> tuple[ItemUse, ...]:
    """Each row that is a technology the notice buys, once for each technology, in their order."""
    uses: dict[tuple[int, str], ItemUse] = {}
    for each in findings:
        if each.item is None or each.kind != "technology" or each.relation != "bought":
            continue
        name = notice.fields.items[each.item].name.at
        rule = "its name" if name.start <= each.at.start < name.end else "its row"
        use = ItemUse(item=each.item, id=each.id, at=each.at, rule=rule)
        known = uses.get((use.item, use.id))
        if known is None or (known.rule != "its name" and rule == "its name"):
            uses[use.item, use.id] = use
    return tuple(uses[key] for key in sorted(uses))
