"""The Provisions that the words of a course lead to, best first."""

from collections.abc import Iterator

from kb.citation import Citation, Language
from kb.courses.course import Plan
from search.finder import Finder
from search.query import PAGE_SIZE, Query

MOST_PAGES = 20


def find_for_course(finder: Finder, plan: Plan, language: Language) -> tuple[Citation, ...]:
    """Return what the words of a plan find among what applied on its day; nothing where it has no words."""
    return tuple(_find(finder, plan, language)) if plan.aim.words else ()


def _find(finder: Finder, plan: Plan, language: Language) -> Iterator[Citation]:
    filters = (("line", plan.aim.line),) if plan.aim.line else ()
    for page in range(1, MOST_PAGES + 1):
        results = finder.search(Query(plan.aim.words, plan.day, language, filters=filters, page=page))
        yield from (hit.document.citation for hit in results.hits)
        if page * PAGE_SIZE >= results.total:
            return
