"""The licence texts, policies and tags that the material holds, each read once per run."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from models_registry.checks.context import Context
from models_registry.checks.licences.assessing import Finding, assess
from models_registry.checks.licences.catalogue import Licence, Licences, licences
from models_registry.checks.licences.text import LONGEST, LicenceText, read_text
from models_registry.checks.material import Entry
from models_registry.checks.readers.cards import Card, card_of
from models_registry.checks.results import Proof
from models_registry.checks.weights.inventory import inventory

_NAMES = (
    "LICEN[CS]E*",
    "COPYING*",
    "UNLICEN[CS]E*",
    "*-LICEN[CS]E",
    "*_LICEN[CS]E",
    "*LICEN[CS]E.md",
    "*LICEN[CS]E.txt",
)
_POLICIES = (
    "*USE_POLICY*",
    "*USE-POLICY*",
    "*ACCEPTABLE*USE*",
    "*PROHIBITED*USE*",
    "*USAGE_POLICY*",
)
_TEXTS = ("", ".md", ".txt", ".rst", ".html", ".htm")
# A snapshot may hold thousands of files of that name; the first tell enough.
_AT_MOST = 40
_COMPONENT = re.compile(
    r"(?:^|[-_./])(code|data|datasets?|docs?|documentation)(?:[-_./]|$)", re.IGNORECASE
)
_KINDS = {"dataset": "data", "datasets": "data", "doc": "docs", "documentation": "docs"}
API_ONLY = "api_only"


@dataclass(frozen=True, slots=True)
class Judged:
    """One licence file with what was found in it."""

    entry: Entry
    text: LicenceText
    finding: Finding

    @property
    def proof(self) -> Proof:
        """The file as a whole."""
        return Proof(self.entry.path, sha256=self.entry.sha256)


def known(context: Context) -> Licences:
    """The licences of the run's catalogue."""
    return licences(context.catalogue)


def card(context: Context) -> Card | None:
    """The model card's front matter."""
    return context.once(card_of)


def is_closed(context: Context) -> bool:
    """Whether the register says that the model is reached only through an interface."""
    return context.claims.get("access") == API_ONLY


def judged(context: Context) -> tuple[Judged, ...]:
    """Every licence file, the model's own first."""
    return context.once(_judged)


def own(context: Context) -> Judged | None:
    """The licence file of the model itself."""
    return next((one for one in judged(context) if not component_of(one.entry.path)), None)


def policies(context: Context) -> tuple[LicenceText, ...]:
    """The use policies that lie beside the licence."""
    return context.once(_policies)


@dataclass(frozen=True, slots=True)
class Tag:
    """What something calls the licence, most general last, and where."""

    names: tuple[str, ...]
    proofs: tuple[Proof, ...] = ()


def tags(context: Context) -> tuple[Tag, ...]:
    """What the card and the weights themselves say; the register only where both are silent."""
    claim = context.claims.get("licence")
    claimed = Tag((claim,) if isinstance(claim, str) and claim else ())
    found = tuple(tag for tag in (_of_card(context), _of_weights(context)) if tag.names)
    return found or ((claimed,) if claimed.names else ())


def declared(context: Context) -> tuple[str, ...]:
    """What the card, else the weights, else the register calls the licence."""
    return next((tag.names for tag in tags(context)), ())


def _of_card(context: Context) -> Tag:
    front = card(context)
    if front is None:
        return Tag(())
    named = {key: front.one(key) for key in ("license_name", "license")}
    proofs = (front.proof(k, f"{k}: {name}") for k, name in named.items() if k in front.front.keys)
    return Tag(tuple(filter(None, named.values())), tuple(proofs))


def _of_weights(context: Context) -> Tag:
    """What the metadata of a GGUF file say; formats beside it name no licence."""
    found = context.once(inventory)
    if found.gguf is None:
        return Tag(())
    values = {key: found.gguf.values.get(f"general.{key}") for key in ("license.name", "license")}
    named = {key: value for key, value in values.items() if isinstance(value, str) and value}
    entry = found.main[0]
    proofs = (
        Proof(entry.path, f"general.{key}: {name}"[:300], sha256=entry.sha256)
        for key, name in named.items()
    )
    return Tag(tuple(name[:200] for name in named.values()), tuple(proofs))


def declared_licence(context: Context) -> Licence | None:
    """The one entry that the declared name can mean; None where it is open which."""
    return meant_by(context, declared(context))


def meant_by(context: Context, names: tuple[str, ...]) -> Licence | None:
    """The one entry that these names can mean, the most special first."""
    for name in names:
        found = known(context).declared(name)
        if found:
            return found[0] if len(found) == 1 else None
    return None


def component_of(path: str) -> str:
    """Which part of the release a licence file is for, by its name or folder; "" for the model."""
    found = _COMPONENT.search(str(PurePosixPath(path).with_suffix("")))
    return _KINDS.get(found[1].lower(), found[1].lower()) if found else ""


def _judged(context: Context) -> tuple[Judged, ...]:
    found = [
        Judged(entry, text, assess(text, known(context))) for entry, text in _read(context, *_NAMES)
    ]
    return tuple(sorted(found, key=lambda one: _rank(one.entry.path)))


def _policies(context: Context) -> tuple[LicenceText, ...]:
    return tuple(text for _, text in _read(context, *_POLICIES))


def _read(context: Context, *patterns: str) -> Iterator[tuple[Entry, LicenceText]]:
    entries = [e for e in context.material.named(*patterns) if _may_be_text(e.path)]
    for entry in sorted(entries, key=lambda e: _rank(e.path))[:_AT_MOST]:
        content = context.material.read(entry, at_most=LONGEST + 1)
        text = read_text(content, path=entry.path, sha256=entry.sha256)
        if text is not None:
            yield entry, text


def _may_be_text(path: str) -> bool:
    suffix = PurePosixPath(path).suffix.lower()
    return suffix in _TEXTS or not suffix.removeprefix(".").isalpha()


def _rank(path: str) -> tuple[bool, int, bool, str]:
    # DeepSeek's LICENSE-MODEL before LICENSE-CODE, and the root before a folder.
    name = PurePosixPath(path).name.lower()
    about_model = "model" in name or "weights" in name
    return bool(component_of(path)), path.count("/"), not about_model, path
