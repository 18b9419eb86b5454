"""From a form of the library to its rows; what is refused comes back in the form."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import Membership
from models_registry.checks.intake.refusal import Refused
from models_registry.evidence.forms import GUESS, AboutForm, AddForm, EditForm
from models_registry.evidence.kinds import kind_by_content, title_of
from models_registry.evidence.pages import evidence_url, refusal_text
from models_registry.evidence.selectors import the_same_file
from models_registry.models import Evidence
from models_registry.services.evidence import add_evidence, update_evidence
from models_registry.services.keeping import StaleError
from models_registry.services.storing import Kept, store


def saved_new(form: AddForm, member: Membership) -> Evidence | None:
    """New evidence; None with the reasons in the form, and nothing kept."""
    if not form.is_valid():
        return None
    values, upload = form.values(), form.sent
    if upload is not None:
        kept = _kept(form, upload, member)
        if kept is None or _is_there(form, kept, member):
            return None
        name = str(upload.name)
        values |= {"stored": kept.stored, "file_name": name}
        values["title"] = values["title"] or title_of(name)
        if values["kind"] == GUESS:
            values["kind"] = kind_by_content(kept.stored, kept.seen, name)
    elif values["kind"] == GUESS:
        values["kind"] = Evidence.Kind.OTHER
    try:
        return add_evidence(organisation=member.organisation, by=member.user, **values)
    except ValidationError as refusal:
        form.refuse(refusal.message_dict)
    return None


def saved_change(form: EditForm, row: Evidence, member: Membership) -> bool:
    """Whether the change was saved; otherwise its reasons are in the form."""
    if not form.is_valid():
        return False
    values, upload = form.values(), form.sent
    if upload is not None:
        kept = _kept(form, upload, member)
        if kept is None:
            return False
        values |= {"stored": kept.stored, "file_name": str(upload.name)}
    try:
        update_evidence(
            evidence=row, by=member.user, on=localdate(), seen=form.state_seen, **values
        )
    except ValidationError as refusal:
        form.refuse(refusal.message_dict)
        return False
    except StaleError:
        row.refresh_from_db()
        form.show_theirs(EditForm.of(row))
        return False
    return True


def _kept(form: AboutForm, upload: "UploadedFile[bytes]", member: Membership) -> Kept | None:
    try:
        return store(upload=upload, organisation=member.organisation, by=member.user)
    except Refused as refused:
        form.add_error("upload", refusal_text(refused))
    return None


def _is_there(form: AboutForm, kept: Kept, member: Membership) -> bool:
    """Whether the library has this very file, which one attaches instead of adding it again."""
    known = the_same_file(member, kept.stored.sha256)
    if known is not None:
        said = _("This file is in the library already, as {link}. Attach it where you need it.")
        link = format_html('<a href="{}">{}</a>', evidence_url(known), known.title)
        form.add_error("upload", format_html(said, link=link))
    return known is not None
