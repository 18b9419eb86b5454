from assessments.models.answer import Answer
from assessments.models.assessment import Assessment, AssessmentQuerySet
from assessments.models.decision import Decision
from assessments.models.evidence import Proposal, Support
from assessments.models.finding import Finding, FindingStatus, GapSeverity, Strength
from assessments.models.inquiry import Inquiry
from assessments.models.review import Author, Disagreement, Review, Submission

__all__ = [
    "Answer",
    "Assessment",
    "AssessmentQuerySet",
    "Author",
    "Decision",
    "Disagreement",
    "Finding",
    "FindingStatus",
    "GapSeverity",
    "Inquiry",
    "Proposal",
    "Review",
    "Strength",
    "Submission",
    "Support",
]
