"""A digest that is due when its subscriber changes something is due still, as though the tick had come just before.

Hence whoever changes their preferences gets exactly one digest for the period, whether or not the tick was late; and
periods that were missed before it are recorded as such.
"""

from __future__ import annotations

from datetime import datetime

from digests.delivery.materialise import materialise_one
from digests.models import Subscriber


def make_what_is_due(subscriber: Subscriber, now: datetime) -> None:
    """Take the tick's step for this subscriber, by the present schedule.

    Called with the subscriber's row locked: a tick either came before, and nothing is due any more, or finds it made.
    """
    materialise_one(subscriber, now)
