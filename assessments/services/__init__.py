"""The only writers of assessments: one transaction and one event each."""

from assessments.services.answering import (
    SUMMARY,
    FrozenError,
    StaleError,
    rebuild_summary,
    redetermine,
    save_answers,
    start_assessment,
)

__all__ = [
    "SUMMARY",
    "FrozenError",
    "StaleError",
    "rebuild_summary",
    "redetermine",
    "save_answers",
    "start_assessment",
]
