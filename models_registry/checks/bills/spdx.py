"""B06: an SPDX 3 document with the profile for AI, its JSON-LD read as it stands."""

from collections.abc import Mapping
from typing import Any

from models_registry.checks.bills.reading import Bill, bills
from models_registry.checks.context import Context
from models_registry.checks.documented import documented, said
from models_registry.checks.results import Result, Verdict, term

_TYPES = ("ai_AIPackage", "AIPackage", "ai/AIPackage")
_MANDATORY: Mapping[str, tuple[str, ...]] = {
    "release_time": ("releaseTime", "software_releaseTime"),
    "supplied_by": ("suppliedBy", "originatedBy"),
    "download_location": ("software_downloadLocation", "downloadLocation"),
    "package_version": ("software_packageVersion", "packageVersion"),
    "primary_purpose": ("software_primaryPurpose", "primaryPurpose"),
}
_FIELDS = (
    "autonomyType", "domain", "energyConsumption", "hyperparameter", "informationAboutApplication",
    "informationAboutTraining", "limitation", "metric", "metricDecisionThreshold",
    "modelDataPreprocessing", "modelExplainability", "safetyRiskAssessment", "standardCompliance",
    "typeOfModel", "useSensitivePersonalInformation",
)  # fmt: skip
_ENOUGH = 8


def b06_spdx(context: Context) -> Result:
    """The five mandatory properties, and how many of those on AI."""
    found = [(bill, one) for bill in context.once(bills).spdx for one in _packages(bill)]
    if not found:
        some = context.once(bills).spdx
        if some:
            return documented("B06", Verdict.FAIL, "no_package", some[0].proof())
        return Result("B06", Verdict.NOT_CHECKABLE, "no_document")
    bill, package = found[0]
    missing = tuple(
        term(f"spdx_{name}")
        for name, keys in _MANDATORY.items()
        if not any(package.get(key) for key in keys)
    )
    there = [name for name in _FIELDS if package.get(f"ai_{name}") or package.get(name)]
    place = bill.proof(str(package.get("name", "")))
    facts = tuple(said("B06", f"spdx_{name}", True, bill.proof(name)) for name in there)
    verdict, reason = Verdict.PARTIAL, "part"
    if not missing and len(there) >= _ENOUGH:
        verdict, reason = Verdict.PASS, "full"
    elif len(missing) == len(_MANDATORY) or not there:
        verdict, reason = Verdict.FAIL, "thin"
    count, of = len(there), len(_FIELDS)
    return documented(
        "B06", verdict, reason, place, facts=facts, count=count, of=of, missing=missing
    )


def _packages(bill: Bill) -> list[Mapping[str, Any]]:
    return [one for one in bill.components if str(one.get("type", one.get("@type"))) in _TYPES]
