"""Countries an organisation can have its seat in; the names are ours, the codes ISO 3166."""

import unicodedata

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Name = str | Promise

IN_THE_UNION: dict[str, Name] = {
    "AT": _("Austria"),
    "BE": _("Belgium"),
    "BG": _("Bulgaria"),
    "HR": _("Croatia"),
    "CY": _("Cyprus"),
    "CZ": _("Czechia"),
    "DK": _("Denmark"),
    "EE": _("Estonia"),
    "FI": _("Finland"),
    "FR": _("France"),
    "DE": _("Germany"),
    "GR": _("Greece"),
    "HU": _("Hungary"),
    "IE": _("Ireland"),
    "IT": _("Italy"),
    "LV": _("Latvia"),
    "LT": _("Lithuania"),
    "LU": _("Luxembourg"),
    "MT": _("Malta"),
    "NL": _("Netherlands"),
    "PL": _("Poland"),
    "PT": _("Portugal"),
    "RO": _("Romania"),
    "SK": _("Slovakia"),
    "SI": _("Slovenia"),
    "ES": _("Spain"),
    "SE": _("Sweden"),
}
# Neighbours and where most suppliers sit; any other country is kept by its code.
OUTSIDE_THE_UNION: dict[str, Name] = {
    "AL": _("Albania"),
    "AU": _("Australia"),
    "BA": _("Bosnia and Herzegovina"),
    "BR": _("Brazil"),
    "CA": _("Canada"),
    "CN": _("China"),
    "GE": _("Georgia"),
    "HK": _("Hong Kong"),
    "IS": _("Iceland"),
    "IN": _("India"),
    "IL": _("Israel"),
    "JP": _("Japan"),
    "LI": _("Liechtenstein"),
    "MX": _("Mexico"),
    "MD": _("Moldova"),
    "ME": _("Montenegro"),
    "NZ": _("New Zealand"),
    "MK": _("North Macedonia"),
    "NO": _("Norway"),
    "SA": _("Saudi Arabia"),
    "RS": _("Serbia"),
    "SG": _("Singapore"),
    "ZA": _("South Africa"),
    "KR": _("South Korea"),
    "CH": _("Switzerland"),
    "TW": _("Taiwan"),
    "TR": _("Türkiye"),
    "UA": _("Ukraine"),
    "AE": _("United Arab Emirates"),
    "GB": _("United Kingdom"),
    "US": _("United States"),
}
MEMBER_STATES = frozenset(IN_THE_UNION)


def country_name(code: str) -> Name:
    """The country in the reader's language, or its code where we have no name for it."""
    return IN_THE_UNION.get(code) or OUTSIDE_THE_UNION.get(code) or code


def country_choices() -> list[tuple[Name, list[tuple[str, Name]]]]:
    """For a select: the Member States first, each group by the names the reader sees."""
    return [
        (_("In the European Union"), by_name(IN_THE_UNION)),
        (_("Outside the European Union"), by_name(OUTSIDE_THE_UNION)),
    ]


def by_name(countries: dict[str, Name]) -> list[tuple[str, Name]]:
    """Sorted by the names that the reader sees."""
    # Letters first, marks second, so that Österreich stands among the countries with O.
    return sorted(
        countries.items(), key=lambda country: unicodedata.normalize("NFKD", str(country[1]))
    )
