"""What became of a notice: pure verdicts on what was seen, and where to look next."""

from tenderlight.watching.address import host_of
from tenderlight.watching.answers import Reply
from tenderlight.watching.difference import difference, likeness
from tenderlight.watching.event import Change, Event
from tenderlight.watching.judge import APART_SECONDS, Judged, Visit, judge
from tenderlight.watching.look import Look
from tenderlight.watching.page import Page, moment, page_of, seen_at
from tenderlight.watching.schedule import Past, Pick, Watched, schedule

__all__ = [
    "APART_SECONDS",
    "Change",
    "Event",
    "Judged",
    "Look",
    "Page",
    "Past",
    "Pick",
    "Reply",
    "Visit",
    "Watched",
    "difference",
    "host_of",
    "judge",
    "likeness",
    "moment",
    "page_of",
    "schedule",
    "seen_at",
]
