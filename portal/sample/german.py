"""A small part of the sample community in German: front page, areas, an article, a resource and a path."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale

from careers.models import PathStage, PathStep
from home.models import Area, ContentPage
from portal.sample.bodies import body
from portal.sample.content import Item, read

LANGUAGE = "de"


class SampleGerman:
    """Copies of the English pages, made once each, as an editor would make them with “Translate”."""

    def __init__(self, pages: dict[str, ContentPage]) -> None:
        self.pages = pages

    def sections(self, home: Any, library: Any, paths: Any) -> None:
        self.locale, _is_new = Locale.objects.get_or_create(language_code=LANGUAGE)
        words = read("de/sections")
        self._translate(home, words["home"], features=[])
        self._translate(library, words["library"])
        self._translate(paths, words["paths"])
        for area in Area.objects.filter(slug__in=words["areas"]):
            if LANGUAGE not in (area.words or {}):
                area.words = (area.words or {}) | {LANGUAGE: words["areas"][area.slug]}
                area.save(update_fields=["words"])

    def article(self) -> None:
        item = read("de/half-hour-apprenticeship")
        words = {name: item[name] for name in ("title", "slug", "summary")}
        blocks = body(item["body"], self.pages.get)
        self._translate(self.pages["articles/half-hour-apprenticeship"], words | {"body": blocks})

    def resource(self) -> None:
        self._translate(self.pages["resources/openlearn-free-courses"], read("de/openlearn-free-courses"))

    def path(self) -> None:
        item = read("de/keep-learning-cheaply")
        words = {name: item[name] for name in ("title", "slug", "summary", "audience")}
        outcomes = "".join(f"<li>{outcome}</li>" for outcome in item["outcomes"])
        words |= {"outcomes": f"<ul>{outcomes}</ul>", "intro": item["intro_html"]}
        self._translate(
            self.pages["paths/keep-learning-cheaply"], words, stages=[self._stage(stage) for stage in item["stage"]]
        )

    def _translate(self, source: Any, words: Item, **children: list[Any]) -> None:
        """Copy a page with other words and, where they are given, other children: features, stages."""
        source = source.specific
        source.refresh_from_db()
        if source.has_translation(self.locale):
            return
        made = source.copy_for_translation(self.locale)
        page = type(made).objects.get(pk=made.pk).get_latest_revision_as_object()
        for name, value in words.items():
            setattr(page, name, value)
        for name, rows in children.items():
            getattr(page, name).set(rows)
        page.save_revision().publish()

    def _stage(self, item: Item) -> PathStage:
        stage = PathStage(title=item["title"], intro=item["intro"])
        steps = item["step"]
        stage.steps.set([PathStep(page=self._own(s["page"]), note=s["note"], required=s["required"]) for s in steps])
        return stage

    def _own(self, reference: str) -> ContentPage:
        """The German page where there is one."""
        source = self.pages[reference]
        return ContentPage.objects.filter(translation_key=source.translation_key, locale=self.locale).first() or source
