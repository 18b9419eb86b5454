"""Files as they come in: to disk in pieces, hashed on the way, for those who may send any."""

import hashlib
import io
from collections.abc import Callable
from typing import Any, BinaryIO, TypeVar, cast

from django.conf import settings
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def takes_files(view: View) -> View:
    """For a view with a form of files; what is sent to any other is dropped as it comes in."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


class StreamedUploadHandler(TemporaryFileUploadHandler):
    """Keeps a piece in memory and the rest on disk, and nothing beyond what one may send at once.

    A form is read before anybody asks who sent it, so this asks first. The file says in `sha256`
    what it came to, and in `was_cut` that there was too much of it; then nothing of it is kept.
    """

    request: HttpRequest | None

    def handle_raw_input(self, *given: Any, **more: Any) -> None:
        self._left = settings.MAX_UPLOAD_MB << 20
        self._is_wanted = self.request is not None and is_wanted(self.request)

    def new_file(self, *given: Any, **more: Any) -> None:
        super().new_file(*given, **more)
        self._digest, self._was_cut = hashlib.sha256(), not self._is_wanted

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._left -= len(raw_data)
        if self._left < 0 and not self._was_cut:
            self._was_cut = True
            self.file.truncate(0)
        if not self._was_cut:
            self._digest.update(raw_data)
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        file = super().file_complete(0 if self._was_cut else file_size)
        if file is not None:
            file.was_cut = self._was_cut  # type: ignore[attr-defined]
            file.sha256 = self._digest.hexdigest()  # type: ignore[attr-defined]
        return file


def is_wanted(request: HttpRequest) -> bool:
    """Whether somebody who is signed in sends it to a view that takes files."""
    match = request.resolver_match
    view_takes_them = match is not None and getattr(match.func, "takes_files", False)
    return bool(view_takes_them) and request.user.is_authenticated


def sha256_of(upload: "File[bytes]") -> str:
    """The hash that was taken while it came in, or the one of a file from elsewhere."""
    known = getattr(upload, "sha256", "")
    if known:
        return str(known)
    digest = hashlib.sha256()
    for piece in upload.chunks():
        digest.update(piece)
    return digest.hexdigest()


def opened(upload: "File[bytes]") -> BinaryIO:
    """The bytes for somebody who closes what they read; from disk where they lie there."""
    path = getattr(upload, "temporary_file_path", None)
    if path is not None:
        return cast(BinaryIO, open(path(), "rb"))
    upload.seek(0)
    return io.BytesIO(upload.read())
