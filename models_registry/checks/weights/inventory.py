"""Which files are weights, which of them make the model, and what their headers say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from models_registry.checks.context import Context
from models_registry.checks.intake.content import Kind, kind_of
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.material import Entry
from models_registry.checks.readers.config import Config, at_root, read_config
from models_registry.checks.readers.gguf import Metadata, read_metadata
from models_registry.checks.readers.safetensors import MOST_INDEX, Index, read_header, read_index
from models_registry.checks.weights.quantisation import declared
from models_registry.checks.weights.shape import keys_of_gguf
from models_registry.checks.weights.tally import Tally

WEIGHTS = frozenset(
    {
        Kind.SAFETENSORS,
        Kind.GGUF,
        Kind.PICKLE,
        Kind.TORCH_ARCHIVE,
        Kind.HDF5,
        Kind.NUMPY,
        Kind.NUMPY_OBJECTS,
    }
)
# What is never loaded as weights, whatever is in it.
_OTHER = re.compile(
    r"\.(?:md|txt|json|jsonl|ya?ml|py|ipynb|toml|cfg|ini|csv|tsv|html?|css|jinja|pdf|png|jpe?g|gif"
    r"|svg|webp|ico|sig|pem|crt|gitattributes|gitignore|lock|sh|model|tiktoken|xml|docx|xlsx)$",
    re.IGNORECASE,
)
_PART = re.compile(r"-\d{5}-of-\d{5}(?=\.gguf$)", re.IGNORECASE)
_MOST_CANDIDATES = 5_000
# All headers together; those of a model with 10^12 parameters take 28 MB.
_MOST_HEADERS = 256 << 20


@dataclass(frozen=True, slots=True)
class Inventory:
    """The weights of one run, every header read once.

    ``main`` is the set that makes the model where a repository holds the same weights several
    times. ``faults`` has the files whose header was turned away, ``missing`` the shards that the
    index names and nobody supplied, ``misplaced`` those that hold other tensors than it says.
    """

    kinds: Mapping[str, Kind] = field(default_factory=dict)
    main: tuple[Entry, ...] = ()
    index: Entry | None = None
    total_size: int | None = None
    missing: tuple[str, ...] = ()
    misplaced: tuple[str, ...] = ()
    faults: tuple[tuple[str, Refused], ...] = ()
    tally: Tally = field(default_factory=Tally)
    gguf: Metadata | None = None
    config: Config | None = None
    config_fault: Refused | None = None
    adapter: bool = False

    @property
    def supplied(self) -> bool:
        """Whether anything of the weights is there, were it only their index."""
        return bool(self.kinds) or self.index is not None

    @property
    def counted(self) -> bool:
        """Whether the headers of the whole set were read."""
        return self.tally.tensors > 0 and not (self.faults or self.missing or self.misplaced)

    @property
    def held_whole(self) -> bool:
        """Whether the files themselves are here, or were once, and not only their beginnings."""
        return all(each.held == each.size or each.hash_seen_here for each in self.main)


def inventory(context: Context) -> Inventory:
    """What there is; ask for it with ``context.once(inventory)``."""
    material = context.material
    kinds = {
        entry.path: kind
        for entry in _candidates(context)
        if (kind := kind_of(material, entry)) in WEIGHTS
    }
    config, config_fault = _config(context)
    entry, index, faults = _index(context)
    main = _main(context, kinds, entry, index)
    tally = Tally(declared(config), config.integer("num_hidden_layers") if config else None)
    reading = _Reading(context, tally, dict(index.shards) if index else {}, faults)
    folder = entry.path.rpartition("/")[0] if entry else ""
    for each in main:
        reading.read(each, kinds[each.path], folder)
    return Inventory(
        kinds=kinds,
        main=main,
        index=entry,
        total_size=index.total_size if index else None,
        missing=tuple(sorted(reading.expected)) if index else (),
        misplaced=tuple(reading.misplaced),
        faults=tuple(reading.faults),
        tally=tally,
        gguf=reading.gguf,
        config=config or (_config_of_gguf(reading.gguf, main[0]) if reading.gguf else None),
        config_fault=config_fault,
        adapter=bool(main) and all("adapter" in each.path.lower() for each in main),
    )


@dataclass(slots=True)
class _Reading:
    context: Context
    tally: Tally
    expected: dict[str, frozenset[str]]
    faults: list[tuple[str, Refused]]
    misplaced: list[str] = field(default_factory=list)
    gguf: Metadata | None = None
    spent: int = 0

    def read(self, entry: Entry, kind: Kind, folder: str) -> None:
        name = entry.path.removeprefix(f"{folder}/" if folder else "")
        wanted = self.expected.pop(name, None)
        try:
            with self.context.material.open(entry) as file:
                if self.spent > _MOST_HEADERS:
                    raise Refused("header_too_large", name=entry.path, most=_MOST_HEADERS)
                if kind is Kind.SAFETENSORS:
                    header = read_header(file, size=entry.size, name=entry.path)
                    if wanted is not None and wanted != {each.name for each in header.tensors}:
                        self.misplaced.append(entry.path)
                    self.tally.add_safetensors(header.tensors)
                    self.spent += header.end
                elif kind is Kind.GGUF:
                    found = read_metadata(file, size=entry.size, name=entry.path)
                    self.tally.add_gguf(found.tensors)
                    self.spent += found.end
                    self.gguf = self.gguf or found
        except Refused as refused:
            self.faults.append((entry.path, refused))


def _candidates(context: Context) -> list[Entry]:
    found = [each for each in context.material.entries() if not _OTHER.search(each.path)]
    # The largest first, since those are the weights where there is too much to look at.
    return sorted(found, key=lambda each: (-each.size, each.path))[:_MOST_CANDIDATES]


def _config(context: Context) -> tuple[Config | None, Refused | None]:
    entry = at_root(context.material, "config.json", "params.json")
    try:
        return (read_config(context.material, entry) if entry else None), None
    except Refused as refused:
        return None, refused


def _config_of_gguf(metadata: Metadata, entry: Entry) -> Config:
    data: dict[str, Any] = keys_of_gguf(metadata)
    return Config(entry, data, data)


def _index(context: Context) -> tuple[Entry | None, Index | None, list[tuple[str, Refused]]]:
    named = sorted(
        context.material.named("*.safetensors.index.json"),
        key=lambda each: (each.path.count("/"), each.path != "model.safetensors.index.json"),
    )
    if not named:
        return None, None, []
    entry = named[0]
    try:
        if entry.size > MOST_INDEX:
            raise Refused("json_too_large", name=entry.path, most=MOST_INDEX)
        content = context.material.read(entry, at_most=MOST_INDEX)
        return entry, read_index(content, name=entry.path), []
    except Refused as refused:
        return entry, None, [(entry.path, refused)]


def _main(
    context: Context, kinds: Mapping[str, Kind], entry: Entry | None, index: Index | None
) -> tuple[Entry, ...]:
    weights = {each.path: each for each in context.material.entries() if each.path in kinds}
    if entry and index:
        folder = entry.path.rpartition("/")[0]
        paths = [f"{folder}/{shard}" if folder else shard for shard in index.shards]
        return tuple(weights[path] for path in paths if path in weights)
    safe = [each for path, each in weights.items() if kinds[path] is Kind.SAFETENSORS]
    if safe:
        return _one_set(safe, pipeline=at_root(context.material, "model_index.json") is not None)
    gguf = [each for path, each in weights.items() if kinds[path] is Kind.GGUF]
    return _largest_split(gguf) if gguf else tuple(weights.values())


def _one_set(files: list[Entry], *, pipeline: bool) -> tuple[Entry, ...]:
    """One copy of the weights: of a pipeline that of each folder, else that of the top folder."""
    chosen: list[Entry] = []
    folders: dict[str, list[Entry]] = {}
    for each in files:
        folders.setdefault(each.path.rpartition("/")[0], []).append(each)
    top = min(folders, key=lambda folder: (folder.count("/") if folder else -1, folder))
    for folder, members in folders.items():
        if (pipeline and folder) or (not pipeline and folder == top):
            chosen += _preferred(members)
    return tuple(chosen)


def _preferred(files: list[Entry]) -> list[Entry]:
    def name(each: Entry) -> str:
        return each.path.rpartition("/")[2].lower()

    for beginning in ("model", "diffusion_pytorch_model"):
        plain = [each for each in files if re.match(rf"{beginning}[.-](?!fp16|bf16)", name(each))]
        if plain:
            return plain
    return [each for each in files if "adapter" not in name(each)] or files


def _largest_split(files: list[Entry]) -> tuple[Entry, ...]:
    splits: dict[str, list[Entry]] = {}
    for each in files:
        splits.setdefault(_PART.sub("", each.path), []).append(each)
    # A projector for images lies beside the model and is smaller.
    return tuple(max(splits.values(), key=lambda split: sum(each.size for each in split)))
