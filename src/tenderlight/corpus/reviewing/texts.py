"""The masked texts of notices, opened batch by batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from tenderlight.corpus.folder import Folder
from tenderlight.corpus.remember import BatchFile
from tenderlight.personal import mask


def masked_texts(
    folder: Folder, batches: Mapping[str, int], notices: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Each notice with its text as it may be shown; one that cannot be shown is left out."""
    by_batch: dict[int, list[str]] = defaultdict(list)
    for id in notices:
        if id in batches:
            by_batch[batches[id]].append(id)
    for number, ids in sorted(by_batch.items()):
        with BatchFile(folder.batch(number)) as batch:
            for id in ids:
                if (text := masked_text(batch, id)) is not None:
                    yield id, text


def masked_text(batch: BatchFile, id: str) -> str | None:
    """The text of one notice of this batch as it may be shown; None where it cannot be."""
    reading, masks = batch.text(batch.shelf(id))
    return None if reading is None or masks is None else mask(reading.text, masks)
