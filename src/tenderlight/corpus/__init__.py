"""What the steps make of the evidence. Everything under derived/ can be deleted and rebuilt."""

from tenderlight.corpus.beside import Attachment, TakenOut
from tenderlight.corpus.build import Built, Going, build
from tenderlight.corpus.folder import Folder, init_corpus, open_folder
from tenderlight.corpus.pages import PageShown
from tenderlight.corpus.read import UNREADABLE, Corpus, Hits, Shown
from tenderlight.corpus.search import Filters, Snippet
from tenderlight.corpus.timeline.plan import looks_of, plan_visits

__all__ = [
    "UNREADABLE",
    "Attachment",
    "Built",
    "Corpus",
    "Filters",
    "Folder",
    "Going",
    "Hits",
    "PageShown",
    "Shown",
    "Snippet",
    "TakenOut",
    "build",
    "init_corpus",
    "looks_of",
    "open_folder",
    "plan_visits",
]
