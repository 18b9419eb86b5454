"""The AI Act as dated, checked data, and the engine that reads it: no framework, no clock."""

from law.determination import determine
from law.explanation import explain
from law.loading import load

__all__ = ["determine", "explain", "load"]
