"""The checks of group L, in their order."""

from collections.abc import Callable

from models_registry.checks.context import Context
from models_registry.checks.licences import checks_terms as terms
from models_registry.checks.licences import checks_text as text
from models_registry.checks.results import Result

CHECKS: tuple[tuple[str, Callable[[Context], Result]], ...] = (
    ("L01", text.l01_licence_file),
    ("L02", text.l02_licence_identified),
    ("L03", text.l03_declared_is_actual),
    ("L04", text.l04_riders),
    ("L05", text.l05_licence_verdict),
    ("L06", text.l06_excluded_from_union),
    ("L07", terms.l07_stacking),
    ("L08", terms.l08_gating),
    ("L09", terms.l09_monetisation),
    ("L10", terms.l10_policy_frozen),
    ("L11", terms.l11_components),
)
