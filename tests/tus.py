"""A small tus client on top of Django's: what a browser's library sends, header by header."""

from __future__ import annotations

import base64
from typing import Any

from django.test import Client

from masterclasses.models import Upload

UPLOADS = "/admin/videos/uploads/"
VERSION = {"Tus-Resumable": "1.0.0"}


def metadata(**words: str) -> str:
    return ",".join(f"{key} {base64.b64encode(word.encode()).decode()}" for key, word in words.items())


class Tus:
    def __init__(self, client: Client) -> None:
        self.client = client

    def create(self, length: int, name: str = "talk.mp4", **words: Any) -> Any:
        words = {"filename": name, **{key: str(word) for key, word in words.items()}}
        headers = {**VERSION, "Upload-Length": str(length), "Upload-Metadata": metadata(**words)}
        return self.client.generic("POST", UPLOADS, headers=headers)

    def begin(self, length: int, name: str = "talk.mp4", **words: Any) -> str:
        """Create an upload and return its address."""
        answer = self.create(length, name, **words)
        assert answer.status_code == 201, answer.content
        return answer["Location"]

    def patch(self, address: str, offset: int, body: bytes, **headers: str) -> Any:
        told = {**VERSION, "Upload-Offset": str(offset), **{k.replace("_", "-"): v for k, v in headers.items()}}
        form: dict[str, Any] = {"CONTENT_TYPE": "application/offset+octet-stream", "CONTENT_LENGTH": str(len(body))}
        return self.client.generic("PATCH", address, body, headers=told, **form)

    def head(self, address: str) -> Any:
        return self.client.head(address, headers=VERSION)

    def delete(self, address: str) -> Any:
        return self.client.delete(address, headers=VERSION)

    def send(self, content: bytes, name: str = "talk.mp4", *, piece: int = 1 << 20, **words: Any) -> Upload:
        """Send a whole file in pieces and return its row."""
        address = self.begin(len(content), name, **words)
        for offset in range(0, len(content), piece):
            answer = self.patch(address, offset, content[offset : offset + piece])
            assert answer.status_code == 204, answer.content
        return upload_at(address)


def upload_at(address: str) -> Upload:
    return Upload.objects.get(uuid=address.rstrip("/").rpartition("/")[2])
