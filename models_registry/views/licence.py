from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import member_of, member_required, require_role
from models_registry.licence.forms import LicenceDecisionForm
from models_registry.licence.pages import MAY_DECIDE, licence_page, licence_text_of
from models_registry.selectors import models_of
from models_registry.services.deciding import decide_licence, withdraw_licence_decision


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def licence_detail(request: HttpRequest, model_id: UUID) -> HttpResponse:
    member = member_of(request)
    model = get_object_or_404(models_of(member), pk=model_id)
    form = LicenceDecisionForm(initial={"text_sha256": licence_text_of(model)})
    if request.method == "POST":
        require_role(member, *MAY_DECIDE)
        form = LicenceDecisionForm(request.POST)
        if form.is_valid():
            try:
                on = timezone.localdate()
                decide_licence(model=model, by=member.user, on=on, **form.values())
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, _("Decided. The checks run again with it."))
                return redirect("models_registry:licence-detail", model.pk)
    context = {"licence": licence_page(model, member), "form": form}
    return render(request, "models_registry/licence.html", context)


@require_POST
@member_required
def licence_withdraw(request: HttpRequest, model_id: UUID) -> HttpResponse:
    member = member_of(request)
    model = get_object_or_404(models_of(member), pk=model_id)
    require_role(member, *MAY_DECIDE)
    withdraw_licence_decision(model=model, by=member.user, on=timezone.localdate())
    messages.success(request, _("Withdrawn. The cautious side is planned on again."))
    return redirect("models_registry:licence-detail", model.pk)
