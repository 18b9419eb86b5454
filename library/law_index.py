"""The indexes over the catalogue that this process judges by, made once."""

from functools import cache

from assessments.law_in_use import catalogue
from law.browsing import LawIndex
from law.searching import LawSearch


@cache
def law_index() -> LawIndex:
    return LawIndex(catalogue())


@cache
def law_search() -> LawSearch:
    return LawSearch(law_index())
