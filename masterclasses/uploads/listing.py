"""What the page shows of an upload, and what its script asks for again and again."""

from __future__ import annotations

from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from masterclasses.models import Upload


def words_of(upload: Upload) -> str:
    """One sentence that is true now, and says what to do if something is to be done."""
    values: dict[str, Any] = {
        "percent": upload.percent,
        "received": filesizeformat(upload.offset),
        "total": filesizeformat(upload.length),
    }
    return {
        "receiving": _("%(received)s of %(total)s have arrived (%(percent)s %%).") % values,
        "checking": _("All of it has arrived and is being checked."),
        "done": _("It is in the library."),
    }.get(upload.state, upload.reason)


def script_words() -> dict[str, str]:
    """What the page's script says; `{…}` is filled in there."""
    return {
        "waiting": _("Waiting for its turn"),
        "sending": _("{sent} of {total} · {percent} %"),
        "left": _("about {time} left"),
        "seconds": _("{count} s"),
        "minutes": _("{count} min"),
        "hours": _("{count} h {minutes} min"),
        "paused": _("Paused at {percent} %. What has arrived is kept."),
        "offline": _("The line is cut. It goes on by itself when the line is back."),
        "retrying": _("The line is weak; trying again. What has arrived is kept."),
        "checking": _("All of it has arrived and is being checked…"),
        "signed_out": _("You have been signed out. Sign in again in another tab, then press Continue."),
        "failed": _("The server did not take it: {reason} Press Continue to try again; what has arrived is kept."),
        "unknown": _("it gave no reason."),
        "too_big": _("This file is {size}; the limit is {limit}. Export the video at a lower quality or in parts."),
        "empty": _("This file is empty. Choose the video again; perhaps it was still being copied."),
        "one_only": _("Only one file can take the place of the present one: “{name}” was taken."),
        "summary": _("{done} of {count} finished"),
    }
