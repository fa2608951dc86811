"""An export, read piece by piece in memory that stays flat."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import IO
from xml.sax import SAXParseException

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import create_parser
from django.utils.translation import gettext as _

from careers.wordpress.decoding import Decoder
from careers.wordpress.errors import NotAnExport
from careers.wordpress.handler import ExportHandler
from careers.wordpress.opening import texts_in
from careers.wordpress.source import SourceItem, SourceSite
from careers.wordpress.taming import Tamer, words_for

END = re.compile(r"(?<=</rss>)")


class Export:
    """Iterate over it once, for its items; afterwards `site`, `begun` and `notes` are whole."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.handler = ExportHandler()
        self.counts: Counter[str] = Counter()
        self.notes: list[str] = []

    @property
    def site(self) -> SourceSite:
        return self.handler.site

    @property
    def begun(self) -> int:
        return self.handler.begun

    def __iter__(self) -> Iterator[SourceItem]:
        """Raises NotAnExport, with what is wrong and where."""
        exports = 0
        for name, pieces in texts_in(self.file):
            self.handler.begin()
            yield from self._items(name, pieces)
            exports += self.handler.is_export
            if name and not self.handler.is_export:
                self.notes.append(_("“%(name)s” in the archive is no export of WordPress.") % {"name": name[-100:]})
        if not exports:
            raise NotAnExport(_("It is XML, but no export of WordPress: it has no <rss> in it."))
        self.notes += words_for(self.counts)

    def _items(self, name: str, pieces: Iterator[bytes]) -> Iterator[SourceItem]:
        parser = create_parser(forbid_dtd=True)
        parser.setContentHandler(self.handler)
        try:
            for text in self._texts(pieces):
                for part in END.split(text):
                    if not self._is_beyond(part):
                        parser.feed(part)
                yield from self.handler.taken()
            parser.close()
        except SAXParseException as error:
            if self.handler.is_export or not name:
                raise NotAnExport(self._where(error, name)) from error
        except DefusedXmlException as error:
            raise NotAnExport(
                _("It defines names of its own (a document type or entities), which exports never do and attacks do.")
            ) from error
        yield from self.handler.taken()

    def _texts(self, pieces: Iterator[bytes]) -> Iterator[str]:
        """The text, tamed; what had to be changed is counted."""
        tamer, decoder = Tamer(self.counts), None
        for piece in pieces:
            decoder = decoder or Decoder(piece)
            if text := tamer.tame(decoder.decode(piece)):
                yield text
        if decoder:
            yield tamer.tame(decoder.decode(b"", final=True), final=True)
            self.notes += decoder.notes()

    def _is_beyond(self, part: str) -> bool:
        """Whether it stands after the export, as warnings of a server do. With items in it, it is read, and refused."""
        if not self.handler.is_over or "<item" in part:
            return False
        self.counts["beyond"] += bool(part.strip())
        return True

    def _where(self, error: SAXParseException, name: str) -> str:
        words = _("The file is broken at line %(line)d, column %(column)d, after %(items)d items: %(error)s.")
        said = words % {
            "line": error.getLineNumber() or 0,
            "column": (error.getColumnNumber() or 0) + 1,
            "items": self.handler.begun,
            "error": error.getMessage(),
        }
        return f"{name}: {said}" if name else said
