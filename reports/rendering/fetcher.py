"""What a document may load while it is made: our own style, mark and fonts, and nothing else."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reports.snapshot import PRINT_FOLDER

_TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


class PackagedFiles(URLFetcher):  # type: ignore[misc]
    """Serves the print folder and the fonts; refuses the network, data: and every other file.

    `drawn` are pictures made for one document, by the name under which the style asks for them.
    """

    def __init__(self, drawn: Mapping[str, bytes] | None = None) -> None:
        super().__init__()
        self._drawn = {
            f"{PRINT_FOLDER.as_uri()}/{name}": data for name, data in (drawn or {}).items()
        }

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url in self._drawn:
            return URLFetcherResponse(url, self._drawn[url], {"Content-Type": "image/svg+xml"})
        path = _packaged(url)
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": _TYPES[path.suffix]})


def _packaged(url: str) -> Path:
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc:
        raise ValueError(f"Documents load packaged files only, not {parts.scheme}:.")
    # Resolved first, so that neither ".." nor a link leads out.
    path = Path(unquote(parts.path)).resolve()
    folders = (PRINT_FOLDER, Path(settings.BASE_DIR) / "static" / "fonts")
    if path.suffix not in _TYPES or not any(path.is_relative_to(f.resolve()) for f in folders):
        raise ValueError(f"Documents load packaged files only, not {path.name}.")
    return path
