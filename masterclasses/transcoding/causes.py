"""From ffmpeg's words to ours: why an encode failed, whether trying again may help, and what a person can do."""

from __future__ import annotations

import re
import signal
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class EncodeFailed(Exception):
    """An encode did not succeed; the words are for the editor who uploaded the video."""

    def __init__(self, words: str | Promise, *, try_again: bool) -> None:
        super().__init__(str(words))
        self.try_again = try_again


class ResultIncomplete(EncodeFailed):
    """What came out is not whole: it is doubtful whether any piece of it can be trusted."""

    def __init__(self, words: str | Promise = "") -> None:
        super().__init__(words or INCOMPLETE, try_again=True)


@dataclass(frozen=True)
class Cause:
    pattern: re.Pattern[str]
    words: str | Promise
    try_again: bool = False

    def as_error(self) -> EncodeFailed:
        return EncodeFailed(self.words, try_again=self.try_again)


def _cause(pattern: str, words: str | Promise, *, try_again: bool = False) -> Cause:
    return Cause(re.compile(pattern, re.IGNORECASE), words, try_again)


DAMAGED = _(
    "The file is damaged or was not copied completely. Play it to the end on your own computer, export it again as "
    "an MP4 file and replace it here."
)
CUT_OFF = _(
    "The file breaks off before its end. Check that it plays to the end on your computer, then replace it here."
)
CRASHED = _("The decoder crashed on this file. It is probably damaged: export it again as an MP4 file and replace it.")
HANGING = _("The encoder made no progress for a minute and was stopped.")
TOO_SLOW = _("Encoding took far longer than the video lasts and was stopped.")
TOO_LARGE = _("The result would have been far too large, so encoding was stopped.")
DISK_FULL = _("There is no room left on the server's disk. An operator has to make room; then try again.")
NO_MEMORY = _("The server did not have enough memory to encode this video.")
NO_ENCODER = _("The portal's ffmpeg cannot be started. An operator has to install it; then try again.")
NO_VIDEO = _("The file has no video track.")
MIXED = _("The pieces of this video were encoded by different versions of ffmpeg, so they do not fit together.")
NO_WALLS = _("The encoder could not be closed in on the server. An operator has to look at its log; then try again.")
FOREIGN = _(
    "The video is packed in a way that the portal does not accept. Export it as an MP4 file (H.264, AAC sound)."
)
GONE = _("The uploaded file is no longer in the library. Upload it again.")
INCOMPLETE = _("The encoder's result was incomplete.")

#: The first that matches what ffmpeg wrote counts.
CAUSES = (
    _cause(r"no space left on device|disk quota exceeded", DISK_FULL, try_again=True),
    _cause(r"cannot allocate memory|out of memory|malloc of size|can't allocate memory", NO_MEMORY, try_again=True),
    _cause(r"file too large|maximum file size", TOO_LARGE),
    _cause(r"cannot run .*|error while loading shared libraries|bwrap: execvp", NO_ENCODER, try_again=True),
    _cause(r"bwrap: can't find source path", GONE),
    _cause(r"bwrap: ", NO_WALLS, try_again=True),
    _cause(r"not on whitelist|whitelist|decoder .*not found|could not find codec|no decoder", FOREIGN),
    _cause(r"picture size \d+x\d+ is invalid|exceeds maximum pixel|image dimensions", FOREIGN),
    _cause(r"matches no streams|does not contain any stream", NO_VIDEO),
    _cause(r"no such file or directory", GONE),
    _cause(r"moov atom not found|invalid data found|truncat|header missing|corrupt|partial file", DAMAGED),
)

#: A program that ends by one of these was led astray by what it read.
CRASHES = (signal.SIGSEGV, signal.SIGABRT, signal.SIGILL, signal.SIGFPE, signal.SIGBUS, signal.SIGSYS)

SIGNALS = {
    signal.SIGXFSZ: EncodeFailed(TOO_LARGE, try_again=False),
    signal.SIGXCPU: EncodeFailed(TOO_SLOW, try_again=False),
    signal.SIGKILL: EncodeFailed(
        _("The encoder was stopped from outside, perhaps because memory ran out."), try_again=True
    ),
    signal.SIGTERM: EncodeFailed(_("The encoder was stopped from outside."), try_again=True),
}


def explain(returncode: int, errors: str) -> EncodeFailed:
    """Say what went wrong, from how ffmpeg ended (as `subprocess` counts) and what it wrote to stderr."""
    number = -returncode if returncode < 0 else returncode - 128
    if number in SIGNALS:
        known = SIGNALS[signal.Signals(number)]
        return EncodeFailed(str(known), try_again=known.try_again)
    if returncode < 0:
        return EncodeFailed(CRASHED, try_again=True)
    for cause in CAUSES:
        if cause.pattern.search(errors):
            return cause.as_error()
    if number in CRASHES:  # as bubblewrap tells it; ffmpeg itself may end with such a number, but never without words
        return EncodeFailed(CRASHED, try_again=True)
    return EncodeFailed(
        _("The encoder stopped with an error that the portal does not know: %(words)s")
        % {"words": last_words(errors) or returncode},
        try_again=True,
    )


def last_words(errors: str) -> str:
    """ffmpeg's last line without addresses and paths."""
    lines = [line for line in errors.splitlines() if line.strip()]
    line = re.sub(r"\[[^\]]*@ 0x[0-9a-f]+\]\s*", "", lines[-1]) if lines else ""
    return re.sub(r"(file:)?/[^\s':]+", "…", line)[:200]
