"""Measures the law, the speed and the questions; part of no installation."""
