"""Texts to be recognised: three standard licences whole, and clauses that others added to them."""

from pathlib import Path

from models_registry.checks.licences.identification import Identification, identify
from models_registry.checks.licences.text import LicenceText, read_text

_TEXTS = Path(__file__).parent / "texts"
MIT, BSD, APACHE = (
    (_TEXTS / f"{name}.txt").read_text(encoding="utf-8")
    for name in ("mit", "bsd-3-clause", "apache-2.0")
)
HEADED_MIT = f"MIT License\n\nCopyright (c) 2026 Example Lab\n\n{MIT}"
DISPLAY = (
    "Our only modification part is that, if the Software (or any derivative works\n"
    "thereof) is used for any of your commercial products or services that have\n"
    "more than 100 million monthly active users, or more than 20 million US dollars\n"
    "(or equivalent in other currencies) in monthly revenue, you shall prominently\n"
    'display "Kimi K2" on the user interface of such product or service.\n'
)
KIMI = f"Modified MIT License\n\nCopyright (c) 2025 Moonshot AI\n\n{MIT}\n{DISPLAY}"


def text_of(text: str | bytes, path: str = "LICENSE") -> LicenceText:
    content = text if isinstance(text, bytes) else text.encode()
    found = read_text(content, path=path)
    assert found is not None
    return found


def identified(text: str | bytes) -> Identification:
    return identify(text_of(text))


def ids(text: str | bytes) -> list[str]:
    """The identifiers of what the text is; empty where it is not exactly anything."""
    return [reference.id for reference in identified(text).references]
