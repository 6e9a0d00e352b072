"""Readings made of invented lines and tables, for the tests of this room."""

from tenderlight.model import Block, Reading


def read_lines(*lines: str, title: str = "") -> Reading:
    """One block per line; with `title` a page's own title in its head."""
    blocks, texts, place = [], [], 0
    for number, line in enumerate((title, *lines) if title else lines):
        head = bool(title) and number == 0
        kind, part = ("title", "head") if head else ("text", "body")
        blocks.append(Block(place, place + len(line), kind=kind, part=part))
        texts.append(line)
        place += len(line) + 1
    return Reading(text="\n".join(texts), blocks=tuple(blocks), media_type="text/html")


def read_table(*rows: tuple[str, ...]) -> Reading:
    """A table; a cell that starts with `<` spans one column more for every `<`."""
    blocks, texts, place = [], [], 0
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            text = cell.lstrip("<")
            span = 1 + len(cell) - len(text)
            if text:
                where = Block(
                    place, place + len(text), "cell", "body", None, 0, row, column, 1, span
                )
                blocks.append(where)
                texts.append(text)
                place += len(text) + 1
            column += span
    return Reading(text="\n".join(texts), blocks=tuple(blocks), media_type="text/html")
