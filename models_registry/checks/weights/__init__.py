"""Group W: what the weights and their configuration prove."""

from models_registry.checks.weights.checking import CHECKS

__all__ = ["CHECKS"]
