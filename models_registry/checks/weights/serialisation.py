"""W06: whether loading the weights can run what is hidden in them."""

import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO, cast

from models_registry.checks.context import Context
from models_registry.checks.intake.content import QUARANTINED, Kind, kind_of
from models_registry.checks.intake.guard import DAMAGED, Limits, opened
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.material import Entry
from models_registry.checks.readers.pickles import MOST_OPCODES, Listed, listed
from models_registry.checks.results import Fact, Proof, Result, Strength, Value, Verdict
from models_registry.checks.weights.inventory import inventory

# An archive within an archive cannot be read from its end without unpacking it; a small one is
# taken into memory, as the settings of a training are.
_SMALL = 32 << 20
_MOST_OPCODES = 4_000_000
_LIMITS = Limits(entries=200_000, unpacked=64 << 40)
_SUSPECT = ("*.pkl", "*.pickle", "*.joblib", "*.pt", "*.pth", "*.bin", "*.ckpt", "*.dill", "*.npy")


def w06_serialisation(context: Context) -> Result:
    """Only formats of plain numbers, pickles that call nothing unusual, or others."""
    found = context.once(inventory)
    kinds = {**found.kinds, **_suspects(context)}
    risky = {path: kind for path, kind in kinds.items() if kind in QUARANTINED}
    entries = {each.path: each for each in context.material.entries()}
    examined = _looked_into(context, {entries[path]: kind for path, kind in risky.items()})
    names = _harmful(examined.values())
    closed = tuple(sorted(path for path, each in examined.items() if each is None))
    lost = tuple(sorted(path for path, each in examined.items() if each and not each.followed))
    verdict, reason = _judged(bool(risky), names, closed, lost)
    values: dict[str, Value] = {
        "files": tuple(sorted(risky)),
        "names": names,
        "closed": closed,
        "lost": lost,
        "formats": tuple(sorted({kind.value for kind in kinds.values()})),
    }
    proofs = tuple(
        Proof(path, ", ".join(each.harmful())[:300] if each else "", sha256=entries[path].sha256)
        for path, each in list(examined.items())[:20]
    )
    fact = Fact("only_safe_formats", not risky, Strength.VERIFIED, "W06")
    # Of no files at all nothing is safe.
    facts = (fact,) if kinds else ()
    return Result("W06", verdict, reason, Strength.VERIFIED, values, proofs, facts)


def _harmful(examined: Iterable[Listed | None]) -> tuple[str, ...]:
    names = {name for each in examined if each for name in each.harmful()}
    return tuple(sorted(name.replace(" ", ".") for name in names))


def _judged(
    risky: bool, names: tuple[str, ...], closed: tuple[str, ...], lost: tuple[str, ...]
) -> tuple[Verdict, str]:
    if names:
        return Verdict.FAIL, "dangerous"
    if lost:
        return Verdict.FAIL, "not_followed"
    if closed:
        return Verdict.PARTIAL, "not_looked_into"
    return (Verdict.PARTIAL, "pickle_clean") if risky else (Verdict.PASS, "safe")


def _suspects(context: Context) -> dict[str, Kind]:
    """Files beside the weights that a loader would unpickle by their name."""
    found: dict[str, Kind] = {}
    for entry in context.material.named(*_SUSPECT):
        kind = kind_of(context.material, entry)
        # By that name a loader looks for pickles in any archive, wherever they lie in it.
        kind = Kind.TORCH_ARCHIVE if kind is Kind.ZIP else kind
        if kind in QUARANTINED:
            found[entry.path] = kind
    return found


def _looked_into(context: Context, risky: dict[Entry, Kind]) -> dict[str, Listed | None]:
    """What each file would call, until the whole effort for one model is spent."""
    found: dict[str, Listed | None] = {}
    left = _MOST_OPCODES
    for entry, kind in risky.items():
        one = _examined(context, entry, kind) if left > 0 else None
        left -= one.opcodes if one else 0
        found[entry.path] = one
    return found


def _examined(context: Context, entry: Entry, kind: Kind) -> Listed | None:
    """What a file would call; nothing where it cannot be looked into here."""
    if entry.held < entry.size or kind not in (Kind.PICKLE, Kind.TORCH_ARCHIVE):
        return None
    with context.material.open(entry) as file:
        if kind is Kind.PICKLE:
            return listed(file)
        if isinstance(getattr(file, "raw", None), io.FileIO):
            return _inside(file)
    if entry.size > _SMALL:
        return None
    return _inside(io.BytesIO(context.material.read(entry, at_most=_SMALL)))


def _inside(file: BinaryIO) -> Listed | None:
    together = Listed()
    try:
        for one in _pickles(file):
            together.names |= one.names
            together.opcodes += one.opcodes
            together.followed = together.followed and one.followed
    except (Refused, *DAMAGED):
        # A loader less strict than ours may still find a pickle in it.
        together.followed = False
    return together


def _pickles(file: BinaryIO) -> Iterator[Listed]:
    archive = opened(file, _LIMITS)
    left = MOST_OPCODES
    for member in archive.infolist():
        if member.filename.endswith((".pkl", ".pickle")):
            with archive.open(member) as inside:
                one = listed(cast(BinaryIO, inside), most_opcodes=left)
            left -= one.opcodes
            yield one
