"""An organisation with thousands of uses, to measure with; see bench.data."""
