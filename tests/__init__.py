"""The tests mirror the code: tests/law for law, tests/reports for reports, and so on."""
