"""Group B: bills of materials and the file of the Model Openness Framework."""

from collections.abc import Callable

from models_registry.checks.bills import cyclonedx
from models_registry.checks.bills.openness_file import b07_openness
from models_registry.checks.bills.spdx import b06_spdx
from models_registry.checks.context import Context
from models_registry.checks.results import Result

CHECKS: tuple[tuple[str, Callable[[Context], Result]], ...] = (
    *cyclonedx.CHECKS,
    ("B06", b06_spdx),
    ("B07", b07_openness),
)
