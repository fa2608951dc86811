"""WordPress's marks in comments: where the teaser ends, where a page ends, and blocks that are made at each visit."""

from __future__ import annotations

import json
import re
from typing import Any

from django.utils.translation import gettext as _

from careers.wordpress.html.marks import MARK
from careers.wordpress.html.walker import Walker

#: Blocks in blocks: a reusable one may hold another, but not itself for ever.
DEEPEST, MOST_REUSED = 5, 200
#: They only look like something.
SILENT = frozenset({"spacer", "separator", "more", "nextpage", "footnotes", "page-break", "post-title"})


def read_comment(walker: Walker, text: str) -> None:
    if re.match(r"more\b", text):
        walker.flush()
        if walker.more_at is None:
            walker.more_at = len(walker.blocks)
    elif text == "nextpage":
        walker.flush()
        walker.notes.append(_("It had several pages: they follow one another here."))
    elif (found := MARK.fullmatch(text)) and found[3]:
        walker.flush()
        _dynamic(walker, found[1].removeprefix("core/"), _attributes(found[2]))


def _words_in(data: Any) -> str:
    """Fields that an editor filled in, as plugins keep them in a block's mark; names with a line are their own."""
    given = data.items() if isinstance(data, dict) else ()
    return ", ".join(value for name, value in given if isinstance(value, str) and value and not name.startswith("_"))


def _dynamic(walker: Walker, name: str, attributes: dict[str, Any]) -> None:
    if name == "block":
        _reusable(walker, str(attributes.get("ref", "")))
    elif "embed" in name and attributes.get("url"):
        walker.embed(str(attributes["url"]))
    elif name not in SILENT:
        walker.notes.append(_("Block “%(name)s” was left out: WordPress makes it anew at each visit.") % {"name": name})
        if words := _words_in(attributes.get("data")):
            walker.notes.append(_("Words in block “%(name)s”: %(words)s") % {"name": name, "words": words[:1000]})


def _reusable(walker: Walker, ref: str) -> None:
    from careers.wordpress.html.converting import tree_of

    content = walker.around.reusable.get(ref)
    walker.reused += 1
    if content is None or walker.depth >= DEEPEST or walker.reused > MOST_REUSED:
        walker.notes.append(_("Reusable block %(ref)s was left out: the file does not have it.") % {"ref": ref or "?"})
        return
    walker.depth += 1
    walker.walk(tree_of(content, walker.notes))
    walker.flush()
    walker.depth -= 1


def _attributes(text: str | None) -> dict[str, Any]:
    try:
        given = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return given if isinstance(given, dict) else {}
