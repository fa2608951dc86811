"""Text of an export, with what XML forbids made harmless: exports are written by hand-made templates and plugins."""

from __future__ import annotations

import re
from collections import Counter
from html.entities import html5

from django.utils.translation import gettext as _

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
CDATA = re.compile(r"(<!\[CDATA\[|\]\]>)")
NUMBER = r"#(?P<number>\d{1,9});|#[xX](?P<hex>[0-9a-fA-F]{1,8});"
REFERENCE = re.compile(f"&(?:{NUMBER}|(?P<name>[A-Za-z][A-Za-z0-9]{{0,30}});)?")
XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
BEGINNING = re.compile(r"<\?xml\b|<rss\b|<!DOCTYPE\b")
#: What a section of CDATA stands in, and what closes it.
OPENED = re.compile(r"<([A-Za-z_][\w:.-]*)(?:\s[^<>]*)?>\s*$")
CLOSED = re.compile(r"\s*</([A-Za-z_][\w:.-]*)")
#: Nothing that is judged as one piece is longer.
LONGEST_TOKEN = 48


class Tamer:
    """Takes text piece by piece and returns XML that a strict reader accepts; `counts` says what had to be changed."""

    def __init__(self, counts: Counter[str] | None = None) -> None:
        self.counts: Counter[str] = Counter() if counts is None else counts
        self._in_cdata = False
        self._element = ""
        self._sections = 0
        self._before = ""
        self._begun = False
        self._rest = ""

    def tame(self, text: str, *, final: bool = False) -> str:
        text = self._rest + text
        cut = len(text) if final else _safe_cut(text)
        text, self._rest = text[:cut], text[cut:]
        if not self._begun:
            text = self._without_preface(text)
        text, controls = CONTROL.subn("", text)
        self.counts["controls"] += controls
        pieces = CDATA.split(text)
        return "".join(self._piece(piece, "".join(pieces[n + 1 : n + 3])) for n, piece in enumerate(pieces))

    def _without_preface(self, text: str) -> str:
        self._begun = True
        found = BEGINNING.search(text)
        if found and text[: found.start()].strip():
            self.counts["preface"] += 1
        return text[found.start() :] if found else text

    def _piece(self, piece: str, after: str) -> str:
        if self._in_cdata:
            return self._inside(piece, after)
        if piece == "]]>":
            self.counts["markers"] += 1
            return "]]&gt;"
        if piece == "<![CDATA[":
            found = OPENED.search(self._before)
            self._in_cdata, self._sections, self._element = True, 0, found[1] if found else ""
            return piece
        self._before = (self._before + piece)[-200:]
        return REFERENCE.sub(self._reference, piece)

    def _inside(self, piece: str, after: str) -> str:
        """Scripts bring sections of their own, which old exports do not part: their ends are not the text's."""
        if piece == "<![CDATA[":
            self._sections += 1
        if piece != "]]>":
            return piece
        if self._is_end(after):
            self._in_cdata, self._before = False, ""
            return piece
        self._sections = max(self._sections - 1, 0)
        self.counts["sections"] += 1
        return "]]]]><![CDATA[>"

    def _is_end(self, after: str) -> bool:
        closed = CLOSED.match(after)
        if closed and self._element:
            return closed[1] == self._element
        return not self._sections or bool(closed) or after.startswith("<![CDATA[")

    def _reference(self, found: re.Match[str]) -> str:
        if found["number"] or found["hex"]:
            number = int(found["number"] or found["hex"], 10 if found["number"] else 16)
            if _is_legal(number):
                return found[0]
            self.counts["controls"] += 1
            return ""
        if found["name"] in XML_NAMES:
            return found[0]
        character = html5.get(f"{found['name']};") if found["name"] else None
        self.counts["names" if character else "ampersands"] += 1
        return character or f"&amp;{found[0][1:]}"


def words_for(counts: Counter[str]) -> list[str]:
    """What was changed, in words."""
    words = {
        "controls": _("Control characters, which XML forbids, were left out: %(count)d."),
        "preface": _("What stood before the beginning of the export was left out."),
        "beyond": _("What stood after the end of the export was left out."),
        "markers": _("Ends of CDATA sections that nothing had begun were read as text: %(count)d."),
        "sections": _("Ends of CDATA sections inside a text were read as text: %(count)d."),
        "names": _("Entities of HTML, which XML does not know, were read as the characters they mean: %(count)d."),
        "ampersands": _("Ampersands that begin nothing were read as text: %(count)d."),
    }
    return [words[name] % {"count": counts[name]} for name in words if counts[name]]


def _safe_cut(text: str) -> int:
    """Where the text can be cut without cutting a marker or a reference in two."""
    begin = max(len(text) - LONGEST_TOKEN, 0)
    found = [place for place in (text.find(mark, begin) for mark in "<&]") if place >= 0]
    cut = min(found, default=len(text))
    return cut - 1 if text[max(cut - 1, 0) : cut + 1] == "]]" else cut


def _is_legal(number: int) -> bool:
    return number in {9, 10, 13} or 32 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x10000 <= number < 0x110000
