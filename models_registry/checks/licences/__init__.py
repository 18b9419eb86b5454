"""Group L: what a licence text is, what it asks, and whether Article 53(2) can rest on it."""

from models_registry.checks.licences.checking import CHECKS

__all__ = ["CHECKS"]
