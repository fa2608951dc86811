"""What tus 1.0.0 wants of a server, and the limits that ours has."""

from __future__ import annotations

import base64
import hashlib
import io

import pytest

from masterclasses.models import Upload
from masterclasses.uploads import disk, rules
from tests.tus import UPLOADS, VERSION, metadata, upload_at

pytestmark = pytest.mark.django_db


def test_the_server_says_what_it_speaks(desk, settings):
    answer = desk.options(UPLOADS)

    assert answer.status_code == 204
    assert answer["Tus-Version"] == "1.0.0"
    assert answer["Tus-Extension"] == "creation,expiration,termination,checksum"
    assert answer["Tus-Max-Size"] == str(settings.MAX_VIDEO_BYTES)


def test_the_offset_must_be_where_the_file_ends(tus):
    address = tus.begin(10)

    assert tus.patch(address, 3, b"abc").status_code == 409
    assert tus.head(address)["Upload-Offset"] == "0"


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_damaged_piece_is_not_kept(tus, algorithm):
    address = tus.begin(10)
    good = base64.b64encode(hashlib.new(algorithm, b"abc").digest()).decode()

    assert tus.patch(address, 0, b"abd", Upload_Checksum=f"{algorithm} {good}").status_code == 460
    assert tus.head(address)["Upload-Offset"] == "0"
    assert tus.patch(address, 0, b"abc", Upload_Checksum=f"{algorithm} {good}").status_code == 204
    assert tus.head(address)["Upload-Offset"] == "3"


@pytest.mark.parametrize("value", ["md5 MDA=", "sha1", "sha1 !", "sha1 "])
def test_a_checksum_that_cannot_be_checked_is_refused(tus, value):
    address = tus.begin(10)

    assert tus.patch(address, 0, b"abc", Upload_Checksum=value).status_code == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2.2"}, 412),
        ({"Content-Type": "text/plain"}, 415),
        ({"Upload-Offset": "-1"}, 400),
        ({"Upload-Offset": "٣"}, 400),
        ({"Upload-Offset": ""}, 400),
    ],
)
def test_a_piece_in_another_form_is_refused(tus, headers, status):
    address = tus.begin(10)
    sent = {**VERSION, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream", **headers}

    answer = tus.client.generic("PATCH", address, b"abc", content_type=sent.pop("Content-Type"), headers=sent)

    assert answer.status_code == status
    assert answer["Tus-Version"] == "1.0.0"
    assert upload_at(address).offset == 0


def test_a_piece_beyond_the_announced_end_is_refused(tus):
    assert tus.patch(tus.begin(3), 0, b"abcd").status_code == 413


class Unread(io.RawIOBase):
    """A body that must not be read."""

    def read(self, size: int = -1) -> bytes:
        raise AssertionError("the body was read")


def test_a_piece_above_the_limit_is_refused_without_reading_it(tus, settings):
    address = tus.begin(1 << 30)
    headers = {**VERSION, "Upload-Offset": "0"}

    answer = tus.client.generic(
        "PATCH",
        address,
        headers=headers,
        CONTENT_TYPE="application/offset+octet-stream",
        CONTENT_LENGTH=str(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1),
        **{"wsgi.input": Unread()},
    )

    assert answer.status_code == 413


@pytest.mark.parametrize("length", ["", "-1", "x", "1e9", "9" * 30])
def test_an_upload_says_how_long_it_is(desk, length):
    assert desk.generic("POST", UPLOADS, headers={**VERSION, "Upload-Length": length}).status_code == 400


@pytest.mark.parametrize("value", ["filename %%%", "filename /w==", "filename " + "QUFB" * 2000])
def test_names_that_cannot_be_read_are_refused(desk, value):
    headers = {**VERSION, "Upload-Length": "10", "Upload-Metadata": value}

    assert desk.generic("POST", UPLOADS, headers=headers).status_code == 400


def test_where_only_post_gets_through_a_header_names_the_method(tus):
    address = tus.begin(10)
    headers = {**VERSION, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}

    answer = tus.client.generic(
        "POST", address, b"abc", content_type="application/offset+octet-stream", headers=headers
    )

    assert (answer.status_code, answer["Upload-Offset"]) == (204, "3")
    assert tus.client.post(address, headers=VERSION).status_code == 405


@pytest.mark.parametrize(
    ("length", "status", "words"), [(0, 413, "empty"), (1025, 413, "the limit is"), (1 << 50, 413, "the limit is")]
)
def test_a_file_that_is_too_large_is_refused_before_a_byte_is_sent(tus, settings, length, status, words):
    settings.MAX_VIDEO_BYTES = 1024

    answer = tus.create(length)

    assert answer.status_code == status
    assert words in answer.content.decode()
    assert not Upload.objects.exists()


def test_a_full_disk_is_told_before_a_byte_is_sent(tus, monkeypatch):
    monkeypatch.setattr(disk, "free_bytes", lambda: rules.SPARE + 1000)
    tus.begin(600)

    answer = tus.create(600)

    assert answer.status_code == 507
    assert "no room" in answer.content.decode()


def test_a_disk_that_fills_up_meanwhile_keeps_what_has_arrived(tus):
    address = tus.begin(1 << 20)
    tus.patch(address, 0, b"abc")

    def read(size: int) -> bytes:
        raise OSError(28, "No space left on device")

    upload = upload_at(address)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("masterclasses.uploads.writer.Writer._write", lambda *args: read(0))
        answer = tus.patch(address, 3, b"def")

    assert answer.status_code == 507
    assert "disk is full" in answer.content.decode()
    upload.refresh_from_db()
    assert (upload.offset, upload.writer) == (3, None)


def test_a_person_has_so_many_unfinished_uploads_and_no_more(tus, monkeypatch):
    monkeypatch.setattr(rules, "MOST_OPEN", 2)
    first = tus.begin(10)
    tus.begin(10)

    assert tus.create(10).status_code == 429
    tus.delete(first)
    assert tus.create(10).status_code == 201


def test_metadata_is_what_the_specification_says():
    assert metadata(filename="talk.mp4") == "filename dGFsay5tcDQ="
