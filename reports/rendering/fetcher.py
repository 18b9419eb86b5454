"""What a document may load while it is made: our own style, mark and fonts, and nothing else."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reports.snapshot import PRINT_FOLDER

_TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


class PackagedFiles(URLFetcher):  # type: ignore[misc]
    """Serves the print folder and the fonts; refuses the network, data: and every other file."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
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
