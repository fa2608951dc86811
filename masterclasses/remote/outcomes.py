"""From the remote encoder's words to ours."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from masterclasses.transcoding import causes
from masterclasses.transcoding.causes import EncodeFailed, ResultIncomplete

FORGOTTEN = _("The remote encoder does not know this job any more. Try again, or encode the video here.")
SILENT = _("The remote encoder has said nothing for an hour. Try again, or encode the video here.")
STUCK = _("The remote encoder has made no progress for six hours. Try again, or encode the video here.")
NOT_SET_UP = _("No remote encoder is set up. Try again, and the portal encodes the video itself.")
ELSEWHERE = _("The remote encoder's result is not where it may be. An operator has to look at the remote encoder.")


class WrongResult(ResultIncomplete):
    """What the service made cannot be taken, and will not get better: whoever tries again gives a new order."""

    def __init__(self, words: str | Promise) -> None:
        EncodeFailed.__init__(self, words, try_again=False)


CODES: dict[str, str | Promise] = {
    "damaged": causes.DAMAGED,
    "cut_off": causes.CUT_OFF,
    "unsupported": causes.FOREIGN,
    "too_large": causes.TOO_LARGE,
    "too_slow": causes.TOO_SLOW,
    "no_source": _("The remote encoder could not fetch the video from the portal. Try again."),
    "no_capacity": _("The remote encoder has no room for this video at the moment. Try again later."),
}


def reason_for(code: str, message: str) -> str:
    """A sentence for people: by the code if it is known, else by what ffmpeg may have said."""
    if code in CODES:
        return str(CODES[code])
    return str(causes.explain(1, sanitised(message)))


def sanitised(message: str) -> str:
    """Without addresses and control characters, so that it can be shown and logged."""
    lines = (re.sub(r"[a-z][a-z0-9+.-]*://\S+", "…", line, flags=re.IGNORECASE) for line in message.splitlines())
    return "\n".join("".join(letter if letter.isprintable() else " " for letter in line) for line in lines)
