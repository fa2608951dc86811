"""What an hourly tick puts in order on this floor."""

from __future__ import annotations

from masterclasses.remote import tidying as remote
from masterclasses.transcoding import tidying as files
from masterclasses.watching import settling


def tidy() -> None:
    files.tidy()
    remote.tidy()
    settling.settle()
