"""A collection of any size to be imported: the laws of just-laws, each in seven re-dated versions or more.

The versions of a law follow each other without a gap, two years apart, and the last one is open. Every article ends with the
number of its version, so that no two texts are the same and nothing is gained by keeping one of them.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from passages import load_just_laws

from search.documents import Document

VERSIONS = 7
LATEST = 2024
APART = 2
PROFILE = """language: zh
id: "{id}"
title: "{title}"
issuer: {en: National People's Congress, zh: 全国人民代表大会}
kind: order
status: recalled
source: "https://github.com/ImCa0/just-laws"
dates: {effective: effective, expires: expires}
"""
_FRONT = """---
id: {id}
title: "{title}"
effective: {start}-01-01
{end}---

# {title}
"""
_ARTICLE = """
## {heading} {{#{anchor}}}

{body}
"""


def write_laws(data: Path, root: Path, provisions: int) -> int:
    """Write at least so many provisions below `root`, in whole laws; return how many it is. `PROFILE` says how to read them."""
    laws = _laws(data)
    times = max(VERSIONS, -(-provisions // sum(map(len, laws.values()))))
    written = 0
    for id_, articles in laws.items():
        if written >= provisions:
            break
        folder = root / id_
        folder.mkdir(parents=True)
        for name, text in _versions(id_, articles, times):
            (folder / name).write_text(text, encoding="utf-8")
            written += len(articles)
    return written


def _laws(data: Path) -> dict[str, list[Document]]:
    found: dict[str, list[Document]] = defaultdict(list)
    for document in load_just_laws(data):
        if document.body:
            found[document.citation.regulation].append(document)
    return dict(found)


def _versions(id_: str, articles: list[Document], times: int) -> Iterator[tuple[str, str]]:
    title = articles[0].context.replace("\u3000", " ")
    for back in range(times):
        start = LATEST - APART * back
        end = f"expires: {start + APART}-01-01\n" if back else ""
        front = _FRONT.format(id=id_, title=title, start=start, end=end)
        yield f"{start}-01-01.md", front + "".join(_article(article, times - back) for article in articles)


def _article(article: Document, number: int) -> str:
    body = "\n\n".join(part.strip() for part in article.body.splitlines() if part.strip() and not part.startswith(">"))
    return _ARTICLE.format(heading=article.heading, anchor=article.citation.anchor, body=f"{body}（第{number}次公布）")
