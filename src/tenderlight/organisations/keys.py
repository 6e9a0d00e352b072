"""Keys by which organisations that may be one are found: only those that share one are compared."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tenderlight.organisations.anatomy import Anatomy
from tenderlight.organisations.generic import is_generic
from tenderlight.organisations.nodes import Node, names_of

MOST = 12
FORM = re.compile(r"(?: (?:co|ltd|inc|corp|llc|plc|gmbh|sa|srl|bv|ag|as|ab|oy|kft|doo|ad|group))+$")
"""Legal forms at the end of a name in Latin letters."""


def keys(node: Node) -> tuple[str, ...]:
    """At most 12 keys of a node. Names without anything of their own have none.

    >>> from tenderlight.organisations.nodes import node_of
    >>> keys(node_of("上海市公安局奉贤分局")) == keys(node_of("奉贤区公安局"))
    True
    >>> keys(node_of("公安局"))
    ()
    """
    found = [f"code:{node.code}"] if node.code else []
    for name in names_of(node):
        found += _of(name)
    return tuple(dict.fromkeys(found))[:MOST]


def without_form(plain: str) -> str:
    """A name in Latin letters without its legal form: `xn vision co ltd` is `xn vision`."""
    return FORM.sub("", plain)


def _of(name: Anatomy) -> Iterator[str]:
    if name.form == "family":
        yield f"family:{name.core}:{name.spot.stem}"
    elif name.form == "foreign":
        yield f"latin:{without_form(name.plain)}"
    elif name.form == "company":
        if len(name.core) > 1:
            yield f"company:{name.core}:{name.branch_spot.stem or name.branch}"
    else:
        if name.spot.said:
            yield f"office:{name.core}:{name.spot.stem}"
        elif not is_generic(name.core) and len(name.core) > 2:
            yield f"office:{name.core}"
