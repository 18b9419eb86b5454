"""What a person does in the browser to decide: the addresses, the password and what is signed."""

import re

from django.urls import reverse
from django.utils import timezone

from tests.accounts.factories import PASSWORD


def url(name, assessment, *more):
    return reverse(f"assessments:{name}", args=[assessment.use_case_id, *more])


def confirm(browser, page, password=PASSWORD):
    """Answers the question for the password that a signature asks first."""
    assert page.status_code == 302
    assert page.url.startswith(reverse("account_reauthenticate"))
    query = {"password": password, "next": re.search(r"next=([^&]+)", page.url)[1]}
    query["next"] = query["next"].replace("%2F", "/")
    return browser.post(page.url.split("?")[0], query)


def approval(assessment, **given):
    day = timezone.localdate()
    valid_until = day.replace(year=day.year + 1, day=min(day.day, 28)).isoformat()
    return {
        "revision": assessment.revision,
        "outcome": "approved",
        "valid_until": valid_until,
    } | given
