"""An export, read piece by piece in memory that stays flat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO
from xml.sax import SAXParseException

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import create_parser
from django.utils.translation import gettext as _

from careers.wordpress.decoding import Decoder
from careers.wordpress.errors import NotAnExport
from careers.wordpress.handler import ExportHandler
from careers.wordpress.opening import pieces_of
from careers.wordpress.source import SourceItem, SourceSite
from careers.wordpress.taming import Tamer


class Export:
    """Iterate over it once, for its items; afterwards `site`, `begun` and `notes` are whole."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.handler = ExportHandler()
        self.tamer = Tamer()
        self.decoder: Decoder | None = None

    @property
    def site(self) -> SourceSite:
        return self.handler.site

    @property
    def begun(self) -> int:
        return self.handler.begun

    @property
    def notes(self) -> list[str]:
        notes = self.tamer.notes()
        if self.decoder and self.decoder.strange:
            words = _(
                "Bytes that are not %(encoding)s, as the file calls itself, were read as Windows-1252: %(count)d."
            )
            notes.append(words % {"encoding": self.decoder.declared, "count": self.decoder.strange})
        return notes

    def __iter__(self) -> Iterator[SourceItem]:
        """Raises NotAnExport, with what is wrong and where."""
        parser = create_parser(forbid_dtd=True)
        parser.setContentHandler(self.handler)
        try:
            for text in self._texts():
                parser.feed(text)
                yield from self._taken()
            parser.close()
        except SAXParseException as error:
            raise NotAnExport(self._where(error)) from error
        except DefusedXmlException as error:
            raise NotAnExport(
                _("It defines names of its own (a document type or entities), which exports never do and attacks do.")
            ) from error
        yield from self._taken()
        if not self.handler.is_export:
            raise NotAnExport(_("It is XML, but no export of WordPress: it has no <rss> in it."))

    def _texts(self) -> Iterator[str]:
        for piece in pieces_of(self.file):
            self.decoder = self.decoder or Decoder(piece)
            if text := self.tamer.tame(self.decoder.decode(piece)):
                yield text
        if self.decoder:
            yield self.tamer.tame(self.decoder.decode(b"", final=True), final=True)

    def _taken(self) -> list[SourceItem]:
        items, self.handler.items = self.handler.items, []
        return items

    def _where(self, error: SAXParseException) -> str:
        words = _("The file is broken at line %(line)d, column %(column)d, after %(items)d items: %(error)s.")
        return words % {
            "line": error.getLineNumber() or 0,
            "column": (error.getColumnNumber() or 0) + 1,
            "items": self.handler.begun,
            "error": error.getMessage(),
        }
