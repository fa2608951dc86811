"""Loads the sample community: people, pages, a masterclass, and what readers did. A second time changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.utils import timezone
from wagtail.models import Site

from accounts.actions import ensure_person
from careers.models import (
    ArticleAuthor,
    ArticlePage,
    LearningPathPage,
    LearningPathsPage,
    LibraryPage,
    PathStage,
    PathStep,
    RelatedPage,
    ResourcePage,
)
from home.models import Area, ContentPage, HomePage, HomePageFeature, Person, SiteIdentity, StandardPage
from masterclasses.models import MasterclassesPage
from portal.sample import german, masterclass, practice, tree
from portal.sample.bodies import body
from portal.sample.content import Item, items, read, shifted

Step = tuple[str, Callable[[], None]]

ACCOUNTS = (
    {"email": "admin@example.org", "name": "Ada Admin", "password": "portal-admin", "superuser": True},
    {"email": "editor@example.org", "name": "Edith Editor", "password": "portal-editor"}
    | {"groups": ("Editors", "Moderators", "Video producers", "Digest editors")},
    {"email": "practitioner@example.org", "name": "Priya Practitioner", "password": "portal-practitioner"},
)


class SampleCommunity:
    """The whole sample, as steps that a progress bar can count."""

    def __init__(self) -> None:
        self.today = timezone.localdate()
        self.home = HomePage.objects.get(pk=Site.objects.get(is_default_site=True).root_page_id)
        self.pages: dict[str, ContentPage] = {}

    def steps(self) -> list[Step]:
        """Return (what is loaded, how) in an order in which every reference finds its page."""
        sections = [
            ("accounts", self.accounts),
            ("areas and people", self.people),
            ("sections", self.sections),
        ]
        paths = [(path["title"], partial(self.path, path)) for path in items("paths")]
        resources = [(resource["title"], partial(self.resource, resource)) for resource in items("resources")]
        articles = [(article["title"], partial(self.article, article)) for article in items("articles")]
        ends = [("steps of paths", self.routes), ("reading on", self.related), ("front page", self.front_page)]
        pages: list[Step] = [*sections, *self.masterclass(), *paths, *resources, *articles, *ends, *self.german()]
        return [*pages, *self.films(), *self.practice()]

    def find(self, reference: str) -> ContentPage | None:
        return self.pages.get(reference)

    def accounts(self) -> None:
        for account in ACCOUNTS:
            ensure_person(**account)

    def people(self) -> None:
        for area in read("areas")["area"]:
            words = {"summary": area["summary"], "intro": area["intro"]}
            Area.objects.filter(slug=area["slug"], intro="").update(**words)
        for person in read("people")["person"]:
            Person.objects.get_or_create(slug=person["slug"], defaults={k: v for k, v in person.items() if k != "slug"})

    def sections(self) -> None:
        self.library, _ = tree.child(
            self.home,
            LibraryPage(
                title="Library",
                slug="library",
                show_in_menus=True,
                intro="What we learned at our evenings and at our desks, written down for whoever needs it next.",
            ),
        )
        self.paths, _ = tree.child(
            self.home,
            LearningPathsPage(
                title="Learning paths",
                slug="paths",
                show_in_menus=True,
                intro="Ways through the portal, one for each area and one across all: what to read, watch and try.",
            ),
        )
        self.series, _ = tree.child(
            self.home,
            MasterclassesPage(
                title="Masterclasses",
                slug="masterclasses",
                show_in_menus=True,
                intro="Evenings in four short parts, recorded so that you can watch them over a cup of tea.",
            ),
        )

    def masterclass(self) -> Iterable[Step]:
        self.loader = masterclass.SampleMasterclass(self.pages, self.today)
        yield self.loader.item["title"], lambda: self.loader.series(self.series)
        for part in self.loader.parts():
            yield part["title"], partial(self.loader.part, part)
        yield "slides and sound", self.loader.start_films

    def german(self) -> Iterable[Step]:
        pages = german.SampleGerman(self.pages)
        yield "front page in German", lambda: pages.sections(self.home, self.library, self.paths)
        yield "article in German", pages.article
        yield "resource in German", pages.resource
        yield "path in German", pages.path

    def films(self) -> Iterable[Step]:
        for part in self.loader.parts():
            yield f"film “{part['title']}”", partial(self.loader.film, part)
        yield "tidying up", self.loader.end_films

    def practice(self) -> Iterable[Step]:
        return practice.SamplePractice(self.pages).steps()

    def path(self, item: Item) -> None:
        areas = item.get("areas") or [item["area"]]
        outcomes = "".join(f"<li>{outcome}</li>" for outcome in item["outcomes"])
        page = LearningPathPage(
            title=item["title"],
            slug=item["slug"],
            summary=item["summary"],
            cover=tree.cover(item["slug"], item["title"], item.get("cover", self._cover_of_area(areas[0]))),
            audience=item["audience"],
            outcomes=f"<ul>{outcomes}</ul>",
            intro=item["intro_html"],
            **tree.published_at(shifted(item["published"], self.today)),
        )
        self._keep("paths", self.paths, page, {**item, "areas": areas})

    def resource(self, item: Item) -> None:
        page = ResourcePage(
            title=item["title"],
            slug=item["slug"],
            summary=item["summary"],
            cover=tree.cover(item["slug"], item["title"], item.get("cover", self._cover_of_area(item["areas"][0]))),
            link=item["link"],
            provider=item["provider"],
            form=item["form"],
            effort=item["minutes"],
            why=item["why"],
            **tree.published_at(shifted(item["published"], self.today)),
        )
        self._keep("resources", self.library, page, item)

    def article(self, item: Item) -> None:
        page = ArticlePage(
            title=item["title"],
            slug=item["slug"],
            form=item["kind"],
            summary=item["summary"],
            cover=tree.cover(item["slug"], item["title"], item["cover"]),
            body=body(item["body"], self.find),
            **tree.published_at(shifted(item["published"], self.today)),
        )
        page.article_authors.set([ArticleAuthor(person=person) for person in tree.people(item["authors"])])
        self._keep("articles", self.library, page, item)

    def routes(self) -> None:
        for item in items("paths"):
            page = self.pages[f"paths/{item['slug']}"].specific
            if page.stages.exists():
                continue
            stages = {stage["title"]: self._stage(stage) for stage in item["stage"]}
            for stage in item["stage"]:
                stages[stage["title"]].after = [stages[first].key for first in stage.get("after", [])]
            page.stages.set(list(stages.values()))
            page.save_revision().publish()

    def related(self) -> None:
        for item in items("articles"):
            page = self.pages[f"articles/{item['slug']}"].specific
            if not page.related_pages.exists():
                page.related_pages.set([RelatedPage(page=self.pages[reference]) for reference in item["related"]])
                page.save_revision().publish()

    def front_page(self) -> None:
        words = read("pages")
        for item in words["page"]:
            raw = json.dumps([{"type": "rich_text", "value": item["body_html"]}])
            tree.child(self.home, StandardPage(title=item["title"], slug=item["slug"], body=raw))
        if not self.home.features.exists():
            self.home.hero_title, self.home.hero_text = words["home"]["hero_title"], words["home"]["hero_text"]
            featured = [self.pages[reference] for reference in words["home"]["featured"]]
            self.home.features.set([HomePageFeature(page=page) for page in featured])
            self.home.save_revision().publish()
        SiteIdentity.objects.get_or_create(
            site=Site.objects.get(is_default_site=True),
            defaults={"name": "Project Office Evenings", "strapline": "Careers in project offices, learned together."},
        )

    def _stage(self, item: Item) -> PathStage:
        gate = item.get("gate", PathStage.Gate.ADVICE)
        stage = PathStage(title=item["title"], intro=item.get("intro", ""), gate=gate)
        stage.steps.set(
            [
                PathStep(page=self.pages[step["page"]], note=step["note"], required=step["required"])
                for step in item["step"]
            ]
        )
        return stage

    def _keep(self, folder: str, parent: Any, page: Any, item: Item) -> None:
        kept, made = tree.child(parent, page)
        if made:
            tree.finish(kept, item)
        self.pages[f"{folder}/{item['slug']}"] = kept.contentpage_ptr

    def _cover_of_area(self, slug: str) -> Item:
        hues = {"marketplace": 232, "job-tools": 174, "training": 34, "networking": 340}
        return {"motif": "arcs", "hue": hues[slug]}
