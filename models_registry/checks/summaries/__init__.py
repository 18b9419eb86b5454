"""Group T: the public summary of training content and the policy on copyright."""

from collections.abc import Callable

from models_registry.checks.context import Context
from models_registry.checks.results import Result
from models_registry.checks.summaries import checks
from models_registry.checks.summaries.copyright import t07_copyright
from models_registry.checks.summaries.domains import t06_domains

CHECKS: tuple[tuple[str, Callable[[Context], Result]], ...] = (
    ("T01", checks.t01_present),
    ("T02", checks.t02_complete),
    ("T03", checks.t03_logic),
    ("T04", checks.t04_fits_model),
    ("T05", checks.t05_fresh),
    ("T06", t06_domains),
    ("T07", t07_copyright),
)
