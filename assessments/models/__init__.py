from assessments.models.answer import Answer
from assessments.models.assessment import Assessment, AssessmentQuerySet
from assessments.models.finding import Finding, FindingStatus, GapSeverity, Strength

__all__ = [
    "Answer",
    "Assessment",
    "AssessmentQuerySet",
    "Finding",
    "FindingStatus",
    "GapSeverity",
    "Strength",
]
