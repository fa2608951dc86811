"""The text inside a caption: WebVTT's own tags stay, everything else is text (WebVTT 4.2.2)."""

from __future__ import annotations

import re
from html import unescape

_CLASSES = r"(?:\.[^\s.<>&]+)*"
_TAG = re.compile(
    rf"</(?:c|i|b|u|v|lang|ruby|rt)>|<(?:c|i|b|u|v|ruby|rt){_CLASSES}>|<(?:v|lang){_CLASSES}[ \t]+[^<>\n]*>"
    r"|<(?:[0-9]{2}:)?[0-5][0-9]:[0-5][0-9]\.[0-9]{3}>"
)
_ANY_TAG = re.compile(r"</?[a-zA-Z!][^<>\n]*>?")
_REFERENCE = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_SPEAKER = re.compile(rf"<v{_CLASSES}[ \t]+([^<>\n]*)>")
_RUBY_TEXT = re.compile(r"<rt[^<>]*>[^<]*(?:</rt>)?")
_SRT_FONT = re.compile(r"</?font\b[^<>\n]*>|\{\\[^{}\n]*\}", re.IGNORECASE)
_SRT_TAG = re.compile(r"<(/?)([BIU])>")


def clean(payload: str) -> tuple[str, list[str]]:
    """Return the payload as WebVTT may carry it, and what in it looked like a tag and is text now.

    Cleaning what is clean changes nothing.
    """
    parts: list[str] = []
    strange: list[str] = []
    end = 0
    for tag in _TAG.finditer(payload):
        parts += [_as_text(payload[end : tag.start()], strange), tag[0]]
        end = tag.end()
    parts.append(_as_text(payload[end:], strange))
    return "".join(parts), strange


def _as_text(text: str, strange: list[str]) -> str:
    strange += _ANY_TAG.findall(text)
    parts, end = [], 0
    for reference in _REFERENCE.finditer(text):
        parts += [_escape(text[end : reference.start()]), reference[0]]
        end = reference.end()
    return "".join([*parts, _escape(text[end:])])


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("-->", "--&gt;")


def from_srt(payload: str) -> str:
    """What SubRip files carry beside bold, italic and underlined (colours, places) has no counterpart here."""
    return _SRT_TAG.sub(lambda found: f"<{found[1]}{found[2].lower()}>", _SRT_FONT.sub("", payload))


def plain(payload: str) -> str:
    """The words alone, on one line."""
    return " ".join(unescape(_TAG.sub("", _RUBY_TEXT.sub("", payload))).split())


def speaker(payload: str) -> str:
    found = _SPEAKER.search(payload)
    return " ".join(unescape(found[1]).split()) if found else ""
