"""What the remote encoder may say, and the sentence with which anything else is refused."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from masterclasses.remote import events
from masterclasses.remote.outcomes import reason_for
from tests.integration.masterclasses.remote_service import event

FILE = {"name": "360p_init.mp4", "url": "https://encoder.example.org/1", "bytes": 1, "sha256": "0" * 64}


def test_an_event_is_read_with_its_files():
    job = uuid4()

    read = events.parse("one", json.dumps(event("done", job, 7, outputs=[FILE])))

    assert (read.event_id, read.job, read.kind, read.sequence) == ("one", job, "encode.done", 7)
    assert read.data == {"outputs": [FILE]}


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("{", "The body is not JSON."),
        ("[" * 100_000, "The body is not JSON."),
        (event("accepted", uuid4(), 1) | {"timestamp": "9999-12-31T00:00:00Z"}, "The timestamp is in the future."),
        (event("failed", uuid4(), 1, message="\x00"), "message: Null characters are not allowed."),
        ("[]", "An event is an object with type, timestamp and data."),
        ('{"type": "encode.done"}', "An event is an object with type, timestamp and data."),
        (event("exploded", uuid4(), 1), "The type of the event is unknown."),
        (event("accepted", "no uuid", 1), "job: Enter a valid UUID."),
        (event("accepted", uuid4(), -1), "sequence: Ensure this value is greater than or equal to 0."),
        (event("progress", uuid4(), 1), "seconds_done: This field is required."),
        (event("progress", uuid4(), 1, seconds_done="nan"), "seconds_done: Enter a number."),
        (event("done", uuid4(), 1, outputs={}), "The outputs are not a list of objects."),
        (event("done", uuid4(), 1, outputs=[FILE | {"name": "../x.m4s"}]), "name: Enter a valid value."),
        (event("done", uuid4(), 1, outputs=[FILE | {"sha256": "1"}]), "sha256: Enter a valid value."),
        (
            event("accepted", uuid4(), 1) | {"timestamp": "yesterday"},
            "The timestamp is no time of ISO 8601 with a time zone.",
        ),
        (
            event("accepted", uuid4(), 1) | {"timestamp": "2026-11-24T10:00:00"},
            "The timestamp is no time of ISO 8601 with a time zone.",
        ),
        (
            event("accepted", uuid4(), 1) | {"timestamp": "2026-99-24T10:00:00Z"},
            "The timestamp is no time of ISO 8601 with a time zone.",
        ),
    ],
)
def test_what_is_no_event_is_refused_with_a_sentence(message, words):
    body = message if isinstance(message, str) else json.dumps(message)

    with pytest.raises(ValidationError) as caught:
        events.parse("one", body)

    assert caught.value.messages == [words]


@pytest.mark.parametrize("event_id", ["", "x" * 201, "with space", "with\nline"])
def test_an_event_needs_an_id_that_can_be_kept(event_id):
    with pytest.raises(ValidationError):
        events.parse(event_id, json.dumps(event("accepted", uuid4(), 1)))


@pytest.mark.parametrize(
    ("code", "message", "words"),
    [
        ("damaged", "", "The file is damaged"),
        ("unsupported", "", "The video is packed in a way"),
        ("no_capacity", "", "has no room for this video"),
        ("gpu_fault", "moov atom not found", "The file is damaged"),
        ("gpu_fault", "", "an error that the portal does not know"),
    ],
)
def test_a_failure_is_told_by_its_code_or_else_by_what_ffmpeg_said(code, message, words):
    assert words in reason_for(code, message)
