"""The search backend that comes with Wagtail, but on PostgreSQL each page is stemmed in its own language.

A question is asked in all languages of the site: an editor who works in German looks for English pages, too, and what
was put into the index before a language was added is still found. Which pages are shown is not decided here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from functools import cache, reduce
from operator import and_, or_
from typing import Any

from django.conf import settings
from django.db import connection
from wagtail.models import Locale
from wagtail.search.backends import database
from wagtail.search.query import Phrase, PlainText

#: PostgreSQL's own configurations; what is in no language of these is not stemmed.
CONFIGS = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}


def config_of(language: str) -> str:
    return CONFIGS.get(language.partition("-")[0].lower(), "simple")


def configs() -> list[str]:
    """Those of the site's languages, its own first."""
    codes = [settings.LANGUAGE_CODE, *(code for code, _name in settings.LANGUAGES)]
    return list(dict.fromkeys(map(config_of, codes)))


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 - Wagtail's name
    return _by_language()(params) if connection.vendor == "postgresql" else database.SearchBackend(params)


@cache
def _by_language() -> Any:
    """Made when it is asked for: what it derives from cannot be imported with another database."""
    from wagtail.search.backends.database.postgres import postgres

    class Compiler(postgres.PostgresSearchQueryCompiler):
        def build_tsquery_content(self, query: Any, config: Any = None, invert: bool = False) -> Any:
            in_one = super().build_tsquery_content
            if self.fields is not None or not isinstance(query, PlainText | Phrase):
                return in_one(query, config=config, invert=invert)
            asked = [in_one(query, config=each, invert=invert) for each in configs()]
            return reduce(and_ if invert else or_, asked) if asked[0] is not None else None

    class Index(postgres.PostgresIndex):
        def add_items(self, model: Any, objs: Iterable[Any]) -> None:
            languages = dict(Locale.objects.values_list("pk", "language_code"))
            groups: dict[str, list[Any]] = defaultdict(list)
            for obj in objs:
                language = languages.get(getattr(obj, "locale_id", None), settings.LANGUAGE_CODE)
                groups[config_of(language)].append(obj)
            for config, some in groups.items():
                one = copy(self)
                one.backend = copy(self.backend)
                one.backend.config = config
                super(Index, one).add_items(model, some)

    class Backend(postgres.PostgresSearchBackend):
        query_compiler_class = Compiler
        index_class = Index

    return Backend
