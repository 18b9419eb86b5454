"""What a pickle would call, told from its opcodes without running one.

Lists of known evil names miss what nobody thought of, so only the few names that stored weights
need are held harmless, and whatever cannot be followed counts as unknown. No memory is given to
what a pickle claims to hold: an argument longer than a name is read and dropped.
"""

import pickletools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

_MOST_BYTES = 256 << 20
MOST_OPCODES = 1_000_000
_MOST_REMEMBERED = 500_000
_MOST_NAMES = 10_000
_LONGEST = 16 << 20
_LONGEST_NAME = 500
_MOST_PICKLES = 16
_HARMLESS = {
    "collections": {"OrderedDict", "defaultdict", "Counter"},
    "torch": {
        "FloatStorage", "HalfStorage", "BFloat16Storage", "DoubleStorage", "LongStorage",
        "IntStorage", "ShortStorage", "CharStorage", "ByteStorage", "BoolStorage", "Size", "device",
        "float16", "float32", "float64", "bfloat16", "int8", "int16", "int32", "int64", "uint8",
        "bool", "float8_e4m3fn", "float8_e5m2",
    },
    "torch._utils": {"_rebuild_tensor", "_rebuild_tensor_v2", "_rebuild_parameter"},
    "torch.storage": {"UntypedStorage", "TypedStorage"},
    "numpy": {"dtype", "ndarray"},
    "numpy.core.multiarray": {"_reconstruct", "scalar"},
    "numpy._core.multiarray": {"_reconstruct", "scalar"},
    "builtins": {"set", "frozenset", "list", "dict", "tuple", "int", "float", "complex", "slice"},
    "__builtin__": {"set", "frozenset", "list", "dict", "tuple", "int", "float", "complex"},
    "_codecs": {"encode"},
}  # fmt: skip
_TEXTS = {
    "SHORT_BINUNICODE", "BINUNICODE", "BINUNICODE8", "UNICODE", "STRING", "SHORT_BINSTRING",
    "BINSTRING",
}  # fmt: skip
_PUTS = {"PUT", "BINPUT", "LONG_BINPUT"}
_GETS = {"GET", "BINGET", "LONG_BINGET"}
_UNKNOWN = "?"


@dataclass(slots=True)
class Listed:
    """The names that a pickle imports, and whether it could be followed to its end."""

    names: set[str] = field(default_factory=set)
    followed: bool = True
    opcodes: int = 0

    def harmful(self) -> tuple[str, ...]:
        """Every name that stored weights do not need."""
        return tuple(sorted(name for name in self.names if not _harmless(name)))


def listed(file: BinaryIO, *, most_opcodes: int = MOST_OPCODES) -> Listed:
    """What the pickles at the beginning of a file import; several may follow each other."""
    found = Listed()
    source = _Bounded(file, most_opcodes)
    for _ in range(_MOST_PICKLES):
        try:
            _one(source, found)
            again = source.pickle_follows()
        except Exception:  # noqa: BLE001 - pickletools raises whatever a broken pickle provokes
            found.followed = False
            break
        if not again:
            break
    found.opcodes = source.opcodes
    return found


def _harmless(name: str) -> bool:
    module, _, attribute = name.rpartition(" ")
    return attribute in _HARMLESS.get(module, ())


def _one(source: "_Bounded", found: Listed) -> None:
    follower = _Follower()
    for opcode, argument, _ in pickletools.genops(cast(BinaryIO, source)):
        found.names.update(name[:_LONGEST_NAME] for name in follower.step(opcode.name, argument))
        if len(found.names) > _MOST_NAMES:
            raise ValueError("too many names")
        source.count()


class _Follower:
    """Knows the two topmost values where they are texts, and the texts that were remembered."""

    def __init__(self) -> None:
        self._top: list[str | None] = []
        self._memo: dict[int, str | None] = {}

    def step(self, opcode: str, argument: Any) -> Iterator[str]:
        if opcode in ("GLOBAL", "INST"):
            yield str(argument)
        elif opcode == "STACK_GLOBAL":
            yield self._joined()
        elif opcode in ("EXT1", "EXT2", "EXT4"):
            yield f"{_UNKNOWN} {opcode}"
        self._follow(opcode, argument)

    def _joined(self) -> str:
        if len(self._top) < 2 or None in self._top:
            return f"{_UNKNOWN} {_UNKNOWN}"
        return f"{self._top[0]} {self._top[1]}"

    def _follow(self, opcode: str, argument: Any) -> None:
        if opcode == "MEMOIZE" or opcode in _PUTS:
            self._remember(len(self._memo) if opcode == "MEMOIZE" else int(argument))
        elif opcode in _TEXTS:
            self._push(argument if _is_name(argument) else None)
        elif opcode in _GETS:
            self._push(self._memo.get(int(argument)))
        elif opcode not in ("PROTO", "FRAME"):
            # Anything else may move the stack in ways that are not followed here.
            self._top.clear()

    def _remember(self, place: int) -> None:
        self._memo[place] = self._top[-1] if self._top else None
        if len(self._memo) > _MOST_REMEMBERED:
            raise ValueError("too much to remember")

    def _push(self, text: str | None) -> None:
        self._top = [*self._top[-1:], text]


def _is_name(argument: object) -> bool:
    return isinstance(argument, str) and len(argument) <= _LONGEST_NAME


class _Bounded:
    """A file that gives up where a pickle asks for more than any listing needs."""

    def __init__(self, file: BinaryIO, most_opcodes: int) -> None:
        self._file, self._ahead = file, b""
        self._read = self.opcodes = 0
        self._most_opcodes = most_opcodes

    def read(self, length: int) -> bytes:
        if length > _LONGEST:
            raise ValueError("an argument is too long")
        content = self._ahead[:length]
        self._ahead = self._ahead[length:]
        content += self._file.read(length - len(content))
        self._note(len(content))
        return content

    def readline(self) -> bytes:
        line = self._file.readline(_LONGEST)
        self._note(len(line))
        return line

    def count(self) -> None:
        self.opcodes += 1
        if self.opcodes > self._most_opcodes:
            raise ValueError("too many opcodes")

    def pickle_follows(self) -> bool:
        """Whether another pickle of a protocol that says so begins here."""
        self._ahead = self._file.read(2)
        return len(self._ahead) == 2 and self._ahead[0] == 0x80 and self._ahead[1] <= 5

    def _note(self, length: int) -> None:
        self._read += length
        if self._read > _MOST_BYTES:
            raise ValueError("too long to follow")
