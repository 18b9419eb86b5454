"""The one way in which material is turned away."""

from models_registry.checks.results import Value


class Refused(Exception):
    """Supplied material that is not read any further.

    ``reason`` is an id of ``catalogue/refusals.yaml``; ``values`` fill its placeholders.
    """

    def __init__(self, reason: str, **values: Value) -> None:
        told = ", ".join(f"{name}={value!r}" for name, value in values.items())
        super().__init__(f"{reason}({told})")
        self.reason, self.values = reason, values
