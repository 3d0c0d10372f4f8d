"""Files that cost work to draw: each is drawn once for what it says, one at a time, and so many an hour for a source.

What is kept is found by its whole content, so that nothing old is ever handed out; it lives in memory only.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from hashlib import blake2b
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from amparo.common.buckets import Buckets

TYPES = {
    "pdf": "application/pdf", "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip
ROOM = 64 << 20  # bytes of files that are kept
buckets = Buckets()
_kept: OrderedDict[bytes, bytes] = OrderedDict()
_drawing, _keeping = Lock(), Lock()


def drawn(request: HttpRequest, stem: str, form: str, content: Hashable, draw: Callable[[], bytes]) -> HttpResponse:
    """The file of `content`, which is all that `draw` draws; or 429, when this source had too many new ones drawn."""
    key = blake2b(repr((form, content)).encode(), digest_size=32).digest()
    made = _found(key)
    if made is None:
        if not _allowed(request):
            reason = _("Too many files were drawn for this network. Please try again in an hour.")
            return render(request, "design/error.html", {"status": 429, "reason": reason}, status=429)
        with _drawing:
            made = _found(key) or _keep(key, draw())
    headers = {"Content-Disposition": f'attachment; filename="{stem}.{form}"'}
    return HttpResponse(made, content_type=TYPES[form], headers=headers)


def _allowed(request: HttpRequest) -> bool:
    """`PUBLIC_DRAWN_AN_HOUR` = 0 switches the limit off."""
    if not settings.PUBLIC_DRAWN_AN_HOUR:
        return True
    return buckets.take(_address(request), an_hour=settings.PUBLIC_DRAWN_AN_HOUR, burst=settings.PUBLIC_DRAWN_BURST)


def _address(request: HttpRequest) -> str:
    if settings.PUBLIC_BEHIND_PROXY:
        return str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _found(key: bytes) -> bytes | None:
    with _keeping:
        if key in _kept:
            _kept.move_to_end(key)
        return _kept.get(key)


def _keep(key: bytes, made: bytes) -> bytes:
    with _keeping:
        _kept[key] = made
        while sum(map(len, _kept.values())) > ROOM and len(_kept) > 1:
            _kept.popitem(last=False)
    return made
