"""Imported by every process of a drill: what takes minutes in a real portal takes seconds here."""

from __future__ import annotations

from datetime import timedelta

from jobs import sweeper
from masterclasses.models import Piece, Transcode

LEASE = timedelta(seconds=5)

for model in (Transcode, Piece):
    model.lease_for = LEASE
    model.backoff = (timedelta(seconds=0.5),)
sweeper.GRACE = timedelta(seconds=2)
