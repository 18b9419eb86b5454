"""Group D: what a card and the documents beside it tell, and whether the artefact agrees."""

from models_registry.checks.documents.checking import CHECKS

__all__ = ["CHECKS"]
