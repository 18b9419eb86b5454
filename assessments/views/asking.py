"""What a request about one question needs: the assessment, the question, its page, the saving."""

import json
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.access import member_of
from assessments.answer_forms import AnswerForm
from assessments.answering import assessment_of_use, why_only_reading
from assessments.law_in_use import catalogue
from assessments.models import Answer
from assessments.proposing import proposals_for
from assessments.questionnaire.answers import fact_in, said
from assessments.questionnaire.changes import change_line, change_since
from assessments.questionnaire.offers import offer_row
from assessments.questionnaire.proposal_rows import proposal_row
from assessments.questionnaire.question_page import question_page
from assessments.questionnaire.sections import TITLES
from assessments.questionnaire.so_far import so_far
from assessments.reuse import Offer, offers
from assessments.selectors import interview_of
from assessments.services import ConflictError, FrozenError, save_answer
from assessments.suggested import discretions
from assessments.support_pages import supports_by_owner

Page = dict[str, Any]
CHANGE_LINE = "assessments/questionnaire/_change_line.html"


class Asking:
    """One question of one assessment, as one person meets it."""

    def __init__(self, request: HttpRequest, use_id: UUID, question_id: str) -> None:
        self.request, self.member = request, member_of(request)
        self.language = (get_language() or "en")[:2]
        self.assessment = assessment_of_use(self.member, use_id)
        found = catalogue().entries.questions.get(question_id)
        if found is None:
            raise Http404
        self.question = found
        self.interview = interview_of(self.assessment)

    @cached_property
    def answer(self) -> Answer | None:
        given = self.assessment.answers.all()
        return next((one for one in given if one.question_id == self.question.id), None)

    @cached_property
    def only_reading(self) -> str:
        return why_only_reading(self.assessment, self.member)

    @property
    def by_script(self) -> bool:
        return self.request.accepts("application/json") and not self.request.accepts("text/html")

    def form(self, posted: QueryDict | None = None) -> AnswerForm:
        form = AnswerForm(self.question, posted, answer=self.answer)
        if posted is not None and "take" in posted and (offer := self.offer):
            form.take(offer.value)
        return form

    @cached_property
    def offer(self) -> Offer | None:
        """An earlier answer that may hold here; none once somebody has answered."""
        if self.answer is not None and self.answer.value is not None:
            return None
        return offers(self.assessment, [self.question.id]).get(self.question.id)

    # --- Saving ----------------------------------------------------------------------------------

    def saved_by_hand(self, form: AnswerForm) -> HttpResponse:
        if "return" in self.request.POST and form.is_empty:
            return redirect(self.list_url)
        if not form.is_valid():
            return self.page(form)
        try:
            self._save(form)
        except ConflictError as conflict:
            return self.page(form, theirs=conflict.theirs, status=HTTPStatus.CONFLICT)
        except FrozenError:
            form.add_error(None, _("Not saved: this assessment can no longer be changed."))
            return self.page(form, status=HTTPStatus.CONFLICT)
        return redirect(self._onward())

    def saved_by_itself(self, form: AnswerForm) -> JsonResponse:
        """For the script of the page, which stays where it is."""
        if not form.is_valid():
            # Half typed is no failure: browsers write each refusal into their console.
            faults = [text for texts in form.errors.values() for text in texts]
            return JsonResponse({"faults": faults})
        try:
            answer = self._save(form)
        except ConflictError:
            return JsonResponse({}, status=HTTPStatus.CONFLICT)
        except FrozenError:
            return JsonResponse({}, status=HTTPStatus.LOCKED)
        progress = so_far(self.assessment, self.interview)
        progress |= {"saved_at": answer.answered_at}
        told = {"version": answer.version, "saved_at": answer.answered_at.isoformat()}
        told |= {
            "so_far": self._rendered("components/so_far.html", so_far=progress),
            "change": self._rendered(CHANGE_LINE, change=self._change()),
        }
        return JsonResponse(told)

    def _rendered(self, template: str, **context: Any) -> str:
        return render_to_string(template, context, self.request)

    def _save(self, form: AnswerForm) -> Answer:
        answer = save_answer(
            assessment=self.assessment,
            question_id=self.question.id,
            version=form.version_read,
            value=form.value,
            note=form.cleaned_data["note"],
            asked=form.asked,
            by=self.member.user,
        )
        fact = fact_in(self.question, answer.value)
        self.interview = self.interview.after(self.question.id, fact)
        return answer

    def _change(self) -> Page | None:
        """What the answer changed since the page was opened, in short."""
        before = self.request.POST.get("before", "")
        found = change_since(self.interview, self.question, before)
        return change_line(self.assessment, self.question, found, before) if found else None

    def _onward(self) -> str:
        """To what an edited answer changed, else to the list or the next question."""
        if change := self._change():
            url: str = change["url"]
            return url
        return self.list_url if "return" in self.request.POST else self.next_url()

    # --- Where to go and what to show ------------------------------------------------------------

    @property
    def list_url(self) -> str:
        return reverse("assessments:assessment-tasks", args=[self.assessment.use_case_id])

    def next_url(self) -> str:
        """The next question; all answers once there is none."""
        use_id = self.assessment.use_case_id
        following = self.interview.next_after(self.question.id)
        if following:
            return reverse("assessments:question", args=[use_id, following])
        return reverse("assessments:answers-check", args=[use_id])

    def page(
        self, form: AnswerForm, *, theirs: Answer | None = None, status: int = HTTPStatus.OK
    ) -> HttpResponse:
        context = self.context() | {
            "form": form,
            "question": question_page(self.question, form, self.interview, self.language),
            "errors": form.faults if form.is_bound else [],
            "version": theirs.version if theirs else form.version_shown,
            "before": self._before(),
            "proposal": self._proposed(form),
            "supports": self._supports(),
            "evidence_url": self._evidence_url(),
            "offer": self._offered(form),
            "theirs": self._side(theirs) if theirs else None,
            "mine": said(self.question, Answer(value=form.value), self.language) if theirs else "",
            "only_reading": "" if form.is_bound else self.only_reading,
            "answer": self._side(self.answer) if self.answer else None,
        }
        template = "assessments/questionnaire/question.html"
        return render(self.request, template, context, status=status)

    def context(self) -> Page:
        use = self.assessment.use_case
        trail = [
            {"label": use.name, "url": reverse("assessments:use-detail", args=[use.pk])},
            {"label": assessment_name(self.assessment.as_of), "url": self.list_url},
            {"label": TITLES[self.question.section], "url": ""},
        ]
        return {
            "assessment": self.assessment,
            "so_far": so_far(self.assessment, self.interview),
            "trail": trail,
            "list_url": self.list_url,
        }

    def _offered(self, form: AnswerForm) -> Page | None:
        if form.is_bound or self.only_reading or self.offer is None:
            return None
        return offer_row(self.offer, timezone.localdate(), self.language)

    def _proposed(self, form: AnswerForm) -> Page | None:
        """What the material suggests, while nothing is being corrected."""
        if form.is_bound or self.only_reading:
            return None
        proposals = proposals_for(self.assessment, self.interview)
        found = proposals.about(self.question.id)
        if found is None or not found.waits:
            return None
        discreet = discretions(self.member, proposals.models)
        return proposal_row(self.assessment, found, self.language, discreet)

    def _supports(self) -> list[Page]:
        if self.answer is None:
            return []
        found = supports_by_owner(self.assessment, self.member, self.language)
        return found.get(self.answer.pk, [])

    def _evidence_url(self) -> str:
        if self.only_reading:
            return ""
        where = [self.assessment.use_case_id, self.question.id]
        return reverse("assessments:answer-evidence", args=where)

    def _before(self) -> str:
        """The answer as it was when the page was opened, to tell later what changed."""
        if "before" in self.request.POST:
            return self.request.POST["before"]
        return json.dumps(self.answer.value) if self.answer else ""

    def _side(self, answer: Answer) -> Page:
        """A stored answer in words, with who gave it."""
        inquiry = getattr(answer, "inquiry", None)
        return {
            "said": said(self.question, answer, self.language),
            "note": answer.note,
            "by": str(answer.answered_by or ""),
            "at": answer.answered_at,
            "asked": {"whom": inquiry.whom, "reason": inquiry.reason} if inquiry else None,
        }


def assessment_name(as_of: Any) -> str:
    return _("Assessment %(month)s") % {"month": f"{as_of:%Y-%m}"}
