"""Settings of the remote encoder: all of it or nothing, and nothing over plain HTTP."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal import environment, services

ONE, TWO = "whsec_c29tZSByYW5kb20gYnl0ZXMgZm9yIHRlc3Rz", "whsec_b3RoZXIgcmFuZG9tIGJ5dGVzIGZvciB0ZXN0cy4u"


@pytest.fixture
def remote(tmp_path) -> dict[str, str]:
    return {
        "PORTAL_DATA_DIR": str(tmp_path),
        "BASE_URL": "https://portal.example.org",
        "VIDEO_ENCODER": "remote",
        "REMOTE_ENCODER_URL": "https://encoder.example.org/v1/",
        "REMOTE_ENCODER_SECRETS": f"{TWO}, {ONE}",
    }


def refusal(source: dict[str, str]) -> str:
    with pytest.raises(ImproperlyConfigured) as caught:
        environment.read(source)
    return str(caught.value)


def test_a_remote_encoder_has_an_address_and_secrets(remote):
    values = environment.read(remote)

    assert values["REMOTE_ENCODER_URL"] == "https://encoder.example.org/v1"
    assert values["REMOTE_ENCODER_SECRETS"] == [TWO, ONE]
    assert services.VIDEO_ENCODERS[values["VIDEO_ENCODER"]].endswith("RemoteEncoder")


def test_without_it_the_portal_encodes_itself(tmp_path):
    values = environment.read({"PORTAL_DATA_DIR": str(tmp_path)})

    assert (values["VIDEO_ENCODER"], values["REMOTE_ENCODER_SECRETS"]) == ("ffmpeg", [])


@pytest.mark.parametrize("name", ["REMOTE_ENCODER_URL", "REMOTE_ENCODER_SECRETS"])
def test_half_a_remote_encoder_is_refused(remote, name):
    del remote[name]

    assert refusal(remote) == f"{name} must be set when VIDEO_ENCODER=remote."


def test_videos_are_not_fetched_over_plain_http_from_another_machine(remote):
    plain = remote | {"BASE_URL": "http://portal.example.org"}

    assert refusal(plain).startswith("BASE_URL must begin with https:// when VIDEO_ENCODER=remote")
    assert environment.read(plain | {"REMOTE_ENCODER_URL": "http://localhost:9000"})


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("http://encoder.example.org", "use https://; http:// is for localhost only"),
        ("ftp://encoder.example.org", "use an address that begins with http:// or https://"),
        ("https://", "use an address such as https://encoder.example.org"),
        ("https://encoder.example.org/?key=1", "use an address such as https://encoder.example.org"),
        ("https://user:word@encoder.example.org", "use an address such as https://encoder.example.org"),
    ],
)
def test_an_address_that_would_give_away_secrets_is_refused(remote, value, words):
    said = refusal(remote | {"REMOTE_ENCODER_URL": value})

    assert said.endswith(f"cannot be used: {words}.")
    assert "word" not in said.partition(" cannot")[0]


@pytest.mark.parametrize("value", ["hunter2", "whsec_hunter2", "whsec_c2hvcnQ=", f"{ONE},whsec_%%%"])
def test_a_weak_or_misspelt_secret_is_refused_and_not_repeated(remote, value):
    assert refusal(remote | {"REMOTE_ENCODER_SECRETS": value}) == (
        "REMOTE_ENCODER_SECRETS=… cannot be used: use whsec_ and the base64 of at least 24 random bytes."
    )
