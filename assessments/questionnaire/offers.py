"""Earlier answers as the pages offer them, with where they come from and how old they are."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from assessments.law_in_use import catalogue
from assessments.reuse import Offer, age_in_words
from law.wording import answer_in_words

Page = dict[str, Any]


def offer_row(offer: Offer, today: date, language: str) -> Page:
    question = catalogue().question(offer.question_id)
    age = age_in_words(offer.at.date(), today)
    return {
        "id": offer.question_id,
        "question": question.text.in_language(language),
        "answer": answer_in_words(question, offer.fact, language),
        "source": source_of(offer, age),
    }


def source_of(offer: Offer, age: str) -> str:
    if not offer.use_name:
        return _("Profile of your organisation, %(age)s") % {"age": age}
    return _("%(use)s, %(age)s") % {"use": offer.use_name, "age": age}
