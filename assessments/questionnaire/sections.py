"""The words of the ten sections: what each is called and why it is there."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TITLES: dict[str, Promise] = {
    "what_it_is": _("What it is"),
    "where": _("Where and by whom it is used"),
    "roles": _("Who you are"),
    "never": _("What it must never do"),
    "product": _("Is it in a regulated product"),
    "area": _("Where it helps to decide"),
    "effect": _("What its output does to people"),
    "people_see": _("What people see"),
    "model": _("The model inside"),
    "circumstances": _("Special circumstances"),
}

REASONS: dict[str, Promise] = {
    "what_it_is": _("The AI Act is about AI systems and models, and not about every software."),
    "where": _("The place, the purpose and the day decide whether and from when the Act applies."),
    "roles": _(
        "Providers, deployers, importers and others have different duties; you may be several."
    ),
    "never": _("A few practices are prohibited. Most uses are through here after one question."),
    "product": _("AI that keeps a regulated product safe can be high-risk because of the product."),
    "area": _(
        "Annex III lists fields in which certain uses are high-risk. Only your fields are asked."
    ),
    "effect": _(
        "What only prepares the work of people can be exempt, even in the fields of Annex III."
    ),
    "people_see": _("People must be told when they meet a machine or see generated content."),
    "model": _("Whoever offers or changes a general-purpose model has duties of their own."),
    "circumstances": _("Some duties depend on details that matter once the class is clear."),
}
