"""The only writers of the register: one transaction and one event each."""

from models_registry.services.editing import (
    update_model,
    update_supplier,
    update_system,
    update_use_case,
)
from models_registry.services.keeping import StaleError, stamp
from models_registry.services.lineage import Base
from models_registry.services.parts import Part
from models_registry.services.registration import (
    register_model,
    register_supplier,
    register_system,
    register_use_case,
)
from models_registry.services.retirement import (
    discard_example,
    give_up_name,
    restore,
    retire,
)
from models_registry.services.versions import clone_use_case, register_new_version

__all__ = [
    "Base",
    "Part",
    "StaleError",
    "clone_use_case",
    "discard_example",
    "give_up_name",
    "register_model",
    "register_new_version",
    "register_supplier",
    "register_system",
    "register_use_case",
    "restore",
    "retire",
    "stamp",
    "update_model",
    "update_supplier",
    "update_system",
    "update_use_case",
]
