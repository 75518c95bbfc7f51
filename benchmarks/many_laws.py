"""A corpus of any size: the laws of just-laws as files of this product's format, each in seven re-dated Versions or more.

The Versions of a law follow each other without a gap, two years apart, and the last one is open. Every article ends with the
number of its Version, so that no two texts are the same and nothing is gained by keeping one of them.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from passages import load_just_laws

from search.documents import Document

VERSIONS = 7
LATEST = 2024
APART = 2
_IDENTITY = """---
id: {id}
title: {{en: "{title}", zh: "{title}"}}
issuer: {{en: "National People's Congress", zh: 全国人民代表大会}}
kind: order
status: recalled
---
"""
_FRONT = """---
effective: {start}-01-01
{end}text: official
basis: {{effective: recalled}}
sources:
  just-laws: {{url: "https://github.com/ImCa0/just-laws", what: the text}}
---
"""
_ARTICLE = """
## {heading} {{#{anchor} kind={kind} status=recalled source=just-laws}}

{body}
"""


def write_laws(data: Path, root: Path, provisions: int) -> int:
    """Write at least so many Provisions below `root`, in whole laws; return how many it is."""
    laws = _laws(data)
    times = max(VERSIONS, -(-provisions // sum(map(len, laws.values()))))
    written = 0
    for id_, articles in laws.items():
        if written >= provisions:
            break
        folder = root / id_
        folder.mkdir(parents=True)
        title = articles[0].context.replace("\u3000", " ")
        (folder / "regulation.md").write_text(_IDENTITY.format(id=id_, title=title), encoding="utf-8")
        for name, text in _versions(articles, times):
            (folder / name).write_text(text, encoding="utf-8")
            written += len(articles)
    return written


def _laws(data: Path) -> dict[str, list[Document]]:
    found: dict[str, list[Document]] = defaultdict(list)
    for document in load_just_laws(data):
        if document.body:
            found[document.citation.regulation].append(document)
    return dict(found)


def _versions(articles: list[Document], times: int) -> Iterator[tuple[str, str]]:
    for back in range(times):
        start = LATEST - APART * back
        front = _FRONT.format(start=start, end=f"expires: {start + APART}-01-01\n" if back else "")
        body = "".join(_article(article, times - back) for article in articles)
        yield f"{start}-01-01.zh.md", front + body


def _article(article: Document, number: int) -> str:
    body = "\n\n".join(part.strip() for part in article.body.splitlines() if part.strip() and not part.startswith(">"))
    return _ARTICLE.format(
        heading=article.heading, anchor=article.citation.anchor, kind="obligation", body=f"{body}（第{number}次公布）"
    )
