"""The form of a system and the models in it."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from models_registry.forms import supplier_field
from models_registry.models import AISystem
from models_registry.quantities import QuantityField
from models_registry.row_forms import ModelRowsForm
from models_registry.services import Part, stamp


class SystemForm(ModelRowsForm):
    """A system and the models in it; two rows for further models stand empty."""

    column = "model"
    columns = ("model", "role", "modification", "modification_compute")
    no_model = _("No model")
    missing = _("Choose the model that does this.")
    twice = _("The model stands twice in this system; name it once.")

    name = forms.CharField(label=_("Name"), max_length=200)
    version = forms.CharField(label=_("Version"), max_length=60, required=False)
    supplier_name = supplier_field(
        _("Supplier"),
        _("Who you have it from. Leave it empty for a system of your own making."),
    )

    def fields_of_row(self, number: int) -> dict[str, forms.Field]:
        which = {"n": number}
        return {
            "model": self.model_field(gettext("Model %(n)d") % which),
            "role": forms.CharField(
                label=gettext("What model %(n)d does in the system") % which,
                max_length=200,
                required=False,
            ),
            "modification": forms.CharField(
                label=gettext("How model %(n)d was modified") % which,
                help_text=gettext("As in: fine-tuned on our support letters, merged adapter."),
                max_length=400,
                required=False,
            ),
            "modification_compute": QuantityField(
                label=gettext("Operations that the change of model %(n)d took") % which,
                help_text=gettext("Of the change alone, as in 1e21. Leave it empty if unknown."),
            ),
        }

    @staticmethod
    def of(row: AISystem) -> dict[str, Any]:
        typed: dict[str, Any] = {
            "name": row.name,
            "version": row.version,
            "supplier_name": row.supplier.name if row.supplier else "",
            "seen": stamp(row),
        }
        for n, part in enumerate(row.parts.all()):
            typed |= {
                f"model_{n}": str(part.model_id),
                f"role_{n}": part.role,
                f"modification_{n}": part.modification,
                f"modification_compute_{n}": part.modification_compute,
            }
        return typed

    def values(self) -> dict[str, Any]:
        values = super().values()
        parts = [Part(**row) for row in self.filled_rows()]
        return values | {"supplier": values.pop("supplier_name"), "models": parts}
