"""The checks of group W, in the order in which they build on each other."""

from collections.abc import Callable

from models_registry.checks.context import Context
from models_registry.checks.results import Result

CHECKS: tuple[tuple[str, Callable[[Context], Result]], ...] = ()
