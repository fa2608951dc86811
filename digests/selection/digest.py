"""What one person is told."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from home.models import Area, ContentPage
from masterclasses.models import MasterclassPage

#: JPEG, because not every mail program shows WebP; twice the size shown.
COVER = "fill-1088x544|format-jpeg|jpegquality-70"
THUMB = "fill-240x240|format-jpeg|jpegquality-70"


@dataclass(frozen=True)
class Section:
    """Pages under one area; without an area, the new parts of masterclasses that the reader follows."""

    area: Area | None
    pages: list[ContentPage]

    @property
    def title(self) -> str:
        return self.area.local.title if self.area else _("From masterclasses you follow")

    @property
    def hue(self) -> str:
        return self.area.hue if self.area else Area.Hue.VIOLET


@dataclass(frozen=True)
class Step:
    """The next step on a path that the reader follows."""

    path: str
    page: ContentPage


@dataclass(frozen=True)
class Digest:
    """Sections in the order of their best pages; `note` is the editor's, as HTML; `archive` the path of its page.

    `evenings` are those of the reader's areas to which they may still come; `counted` is the edition for which clicks
    are counted, or 0.
    """

    rhythm: str
    sections: list[Section]
    steps: list[Step] = field(default_factory=list)
    note: str = ""
    archive: str = ""
    language: str = ""
    evenings: list[MasterclassPage] = field(default_factory=list)
    counted: int = 0

    @property
    def pages(self) -> list[ContentPage]:
        return [page for section in self.sections for page in section.pages]
