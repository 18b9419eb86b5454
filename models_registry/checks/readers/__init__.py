"""Readers of headers and small files that trust nothing they are told about lengths."""
