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
#: Nothing that is judged as one piece is longer.
LONGEST_TOKEN = 48


class Tamer:
    """Takes text piece by piece and returns XML that a strict reader accepts; `counts` says what had to be changed."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._in_cdata = False
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
        return "".join(self._piece(piece) for piece in CDATA.split(text))

    def _without_preface(self, text: str) -> str:
        self._begun = True
        found = BEGINNING.search(text)
        if found and text[: found.start()].strip():
            self.counts["preface"] += 1
        return text[found.start() :] if found else text

    def _piece(self, piece: str) -> str:
        if self._in_cdata:
            self._in_cdata = piece != "]]>"
            return piece
        if piece == "]]>":
            self.counts["markers"] += 1
            return "]]&gt;"
        self._in_cdata = piece == "<![CDATA["
        return piece if self._in_cdata else REFERENCE.sub(self._reference, piece)

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

    def notes(self) -> list[str]:
        """What was changed, in words."""
        words = {
            "controls": _("Control characters, which XML forbids, were left out: %(count)d."),
            "preface": _("What stood before the beginning of the export was left out."),
            "markers": _("Ends of CDATA sections that nothing had begun were read as text: %(count)d."),
            "names": _("Entities of HTML, which XML does not know, were read as the characters they mean: %(count)d."),
            "ampersands": _("Ampersands that begin nothing were read as text: %(count)d."),
        }
        return [words[name] % {"count": self.counts[name]} for name in words if self.counts[name]]


def _safe_cut(text: str) -> int:
    """Where the text can be cut without cutting a marker or a reference in two."""
    begin = max(len(text) - LONGEST_TOKEN, 0)
    found = [place for place in (text.find(mark, begin) for mark in "<&]") if place >= 0]
    return min(found, default=len(text))


def _is_legal(number: int) -> bool:
    return number in {9, 10, 13} or 32 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x10000 <= number < 0x110000
