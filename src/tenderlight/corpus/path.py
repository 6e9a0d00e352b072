"""The path of a notice, on one page. A change to this file is a change of method."""

from __future__ import annotations

from tenderlight.corpus.derive import Made, Step, digest, given
from tenderlight.deployment import Deployed, find_deployment
from tenderlight.fields import find_fields
from tenderlight.model import Fields, Findings, Mask, Place, Reading
from tenderlight.organisations import Party, find_parties
from tenderlight.personal import find_personal
from tenderlight.places import find_place
from tenderlight.purchases import Sign, find_sign
from tenderlight.reading import read_document
from tenderlight.specifications import Section, find_sections
from tenderlight.technologies import Definitions, find_findings

PATH = (
    Step(
        name="reading",
        version=3,
        takes=("payload", "file", "attached", "reader"),
        run=read_document,
        gives=Reading,
    ),
    Step(
        name="personal",
        version=4,
        takes=("reading",),
        run=find_personal,
        gives=tuple[Mask, ...],
    ),
    Step(name="fields", version=7, takes=("reading", "stated"), run=find_fields, gives=Fields),
    Step(
        name="place",
        version=3,
        takes=("reading", "fields", "stated"),
        run=find_place,
        gives=Place | None,
    ),
    Step(
        name="findings",
        version=3,
        takes=("reading", "fields", "definitions"),
        run=find_findings,
        gives=Findings,
    ),
    Step(
        name="sign",
        version=1,
        takes=("reading", "fields", "place", "stated"),
        run=find_sign,
        gives=Sign,
    ),
    Step(
        name="sections",
        version=1,
        takes=("reading", "personal"),
        run=find_sections,
        gives=tuple[Section, ...],
    ),
    Step(
        name="parties",
        version=2,
        takes=("fields", "place", "personal", "definitions"),
        run=find_parties,
        gives=tuple[Party, ...],
    ),
    Step(
        name="deployment",
        version=1,
        takes=("reading", "definitions", "place"),
        run=find_deployment,
        gives=tuple[Deployed, ...],
    ),
)
"""`payload`, `file`, `stated` and `attached` come from the evidence; `definitions` are given, and
so is the `reader`: it is named after the recogniser whose testimony it takes."""


ROWS = 8
"""The version of what is made of the steps' results: the exported notice (`notice.py`), the tables
(`rows.py`, `schemas.py`) and what the index is given. Raise it when any of them changes: then every
row is made anew from remembered results, and no step runs. The golden files fail if you forget."""


def method_digest(definitions: Made, engine: str) -> str:
    """A name for all that can change a row but the evidence: steps, versions, definitions, and the
    recogniser of pictures; empty where they are left unread.
    """
    steps = (f"{step.name}@{step.version}".encode() for step in PATH)
    return digest(
        *steps, f"rows@{ROWS}".encode(), definitions.digest.encode(), engine.encode()
    ).hex()


def given_definitions(definitions: Definitions) -> Made:
    """The definitions as an input of the path: part of the name of every result they touch."""
    return given(definitions)
