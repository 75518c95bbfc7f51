"""The pages that the tests which go across all pages visit: one list, to which every new page is added."""

# One address for each type of page.
TYPES = [
    "/",
    "/in-force?on=2018-06-10",
    "/in-force?from=2017-06-01&to=2019-03-31",
    "/in-force/batch",
    "/search?q=broker&on=2019-06-01",
    "/regulations",
    "/r/gacc-order-237",
    "/r/gacc-order-237/2018-05-01",
    "/r/gacc-order-237/2018-05-01?texts=both",
    "/r/gacc-order-237/2018-05-01/art-12?on=2019-06-01",
    "/r/gacc-order-237/on/2019-06-01/art-12/card",
    "/coverage",
    "/crosswalk?on=2018-06-10",
    "/compare?a=gacc-order-251&b=gacc-order-282",
    "/lines",
    "/lines/customs-enterprise-credit?on=2019-06-01",
    "/lines/customs-enterprise-credit/article/gacc-order-251/art-30?on=2020-01-01",
    "/changed?from=2018-06-10&to=2018-06-20",
    "/ask?question=How+long+may+Customs+take+to+certify+an+enterprise%3F&on=2022-01-01",
    "/check",
    "/feeds",
    "/api",
    "/connect",
    "/obligations?actor=customs-broker&level=general-certified&on=2016-06-03",
    "/obligations/compare?actor=customs-broker&level=advanced-certified&on=2021-10-31&to=2021-11-01",
]
# More of the same types, where they say something else; all of them answer 200.
PAGES = [
    *TYPES,
    "/in-force",
    "/in-force?on=1998-01-01",
    "/in-force?on=2030-01-01",
    "/in-force?on=2026-05-01&known_on=2025-12-31",
    "/in-force?from=2018-05-01&to=2018-07-01&line=wco-safe",
    "/r/gacc-consultation-2025-07",
    "/r/wco-safe",
    "/r/gacc-order-282/2026-04-01",
    "/r/wco-safe/2011",
    "/r/mra/2013-03-15",
    "/r/gacc-ann-2018-178/2018-11-27",
    "/r/gacc-ann-2023-170/2023-12-01",
    "/r/gacc-order-237/2018-05-01/art-12",
    "/r/gacc-order-237/2018-05-01/art-12?texts=both",
    "/r/gacc-order-282/2026-04-01/unplaced-a",
    "/r/gacc-order-282/2026-04-01/art-9",
    "/search",
    "/search?q=blacklist&on=2019-08-01",
    "/search?q=zzzz",
    "/crosswalk",
    "/crosswalk?on=2000-01-01",
    "/compare",
    "/compare?a=gacc-order-225%23art-10&b=gacc-order-251&show=changes",
    "/compare?a=gacc-order-170&b=gacc-order-251&show=changes",
    "/r/wco-safe/compare/2021-06/to/2025-06?show=changes",
    "/lines/aeo-certification-standard?on=2021-06-01",
    "/lines/wco-safe?on=1950-01-01",
    "/lines/wco-safe/article/wco-safe/pillar-1-standard-4",
    "/r/gacc-ann-2014-81?on=2016-01-01",
    "/ask",
    "/ask?question=What+is+the+VAT+rate+on+cars%3F",
    "/ask/batch",
    "/changed",
    "/obligations?on=2026-03-31",
    "/changed?from=1990-01-01&to=1990-12-31&regulation=gacc-order-71",
]
# Pages that say plainly that there is no one such thing, with what to do next.
REFUSALS = [
    "/nowhere",
    "/r/wco-safe/on/2018-06-10",
    "/r/wco-safe/on/2018-06-10/pillar-3/card",
    "/r/gacc-order-251/on/2012-01-01",
    "/r/gacc-order-251/on/2012-01-01/art-12/card",
    "/in-force?on=2019-02-30",
]


def in_language(address: str, language: str) -> str:
    """Return the address of a page in a language."""
    return f"{address}{'&' if '?' in address else '?'}lang={language}"
