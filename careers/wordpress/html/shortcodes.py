"""WordPress's words in square brackets, made elements that the walker knows, or left out with a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

from django.utils.translation import gettext as _

#: Code is shown as it is; comments and tags hold no shortcodes of their own.
APART = re.compile(r"<(pre|code)\b|<(!--)", re.IGNORECASE)
ENDS = {"pre": re.compile(r"</pre\s*>", re.I), "code": re.compile(r"</code\s*>", re.I), "!--": re.compile("-->")}
CODE = re.compile(r"(\[?)\[(/?)([A-Za-z][\w-]{0,60})((?:\s|=)[^\[\]]{0,2000})?\](\]?)")
ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))""")
CAPTIONS = {"caption", "wp_caption"}
#: What stands alone in an address of each site, when it is no address.
FILMS = {"embed": "", "youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/", "iframe": ""}
FILES = ("src", "mp4", "m4v", "webm", "ogv", "mp3", "ogg", "wav", "m4a", "flv", "wmv")


def expand(html: str, notes: list[str]) -> str:
    """Return the HTML with shortcodes as elements; what is unknown leaves its inner words and a line in `notes`."""
    closed = {name.lower() for name in re.findall(r"\[/([A-Za-z][\w-]{0,60})\]", html)}

    def replace(found: re.Match[str]) -> str:
        before, slash, name, words, after = found[1], found[2], found[3].lower(), found[4] or "", found[5]
        if before and after:
            return f"[{slash}{found[3]}{found[4] or ''}]"
        made = _element(name, words, slash, is_closed=name in closed)
        if made is None and name not in closed and "=" not in words:
            return found[0]
        if made is None:
            _say_left_out(name, words, notes)
        return f"{before}{made or ''}{after}"

    return "".join(piece if is_apart else CODE.sub(replace, piece) for is_apart, piece in _parted(html))


def _parted(html: str) -> Iterator[tuple[bool, str]]:
    """The text in pieces, and whether each stands apart. What is never closed does not, and is looked for once."""
    done = place = 0
    endless: set[str] = set()
    while begin := APART.search(html, place):
        kind = (begin[1] or begin[2]).lower()
        end = None if kind in endless else ENDS[kind].search(html, begin.end())
        if end is None:
            endless.add(kind)
            place = begin.end()
            continue
        yield False, html[done : begin.start()]
        yield True, html[begin.start() : end.end()]
        done = place = end.end()
    yield False, html[done:]


def _say_left_out(name: str, words: str, notes: list[str]) -> None:
    """Once for each name, and for each address that it had."""
    lines = [_("Shortcode [%(name)s] was left out: nothing here makes what it made.") % {"name": name}]
    for address in re.findall(r"https?://[^\s\"'<>]+", unescape(words)):
        lines.append(_("Shortcode [%(name)s] had this address: %(address)s") % {"name": name, "address": address[:200]})
    notes.extend(line for line in lines if line not in notes)


def _attributes(words: str) -> dict[str, str]:
    return {name.lower(): unescape(a or b or c) for name, a, b, c in ATTRIBUTE.findall(words)}


def _element(name: str, words: str, slash: str, *, is_closed: bool) -> str | None:
    attributes = _attributes(words)
    if name in CAPTIONS:
        shown = attributes.get("caption", "")
        if not is_closed:
            return escape(shown)
        return "</wp-caption>" if slash else f'<wp-caption title="{escape(shown)}">'
    if name in FILMS:
        return _film(name, words, attributes, slash, is_closed=is_closed)
    if name == "gallery":
        numbers = attributes.get("ids") or attributes.get("include", "")
        without, other = re.findall(r"\d+", attributes.get("exclude", "")), attributes.get("id", "")
        return f'<wp-gallery title="{escape(numbers)}" id="{escape(other)}" class="{" ".join(without)}"></wp-gallery>'
    if name in {"video", "audio"}:
        address = next((attributes[file] for file in FILES if file in attributes), "") or _bare(words)
        return "" if slash else f'<wp-file title="{escape(address)}"></wp-file>'
    return "" if name in {"playlist"} and slash else None


def _film(name: str, words: str, attributes: dict[str, str], slash: str, *, is_closed: bool) -> str:
    """`[youtube]address[/youtube]`, `[youtube address]`, `[youtube=address]` and `[youtube id="…"]`."""
    address = _bare(words) or attributes.get("src") or attributes.get("url") or attributes.get("id", "")
    if re.fullmatch(r"[\w-]+", address):
        address = f"{FILMS[name]}{address}"
    if not is_closed:
        frame = ' class="frame"' if name == "iframe" else ""
        return f'<wp-embed title="{escape(address)}"{frame}></wp-embed>' if address else ""
    return "</wp-embed>" if slash else f'<wp-embed title="{escape(address)}">'


def _bare(words: str) -> str:
    """The first word, where it is no attribute."""
    first = (unescape(words).strip().removeprefix("=").strip(" \"'").split() or [""])[0].strip("\"'")
    return first if first.startswith(("http://", "https://")) or "=" not in first else ""
