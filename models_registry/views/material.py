from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import member_of, member_required
from models_registry.evidence.forms import MaterialForm
from models_registry.evidence.pages import material_of, refused_lines
from models_registry.evidence.uploading import takes_files
from models_registry.models import AIModel, AISystem
from models_registry.pages import address
from models_registry.selectors import models_of, systems_of
from models_registry.services.material import TakenIn, take_in
from models_registry.views.flow import registrar


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
@takes_files
def model_material(request: HttpRequest, model_id: UUID) -> HttpResponse:
    model = get_object_or_404(models_of(member_of(request)), pk=model_id)
    return _material(request, model)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
@takes_files
def system_material(request: HttpRequest, system_id: UUID) -> HttpResponse:
    system = get_object_or_404(systems_of(member_of(request)), pk=system_id)
    return _material(request, system)


def _material(request: HttpRequest, subject: AIModel | AISystem) -> HttpResponse:
    member, today = registrar(request), localdate()
    form = MaterialForm(request.POST, request.FILES) if request.method == "POST" else MaterialForm()
    refused = []
    if form.is_valid():
        chosen = form.cleaned_data
        taken = take_in(
            uploads=chosen["files"], subject=subject, by=member, on=today,
            confidentiality=chosen["confidentiality"],
        )  # fmt: skip
        _tell(request, taken)
        if not taken.refused:
            return redirect(address(subject))
        refused = refused_lines(taken)
        form.add_error("files", _("Not every file was kept."))
    context = {
        "form": form,
        "subject": subject,
        "subject_url": address(subject),
        "refused": refused,
        "material": material_of(subject, member, today),
    }
    return render(request, "models_registry/material.html", context)


def _tell(request: HttpRequest, taken: TakenIn) -> None:
    if added := len(taken.added):
        said = ngettext("%(count)d file was added.", "%(count)d files were added.", added)
        messages.success(request, said % {"count": added})
    if known := len(taken.known):
        said = ngettext(
            "%(count)d file was in the library already and is attached now.",
            "%(count)d files were in the library already and are attached now.",
            known,
        )
        messages.info(request, said % {"count": known})
    for evidence in taken.quarantined:
        said = _("%(name)s is in quarantine: it is kept, and nobody can open it here.")
        messages.warning(request, said % {"name": evidence.file_name})
