"""An export, read piece by piece in memory that stays flat."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import IO
from xml.parsers.expat import errors
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
#: What the parser says, at the end of a file alone, of one that simply stops.
STOPPED = frozenset(
    errors.codes[words]
    for words in (
        errors.XML_ERROR_NO_ELEMENTS,
        errors.XML_ERROR_UNCLOSED_TOKEN,
        errors.XML_ERROR_PARTIAL_CHAR,
        errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)
#: Characters at the end of a file in which its last tag stands, if it has one: servers print warnings after it.
TAIL = 2000


class Export:
    """Iterate over it once, for its items; afterwards `site`, `begun`, `notes` and `missing` are whole.

    A file that is cut off gives the items that were whole before the cut; `missing` says so.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.handler = ExportHandler()
        self.counts: Counter[str] = Counter()
        self.notes: list[str] = []
        self.missing: list[str] = []
        self._lines, self._tail = 0, ""

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
        if self.missing and not self.handler.begun:
            raise NotAnExport(self.missing[0])
        self.notes += words_for(self.counts)

    def _items(self, name: str, pieces: Iterator[bytes]) -> Iterator[SourceItem]:
        parser = create_parser(forbid_dtd=True)
        parser.setContentHandler(self.handler)
        self._lines, self._tail, before = 1, "", self.handler.begun
        try:
            for text in self._texts(pieces):
                for part in END.split(text):
                    if not self._is_beyond(part):
                        parser.feed(part)
                yield from self.handler.taken()
            parser.close()
        except SAXParseException as error:
            if self._is_cut(error):
                self._say_cut(name, before)
            elif self.handler.is_export or not name:
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
            text = decoder.decode(piece)
            self._lines += text.count("\n")
            self._tail = (self._tail + text)[-TAIL:]
            if text := tamer.tame(text):
                yield text
        if decoder:
            yield tamer.tame(decoder.decode(b"", final=True), final=True)
            self.notes += decoder.notes()

    def _is_cut(self, error: SAXParseException) -> bool:
        """Whether the file stops in the midst of an export. One that has its end all the same is broken before it:
        something was opened there that swallowed what follows."""
        code = getattr(error.getException(), "code", None)
        return self.handler.is_export and code in STOPPED and "</rss>" not in self._tail

    def _say_cut(self, name: str, before: int) -> None:
        if self.handler.is_whole:
            self.notes.append(_("The file lacks its last tag; its items are all there."))
            return
        halved = self.handler.drop_unfinished()
        words = _("The file is cut off at line %(line)d, after %(items)d whole items: what followed is missing.")
        said = words % {"line": self._lines, "items": self.handler.begun - before}
        if halved:
            said += " " + _("“%(title)s” was cut in two and is left out.") % {"title": halved.title[:100] or "?"}
        self.missing.append(f"{name}: {said}" if name else said)

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
