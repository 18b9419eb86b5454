from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import member_of, member_required
from assessments.examples import example_cards, offered_examples, open_example
from assessments.services.registering import register_use_and_start, throw_away_example
from assessments.use_forms import UseEditForm, UseRegistrationForm
from assessments.views.questionnaire import first_step
from models_registry.selectors import uses_of
from models_registry.services import update_use_case
from models_registry.views.flow import form_for, registrar, saved


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def use_register(request: HttpRequest) -> HttpResponse:
    member = registrar(request)
    known = {name: request.GET.get(name, "") for name in ("system", "model", "name")}
    form = form_for(request, UseRegistrationForm, member, initial=known)
    save = partial(
        register_use_and_start,
        organisation=member.organisation,
        by=member.user,
        on=timezone.localdate(),
    )
    if form.is_bound and (assessment := saved(form, save)):
        return redirect(first_step(assessment))
    context = {"form": form, "cancel_url": reverse("assessments:use-list")}
    return render(request, "assessments/use_register.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def use_edit(request: HttpRequest, use_id: UUID) -> HttpResponse:
    use = get_object_or_404(uses_of(member_of(request)), pk=use_id)
    member = registrar(request)
    make = partial(UseEditForm, use_case=use)
    form = form_for(request, make, member, initial=UseEditForm.of(use))
    save = partial(update_use_case, use_case=use, by=member.user, seen=form.state_seen)
    page = reverse("assessments:use-detail", args=[use.pk])
    if form.is_bound and saved(form, save, row=use):
        return redirect(page)
    context = {"form": form, "use": use, "cancel_url": page}
    return render(request, "assessments/use_edit.html", context)


@require_safe
@member_required
def example_list(request: HttpRequest) -> HttpResponse:
    member = registrar(request)
    cards = example_cards(member, on=timezone.localdate(), language=_language())
    context = {"examples": cards, "register_url": reverse("assessments:use-list")}
    return render(request, "assessments/example_list.html", context)


@require_POST
@member_required
def example_open(request: HttpRequest, name: str) -> HttpResponse:
    member = registrar(request)
    if (use := offered_examples(_language()).get(name)) is None:
        raise Http404
    row = open_example(
        example=use, organisation=member.organisation, by=member.user, on=timezone.localdate()
    )
    return redirect("assessments:use-detail", row.pk)


@require_POST
@member_required
def example_discard(request: HttpRequest, use_id: UUID) -> HttpResponse:
    examples = uses_of(member_of(request)).filter(is_example=True)
    use = get_object_or_404(examples, pk=use_id)
    member = registrar(request)
    if throw_away_example(use_case=use, by=member):
        messages.success(request, _("The example is gone."))
    else:
        messages.info(
            request,
            _("This example was signed or reported on, which stays, so it was retired instead."),
        )
    return redirect("assessments:use-list")


def _language() -> str:
    return (get_language() or "en")[:2]
