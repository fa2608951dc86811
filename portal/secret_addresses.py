"""Keeps addresses that let somebody in out of the logs: what follows the door is a key."""

from __future__ import annotations

import logging
import re

#: Where links lead that need no sign-in: calendars, digests, following, files of members' videos.
DOORS = re.compile(r"(/learning/calendar/|/digest/[cupr]/|/watch/f/|/~)[^\s/?#\"']+")


class SecretAddresses(logging.Filter):
    """Changes a record, and lets every record pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _without_keys(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_without_keys(value) for value in record.args)
        return True


def _without_keys(value: object) -> object:
    return DOORS.sub(r"\1…", value) if isinstance(value, str) else value
