"""Rows of cells as a table of Markdown."""

from collections.abc import Iterator, Sequence

from kb.source.prose import as_line


def markdown_table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table whose first row is its head; nothing where there are no cells."""
    width = max((len(row) for row in rows), default=0)
    for number, row in enumerate(rows if width else ()):
        cells = [as_line(cell).replace("|", "\\|") for cell in (*row, *[""] * (width - len(row)))]
        yield f"| {' | '.join(cells)} |"
        if not number:
            yield "|" + " --- |" * width
