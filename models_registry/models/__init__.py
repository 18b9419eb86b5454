"""The register: suppliers, models, systems and uses, and the evidence about them."""

from models_registry.models.ai_model import AIModel, Derivation, Modality
from models_registry.models.check_run import CheckRun
from models_registry.models.deployment import Deployment, MinimumLevel
from models_registry.models.evidence import Attachment, Evidence, StoredFile
from models_registry.models.licence_decision import LicenceDecision
from models_registry.models.rows import RegisterQuerySet, RegisterRow
from models_registry.models.supplier import Supplier, SupplierIdentifier
from models_registry.models.system import AISystem, SystemModel
from models_registry.models.use_case import UseCase, UseCaseQuerySet

__all__ = [
    "AIModel",
    "AISystem",
    "Attachment",
    "CheckRun",
    "Deployment",
    "Derivation",
    "Evidence",
    "LicenceDecision",
    "MinimumLevel",
    "Modality",
    "RegisterQuerySet",
    "RegisterRow",
    "StoredFile",
    "Supplier",
    "SupplierIdentifier",
    "SystemModel",
    "UseCase",
    "UseCaseQuerySet",
]
