"""The only writers of assessments: one transaction and one event each."""

from assessments.lapsing import lapse_decisions
from assessments.services.answering import (
    SUMMARY,
    FrozenError,
    StaleError,
    rebuild_summary,
    redetermine,
    save_answers,
    start_assessment,
)
from assessments.services.deciding import (
    decide,
    is_alone,
    record_alone,
    withdraw_decision,
)
from assessments.services.disagreeing import disagree, take_back_disagreement
from assessments.services.renewing import clone_use, restore_use, retire_use, start_reassessment
from assessments.services.reviewing import (
    record_no_objection,
    request_changes,
    submit_for_review,
    take_back,
)
from assessments.services.saving import Asked, ConflictError, save_answer

__all__ = [
    "SUMMARY",
    "Asked",
    "ConflictError",
    "FrozenError",
    "StaleError",
    "clone_use",
    "decide",
    "disagree",
    "is_alone",
    "lapse_decisions",
    "rebuild_summary",
    "record_alone",
    "record_no_objection",
    "redetermine",
    "request_changes",
    "restore_use",
    "retire_use",
    "save_answer",
    "save_answers",
    "start_assessment",
    "start_reassessment",
    "submit_for_review",
    "take_back",
    "take_back_disagreement",
    "withdraw_decision",
]
