"""Lets certificates and hours follow what a practitioner completes, in the same transaction."""

from __future__ import annotations

from typing import Any

from careers.credentials import hours
from careers.credentials.issuing import issue
from careers.signals import completion_undone, page_completed, path_finished
from home.models import ContentKind


def connect() -> None:
    page_completed.connect(on_page_completed, dispatch_uid="careers.credentials.page_completed")
    completion_undone.connect(on_completion_undone, dispatch_uid="careers.credentials.completion_undone")
    path_finished.connect(on_path_finished, dispatch_uid="careers.credentials.path_finished")


def on_page_completed(person: Any, page: Any, **_signal: Any) -> None:
    hours.record(person=person, page=page)
    if page.kind == ContentKind.MASTERCLASS:
        issue(person=person, page=page)


def on_path_finished(person: Any, page: Any, **_signal: Any) -> None:
    issue(person=person, page=page)


def on_completion_undone(person: Any, page: Any, **_signal: Any) -> None:
    """The hours go; a certificate stays, for it says what was so on its day."""
    hours.take_back(person=person, page=page)
