"""The parts that a description of a model has, each known by its heading or by what it says."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models_registry.checks.context import Context
from models_registry.checks.readers.documents import Document, Section
from models_registry.checks.results import Proof
from models_registry.checks.supplied import library

_FEWEST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Part:
    """Words of its headings, and words of sentences that do without a heading."""

    heading: re.Pattern[str]
    sentence: re.Pattern[str] | None = None


def _part(heading: str, sentence: str = "") -> Part:
    return Part(
        re.compile(heading, re.IGNORECASE),
        re.compile(sentence, re.IGNORECASE) if sentence else None,
    )


PARTS: Mapping[str, Part] = {
    "modalities": _part(
        r"modalit|inputs? (?:and|/|&) outputs?|model inputs?|ein- und ausgabe",
        r"\b(?:input|output)s?\b[^.]{0,40}\b(?:text|image|audio|video|speech)s?\b"
        r"|\b(?:text|image|audio|video|speech)s? (?:input|output|only|generation)\b"
        r"|\btext-to-\w+|\b(?:causal |large )?language model\b|\bsprachmodell\b",
    ),
    "capabilities": _part(
        r"capabilit|key features|highlights|strengths|performance|what .{0,20}can do|f[äa]higkeit",
        r"\b(?:is|are|was) (?:able to|capable of|designed (?:to|for)|trained (?:to|for))\b"
        r"|\bcapabilities (?:include|are)\b|\bexcels? (?:at|in)\b",
    ),
    "limitations": _part(
        r"limitation|known issues|shortcoming|weakness|failure|grenzen|einschr[äa]nkung",
        r"\blimitations? (?:include|are|of this)\b|\b(?:may|can) (?:hallucinate|produce (?:false"
        r"|inaccurate|incorrect|wrong|biased))|\bmodel is limited\b",
    ),
    "intended_use": _part(
        r"intended use|^(?:\d[\d.]* )?(?:model )?uses?$|use cases?|direct use|downstream use"
        r"|verwendungszweck",
        r"\bintended (?:use|for|to be used)\b|\b(?:bestimmt|vorgesehen) f[üu]r\b",
    ),
    "restricted_use": _part(
        r"out[- ]of[- ]scope|restricted use|prohibited|misuse|not intended|nicht vorgesehen",
        r"\bnot (?:intended|to be used|suitable|meant) (?:for|to)\b|\bmust not be used\b"
        r"|\bout[- ]of[- ]scope\b|\bprohibited uses?\b|\bnicht (?:geeignet|bestimmt) f[üu]r\b",
    ),
    "risks": _part(
        r"\bbias|risk|safety|fairness|ethic|harm|responsib|verzerrung|risiken|sicherheit",
        r"\b(?:bias|biased|stereotyp\w+|toxic\w*)\b[^.]{0,80}\b(?:may|can|might|evaluat|measur)",
    ),
    "data": _part(
        r"training data|pre-?training (?:data|corpus)|data(?:sets?| sources| mixture| composition)"
        r"|trainingsdaten|datenbasis",
        r"\b(?:pre-?)?trained on\b|\btraining data (?:include|consist|come)",
    ),
    "training": _part(
        r"training (?:procedure|process|details|recipe|setup|method)|pre-?training|post-?training",
        r"\b(?:optimi[sz]er|learning rate|supervised fine-?tuning|reinforcement learning)\b",
    ),
}


def documents_of(context: Context) -> tuple[Document, ...]:
    """What describes the model, the card first."""
    return context.once(library).about_model


def part_of(context: Context, name: str) -> Proof | None:
    """Where the documents have that part; None where they have it nowhere."""
    part = PARTS[name]
    for document in documents_of(context):
        for section in document.sections_named(part.heading):
            if section.words >= _FEWEST_WORDS:
                return document.proof(section.lines[0])
    if part.sentence is None:
        return None
    return first_line(documents_of(context), part.sentence)


def sections_of(context: Context, name: str) -> tuple[tuple[Document, Section], ...]:
    """The sections of that part in every document."""
    return tuple(
        (document, section)
        for document in documents_of(context)
        for section in document.sections_named(PARTS[name].heading)
    )


def first_line(documents: Iterable[Document], pattern: re.Pattern[str]) -> Proof | None:
    """The first line of these documents that fits, examples of code left out."""
    for document in documents:
        for line in document.lines:
            if not line.code and pattern.search(line.plain):
                return document.proof(line)
    return None


def proofs(*found: Proof | None) -> tuple[Proof, ...]:
    """Those that there are."""
    return tuple(proof for proof in found if proof is not None)
