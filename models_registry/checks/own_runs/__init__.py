"""Group R: what users ran themselves and brought along."""

from collections.abc import Callable

from models_registry.checks.context import Context
from models_registry.checks.own_runs import checks, further
from models_registry.checks.results import Result

CHECKS: tuple[tuple[str, Callable[[Context], Result]], ...] = (
    ("R01", checks.r01_imported),
    ("R02", checks.r02_claims),
    ("R03", checks.r03_determinism),
    ("R04", further.r04_bias),
    ("R05", further.r05_offline),
)
