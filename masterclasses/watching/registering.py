"""What the floor of learning is told: how parts are judged, and what of them a browser keeps."""

from __future__ import annotations

from careers.progress import rules, sections
from home.models import ContentKind
from masterclasses.watching.browser import BrowserCoverage
from masterclasses.watching.judging import MasterclassRule, PartRule


def register() -> None:
    rules.register(ContentKind.PART, PartRule())
    rules.register(ContentKind.MASTERCLASS, MasterclassRule())
    sections.register("coverage", BrowserCoverage())
