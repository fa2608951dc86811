"""WordPress's words in square brackets, made elements that the walker knows, or left out with a line."""

from __future__ import annotations

import re
from html import escape

from django.utils.translation import gettext as _

#: Code is shown as it is; comments and tags hold no shortcodes of their own.
APART = re.compile(r"(<pre\b.*?</pre\s*>|<code\b.*?</code\s*>|<!--.*?-->)", re.DOTALL | re.IGNORECASE)
CODE = re.compile(r"(\[?)\[(/?)([A-Za-z][\w-]{0,60})((?:\s|=)[^\[\]]{0,2000})?\](\]?)")
ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))""")
ELEMENTS = {"caption": "wp-caption", "wp_caption": "wp-caption", "embed": "wp-embed", "youtube": "wp-embed"}
FILES = ("src", "mp4", "m4v", "webm", "ogv", "mp3", "ogg", "wav", "m4a", "flv", "wmv")


def expand(html: str, notes: list[str]) -> str:
    """Return the HTML with shortcodes as elements; what is unknown leaves its inner words and a line in `notes`."""
    closed = set(re.findall(r"\[/([A-Za-z][\w-]{0,60})\]", html))
    seen: set[str] = set()

    def replace(found: re.Match[str]) -> str:
        before, slash, name, words, after = found[1], found[2], found[3].lower(), found[4] or "", found[5]
        if before and after:
            return f"[{slash}{found[3]}{words}]"
        made = _element(name, _attributes(words), slash)
        if made is None and found[3] not in closed and "=" not in words:
            return found[0]
        if made is None and name not in seen:
            seen.add(name)
            notes.append(_("Shortcode [%(name)s] was left out: nothing here makes what it made.") % {"name": name})
        return f"{before}{made or ''}{after}"

    return "".join(piece if APART.fullmatch(piece) else CODE.sub(replace, piece) for piece in APART.split(html))


def _attributes(words: str) -> dict[str, str]:
    return {name.lower(): a or b or c for name, a, b, c in ATTRIBUTE.findall(words)}


def _element(name: str, attributes: dict[str, str], slash: str) -> str | None:
    if name in ELEMENTS:
        shown = attributes.get("caption", "") if "caption" in ELEMENTS[name] else attributes.get("src", "")
        return f"</{ELEMENTS[name]}>" if slash else f'<{ELEMENTS[name]} title="{escape(shown)}">'
    if name == "gallery":
        return f'<wp-gallery title="{escape(attributes.get("ids", ""))}"></wp-gallery>'
    if name in {"video", "audio"}:
        address = next((attributes[file] for file in FILES if file in attributes), "")
        return "" if slash else f'<wp-file title="{escape(address)}"></wp-file>'
    return "" if name in {"playlist"} and slash else None
