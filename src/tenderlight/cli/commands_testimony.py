"""Looking at what recognisers of pictures said."""

from __future__ import annotations

from tenderlight.cli import report_testimony
from tenderlight.cli.arguments import AsJson, CorpusFolder
from tenderlight.corpus import open_folder
from tenderlight.corpus.testified import tell_testimony
from tenderlight.evidence.testimony import Testimony
from tenderlight.model import Refused


def list_testimony(corpus: CorpusFolder, as_json: AsJson = False) -> None:
    """Show what recognisers of scans answered: how sure each was, and where two of them differ.

    Text is masked. Exit code 1 where an answer is damaged; `verify` names it.
    """
    folder, _ = open_folder(corpus)
    if not folder.testimony.exists():
        hint = "There is some once a build has recognised a scanned page."
        raise Refused(f"{folder.root} has no testimony.", hint)
    with Testimony(folder.testimony, to_read=True) as kept:
        told = tell_testimony(kept.each())
    report_testimony.say_testimony(told, as_json)
