"""The strings of the source that people read: those marked for translation, and those that should be."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

from tests.architecture.source import ROOT, calls, name, product

MARKERS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
#: Keywords whose value people read, wherever they stand.
SHOWN_KEYWORDS = {"label", "help_text", "verbose_name", "verbose_name_plural", "heading", "header_text", "empty_label"}
#: Calls whose first or second argument people read.
SHOWN_CALLS = {"ValidationError": 0, "success": 1, "error": 1, "warning": 1, "info": 1}

UNSEEN = re.compile(r"\{#.*?#\}|\{% comment.*?%\}.*?\{% endcomment %\}|<!--.*?-->|<(style|script).*?</\1>", re.DOTALL)
TRANSLATED = re.compile(r"\{%\s*blocktrans(?:late)?\b.*?\{%\s*endblocktrans(?:late)?\s*%\}", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
ATTRIBUTE = re.compile(r'\b(?:alt|title|aria-label|placeholder|aria-description)="([^"]*)"')
ELEMENT = re.compile(r"""<(?:"[^"]*"|'[^']*'|[^"'>])*>""")
ENTITY = re.compile(r"&#?\w+;")
WORD = re.compile(r"[^\W\d_]{2,}")


def templates() -> list[Path]:
    return sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt"})


def unmarked_in_template(path: Path) -> list[str]:
    """Words between elements, or in attributes that are shown or read out, outside any translating tag."""
    text = TAG.sub("", TRANSLATED.sub("", UNSEEN.sub("", path.read_text())))
    candidates = [*ATTRIBUTE.findall(text), *ELEMENT.sub("\n", text).split("\n")]
    return [words.strip() for words in candidates if WORD.search(ENTITY.sub("", words))]


def unmarked_in_python(path: Path) -> list[str]:
    return [words for call in calls(path) for words in _shown(call) if WORD.search(words)]


def _shown(call: ast.Call) -> Iterator[str]:
    """The plain strings of a call that people would read."""
    called = getattr(call.func, "attr", getattr(call.func, "id", ""))
    given: list[ast.expr] = [keyword.value for keyword in call.keywords if keyword.arg in SHOWN_KEYWORDS]
    place = SHOWN_CALLS.get(called)
    of_messages = called == "ValidationError" or getattr(getattr(call.func, "value", None), "id", "") == "messages"
    if place is not None and of_messages and len(call.args) > place:
        given.append(call.args[place])
    yield from (value.value for value in given if isinstance(value, ast.Constant) and isinstance(value.value, str))


def marked() -> dict[str, str]:
    """Every string that the source marks, with a file in which it stands."""
    found = {words: name(path) for path in product() for words in _marked_in(ast.parse(path.read_text()))}
    for path in templates():
        code = templatize(path.read_text(), origin=name(path))
        found |= dict.fromkeys(_marked_in(_parsed(code)), name(path))
    return found


#: A call with string literals alone, as Django puts one among letters that stand for the rest of a template.
TEXT = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"(?:gettext|ngettext|pgettext|\b_)\((?:{TEXT}|[\s,]|count)*\)", re.DOTALL)


def _parsed(code: str) -> ast.Module:
    return ast.parse("\n".join(call.strip() for call in CALL.findall(code)))


def _marked_in(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in MARKERS:
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            place = 1 if called.startswith("pgettext") else 0
            if len(node.args) > place:
                yield from _literal(node.args[place])


def _literal(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
