"""The addresses that speak tus 1.0.0. They lie below the admin, so its sign-in, second factor and CSRF rules hold."""

from __future__ import annotations

import errno
from http import HTTPStatus
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views import View

from masterclasses.models import Upload, Video
from masterclasses.uploads import actions, protocol, rules
from masterclasses.uploads.arrival import settle
from masterclasses.uploads.protocol import Refused

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class TusView(View):
    """Refusals are one line of plain text, for the person who uploads."""

    methods: ClassVar[tuple[str, ...]] = ("OPTIONS",)
    #: Methods that a POST may ask for in their place, where something on the way lets only POST through.
    overridable: ClassVar[tuple[str, ...]] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        method = request.method or ""
        wanted = request.headers.get("X-HTTP-Method-Override", "").upper()
        if method == "POST" and wanted in self.overridable:
            method = wanted
        handler = getattr(self, method.lower()) if method in self.methods else self.not_allowed
        try:
            if method != "OPTIONS":
                protocol.check_version(request.headers)
            response = handler(request, *args, **kwargs)
        except Refused as refusal:
            response = HttpResponse(refusal.words, status=refusal.status, content_type="text/plain; charset=utf-8")
        response["Tus-Resumable"] = response["Tus-Version"] = protocol.VERSION
        response["Cache-Control"] = "private, no-store"
        return response

    def not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseNotAllowed(self.methods)

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponse(
            status=HTTPStatus.NO_CONTENT,
            headers={
                "Tus-Extension": protocol.EXTENSIONS,
                "Tus-Max-Size": str(settings.MAX_VIDEO_BYTES),
                "Tus-Checksum-Algorithm": ",".join(protocol.ALGORITHMS),
            },
        )


class UploadsView(TusView):
    """Creation, with Upload-Length. Upload-Metadata may have filename, title, collection, replaces, fingerprint."""

    methods: ClassVar[tuple[str, ...]] = ("POST", "OPTIONS")

    def post(self, request: HttpRequest) -> HttpResponse:
        length = protocol.number(request.headers, "Upload-Length")
        words = protocol.metadata(request.headers)
        replaces = self._replaced(words.get("replaces", ""))
        collection = replaces.collection if replaces else self._collection(words.get("collection", ""))
        name = protocol.file_name(words.get("filename", ""))
        upload = actions.create(
            owner=request.user,
            collection=collection,
            length=length,
            file_name=name,
            title=protocol.clean_words(words.get("title", "")) or protocol.title_of(name),
            fingerprint=protocol.clean_words(words.get("fingerprint", "")),
            replaces=replaces,
        )
        return HttpResponse(
            status=HTTPStatus.CREATED,
            headers={"Location": reverse("videos:upload", args=[upload.uuid]), **_expiry(upload)},
        )

    def _replaced(self, pk: str) -> Video | None:
        if not pk:
            return None
        video = Video.objects.filter(pk=pk).first() if pk.isascii() and pk.isdigit() and len(pk) < 19 else None
        if video is None or not rules.may_replace(self.request.user, video):
            raise Refused(HTTPStatus.FORBIDDEN, _("You may not replace the file of this video."))
        return video

    def _collection(self, pk: str) -> Any:
        """The collection asked for, or the only one there is to choose."""
        allowed = rules.collections_for(self.request.user)
        if pk:
            allowed = allowed.filter(pk=pk) if pk.isascii() and pk.isdigit() and len(pk) < 10 else allowed.none()
        collection = allowed.first()
        if collection is None:
            raise Refused(HTTPStatus.FORBIDDEN, _("You may not add videos to this collection."))
        return collection


class UploadView(TusView):
    """One upload: `HEAD` says how far it is, `PATCH` goes on, `DELETE` gives up."""

    methods: ClassVar[tuple[str, ...]] = ("HEAD", "PATCH", "DELETE", "OPTIONS")
    overridable: ClassVar[tuple[str, ...]] = ("PATCH", "DELETE", "HEAD")

    def head(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        upload = self._upload(uuid)
        actions.recover(upload)
        if upload.checking:
            settle(upload.pk)
        headers = {"Upload-Offset": str(upload.offset), "Upload-Length": str(upload.length)}
        return HttpResponse(headers={**headers, **_expiry(upload)})

    def patch(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """The body is read block by block and never as a whole. With the last byte the file is checked at once."""
        upload = self._upload(uuid)
        length = protocol.body_length(request.headers)
        offset = protocol.number(request.headers, "Upload-Offset")
        if length > min(rules.most_in_one_request(), upload.length - min(offset, upload.length)):
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _("This is more than the server takes in one piece."))
        if offset != upload.offset and not upload.receiving:
            raise Refused(HTTPStatus.CONFLICT, _("All of the file has arrived already."))
        if upload.receiving:
            self._receive(upload, offset, length)
        if upload.checking:
            settle(upload.pk)
        return HttpResponse(
            status=HTTPStatus.NO_CONTENT, headers={"Upload-Offset": str(upload.offset), **_expiry(upload)}
        )

    def _receive(self, upload: Upload, offset: int, length: int) -> None:
        checksum = protocol.checksum(self.request.headers)
        try:
            actions.receive(upload=upload, offset=offset, read=self.request.read, length=length, checksum=checksum)
        except OSError as error:
            if error.errno not in FULL:
                raise
            words = _("The server's disk is full. What has arrived is kept; tell your administrator.")
            raise Refused(HTTPStatus.INSUFFICIENT_STORAGE, words) from error

    def delete(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        upload = get_object_or_404(Upload, uuid=uuid, owner=request.user.pk)
        actions.discard(upload)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)

    def _upload(self, uuid: UUID) -> Upload:
        """The person's own upload. Raises Refused when it has ended badly, or the right to it is gone."""
        mine = Upload.objects.select_related("collection", "replaces")
        upload = get_object_or_404(mine, uuid=uuid, owner=self.request.user.pk)
        if upload.reason or upload.overdue:
            raise Refused(HTTPStatus.GONE, upload.reason or actions.too_late())
        if not rules.may_go_on(self.request.user, upload):
            raise Refused(HTTPStatus.FORBIDDEN, _("You may no longer add videos there. Ask an administrator."))
        return upload


def _expiry(upload: Upload) -> dict[str, str]:
    """When the rest must have come (RFC 9110 date)."""
    return {"Upload-Expires": http_date(upload.expires_at.timestamp())} if upload.receiving else {}
