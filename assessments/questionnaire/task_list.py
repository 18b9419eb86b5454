"""The sections with how far each has come, and why one cannot start yet."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.models import Answer, Assessment
from assessments.questionnaire.sections import REASONS, TITLES
from law.interview import SECTIONS, Interview, Standing

Page = dict[str, Any]
MET = (Standing.ANSWERED, Standing.UNKNOWN)


def section_rows(assessment: Assessment, interview: Interview, language: str) -> list[Page]:
    """One row for each section, in the order of the pages."""
    answers = {answer.question_id: answer for answer in assessment.answers.all()}
    return [_Section(assessment, interview, answers, name, language).row() for name in SECTIONS]


class _Section:
    """One section: which of its questions matter, and what to say about them."""

    def __init__(
        self,
        assessment: Assessment,
        interview: Interview,
        answers: dict[str, Answer],
        name: str,
        language: str,
    ) -> None:
        self._assessment, self._interview, self._name = assessment, interview, name
        self._language, self._catalogue = language, interview.evaluation.catalogue
        self._found = {standing: interview.of(standing, name) for standing in Standing}
        self._asked = [
            inquiry
            for question_id, answer in answers.items()
            if self._catalogue.entries.questions.get(question_id)
            and self._catalogue.question(question_id).section == name
            and interview.standings[question_id] is not Standing.DORMANT
            and (inquiry := getattr(answer, "inquiry", None))
        ]

    def row(self) -> Page:
        status = self._status()
        met = self._count(*MET)
        return {
            "id": self._name,
            "title": TITLES[self._name],
            "reason": REASONS[self._name],
            "status": status,
            "why": self._why(status),
            "met": met,
            "total": met + self._count(Standing.NOW, Standing.LATER),
            "unknown": self._count(Standing.UNKNOWN),
            "later": self._count(Standing.LATER) if status == "in_progress" else 0,
            "asked": [{"whom": inquiry.whom, "reason": inquiry.reason} for inquiry in self._asked],
            "url": self._url(),
        }

    def _count(self, *standings: Standing) -> int:
        return sum(len(self._found[standing]) for standing in standings)

    def _status(self) -> str:
        if self._count(Standing.NOW):
            return "in_progress" if self._count(*MET) else "not_started"
        if self._count(*MET):
            return "in_progress" if self._count(Standing.LATER) else "completed"
        if self._count(Standing.LATER, Standing.GATED):
            return "cannot_start"
        return "not_needed"

    def _why(self, status: str) -> str:
        if status == "not_needed":
            return self._because()
        if status != "cannot_start":
            return ""
        if self._found[Standing.LATER]:
            return _("Waits until the class is clear.")
        first = self._catalogue.question(self._found[Standing.GATED][0])
        gate = self._catalogue.question(first.gate or first.id)
        return _("Needs your answer to: %(question)s") % {"question": self._say(gate.text)}

    def _because(self) -> str:
        hidden = self._found[Standing.IRRELEVANT] + self._found[Standing.DORMANT]
        grounds = self._interview.grounds(hidden[0])
        if grounds.question is None:
            return ""
        question = self._catalogue.question(grounds.question)
        return _("Because of your answer to: %(question)s") % {"question": self._say(question.text)}

    def _url(self) -> str:
        """To the first question that waits, else to the first answer."""
        for standing in (Standing.NOW, Standing.UNKNOWN, Standing.ANSWERED):
            if self._found[standing]:
                where = [self._assessment.use_case_id, self._found[standing][0]]
                return reverse("assessments:question", args=where)
        return ""

    def _say(self, text: Any) -> str:
        said: str = text.in_language(self._language)
        return said
