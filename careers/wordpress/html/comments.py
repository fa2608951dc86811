"""WordPress's marks in comments: where the teaser ends, where a page ends, and blocks that are made at each visit."""

from __future__ import annotations

import json
import re
from typing import Any

from django.utils.translation import gettext as _

from careers.wordpress.html.walker import Walker

MARK = re.compile(r"wp:([a-z0-9/-]{1,80})(?:\s+(\{.*\}))?\s*(/)?", re.DOTALL)
#: Blocks in blocks: a reusable one may hold another, but not itself for ever.
DEEPEST = 5
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


def _dynamic(walker: Walker, name: str, attributes: dict[str, Any]) -> None:
    if name == "block":
        _reusable(walker, str(attributes.get("ref", "")))
    elif "embed" in name and attributes.get("url"):
        walker.embed(str(attributes["url"]))
    elif name not in SILENT:
        walker.notes.append(_("Block “%(name)s” was left out: WordPress makes it anew at each visit.") % {"name": name})


def _reusable(walker: Walker, ref: str) -> None:
    from careers.wordpress.html.converting import tree_of

    content = walker.around.reusable.get(ref)
    if content is None or walker.depth >= DEEPEST:
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
