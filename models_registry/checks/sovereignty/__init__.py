"""How independent a deployment leaves its operator: thirty criteria in five dimensions."""

from models_registry.checks.sovereignty.deployment import Deployment, Known
from models_registry.checks.sovereignty.profile import Profile, profile_of

__all__ = ["Deployment", "Known", "Profile", "profile_of"]
