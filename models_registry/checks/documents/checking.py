"""The checks of group D, those first whose facts others need."""

from collections.abc import Callable

from models_registry.checks.context import Context
from models_registry.checks.documents import (
    card,
    compute,
    data,
    evaluations,
    provider,
    publication,
    safety,
)
from models_registry.checks.documents.consistency import d15_card_fits_artefact
from models_registry.checks.results import Result

CHECKS: tuple[tuple[str, Callable[[Context], Result]], ...] = (
    ("D01", card.d01_card),
    ("D02", card.d02_usage_information),
    ("D03", card.d03_uses),
    ("D04", card.d04_integration),
    ("D05", evaluations.d05_results),
    ("D06", evaluations.d06_reproducible),
    ("D07", data.d07_training_data),
    ("D08", data.d08_data_sets),
    ("D09", data.d09_data_sheet),
    ("D10", compute.d10_compute),
    ("D11", compute.d11_plausible),
    ("D12", compute.d12_energy),
    ("D13", publication.d13_report),
    ("D14", provider.d14_versions),
    ("D15", d15_card_fits_artefact),
    ("D16", provider.d16_provider),
    ("D17", card.d17_risks),
    ("D18", provider.d18_policy),
    ("D19", provider.d19_cut_off),
    ("D20", provider.d20_languages),
    ("D21", safety.d21_attacks),
    ("D22", safety.d22_systemic_risks),
    ("D23", safety.d23_incidents),
    ("D24", safety.d24_protection),
)
