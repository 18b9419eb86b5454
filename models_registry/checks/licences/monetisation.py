"""The six questions on money and data, as claims that the register or a person answers."""

from collections.abc import Mapping

from models_registry.checks.results import Value

# Asking for data is no trade, so that it counts between the smallest too.
DATA = "personal_data_beyond_security"
SCENARIOS = (
    "paid_licence_for_some_uses",
    "paid_above_a_scale",
    "paid_support_needed",
    "purchase_obligatory",
    "hosted_only_for_payment",
    DATA,
)
SOFTENING = ("optional_paid_services", "only_between_microenterprises")


def answers(claims: Mapping[str, Value]) -> dict[str, bool | None]:
    """Each question's answer; None where there is none."""
    return {name: _answer(claims.get(name)) for name in (*SCENARIOS, *SOFTENING)}


def _answer(value: Value) -> bool | None:
    return value if isinstance(value, bool) else None
