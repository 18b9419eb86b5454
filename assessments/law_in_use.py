"""The catalogue that this process judges by, read once."""

from functools import cache

from law import load
from law.compiled import Catalogue


@cache
def catalogue() -> Catalogue:
    return load()
