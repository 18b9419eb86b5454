"""Group V: documents of vendors, the main way to know anything about a closed model."""

from collections.abc import Callable

from models_registry.checks.context import Context
from models_registry.checks.results import Result
from models_registry.checks.vendors import attestations, contracts, identity, standing

CHECKS: tuple[tuple[str, Callable[[Context], Result]], ...] = (
    ("V01", identity.v01_identity),
    ("V02", identity.v02_coverage),
    ("V03", identity.v03_external_evaluation),
    ("V04", contracts.v04_version_pinning),
    ("V05", contracts.v05_data_use),
    ("V06", attestations.v06_soc_2),
    ("V07", attestations.v07_certificates),
    ("V08", standing.v08_code_of_practice),
    ("V09", standing.v09_representative),
    ("V10", standing.v10_pack),
    ("V11", contracts.v11_audit_rights),
)
