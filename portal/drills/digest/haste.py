"""Imported by every process of the drill: minutes become seconds, and scripted refusals open no circuit."""

from __future__ import annotations

from datetime import timedelta

from digests.delivery import breakers, domains
from digests.models import Delivery
from jobs import sweeper

Delivery.lease_for = timedelta(seconds=8)
Delivery.backoff = (timedelta(seconds=0.5),)
domains.RESTS = (timedelta(seconds=1),)
domains.REFUSALS_BEFORE_CIRCUIT = 10**9
breakers.MOST_ERRORS = breakers.MOST_HARD_BOUNCES = 1.0
sweeper.GRACE = timedelta(seconds=2)
