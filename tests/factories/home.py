"""Sites, pages, areas, people and images. One call grows the whole branch of the page tree above a page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import factory
import wagtail_factories
from factory.django import DjangoModelFactory
from wagtail.models import Page, Site

from home.models import Area, CustomImage, HomePage, Person, StandardPage


class PageFactory(wagtail_factories.PageFactory):
    """Parent of every page factory: titles differ, and the page is live at once."""

    title: Any = factory.Sequence(lambda n: f"Page {n}")

    class Meta:
        abstract = True

    @classmethod
    def _create_instance(cls, model_class: type[Page], parent: Page | None, kwargs: dict[str, Any]) -> Page:
        if parent:
            parent.refresh_from_db(fields=["path", "numchild", "depth"])
        return super()._create_instance(model_class, parent, kwargs)


class HomePageFactory(PageFactory):
    """The home page of the default site: the one that stands, else a new one below the root."""

    title = "Home"
    slug = "home"
    hero_title = "A career in the project office"
    hero_text = "Read, watch and follow paths that practitioners made for each other."

    class Meta:
        model = HomePage

    @classmethod
    def _create(cls, model_class: type[HomePage], *args: Any, **kwargs: Any) -> HomePage:
        standing = HomePage.objects.first()
        if standing:
            kwargs.pop("parent", None)
            for name, value in kwargs.items():
                setattr(standing, name, value)
            standing.save()
            return standing
        root = Page.get_first_root_node()
        kwargs["slug"] = "front" if Page.objects.child_of(root).filter(slug=kwargs["slug"]).exists() else kwargs["slug"]
        home = root.add_child(instance=model_class(**{k: v for k, v in kwargs.items() if k != "parent"}))
        SiteFactory(root_page=home)
        return home


class SiteFactory(DjangoModelFactory):
    """The default site; there is only ever one."""

    hostname = "localhost"
    port = 80
    site_name = "Career Portal"
    is_default_site = True
    root_page = factory.SubFactory(HomePageFactory)

    class Meta:
        model = Site

    @classmethod
    def _create(cls, model_class: type[Site], *args: Any, **kwargs: Any) -> Site:
        site, _created = Site.objects.update_or_create(is_default_site=True, defaults=kwargs)
        return site


class StandardPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"About us {n}")
    body = factory.LazyFunction(lambda: [("heading", {"text": "Who we are", "level": "h2"})])
    parent = factory.SubFactory(HomePageFactory)

    class Meta:
        model = StandardPage


class AreaFactory(DjangoModelFactory):
    title = factory.Sequence(lambda n: f"Area {n}")
    slug = factory.Sequence(lambda n: f"area-{n}")
    summary = "What this area is about."

    class Meta:
        model = Area
        django_get_or_create = ("slug",)


class PersonFactory(DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Person {n}")
    slug = factory.Sequence(lambda n: f"person-{n}")
    role = "Portfolio office lead"
    bio = "Has run project offices since the days of paper."

    class Meta:
        model = Person


class ImageFactory(wagtail_factories.ImageFactory):
    title = factory.Sequence(lambda n: f"Image {n}")
    description = "Two colleagues in front of a plan on a wall"
    file = factory.django.ImageField(width=128, height=72, color="teal")

    class Meta:
        model = CustomImage


class ContentFactoryMixin(factory.Factory):
    """What every content page needs; mix into a PageFactory: `class ArticleFactory(ContentFactoryMixin, PageFactory)`.

    `areas` and `tags` take what they are given: `ArticleFactory(areas=[area], tags=["salary"])`; one area by default.
    """

    title = factory.Sequence(lambda n: f"Content {n}")
    summary = "Two sentences that make one want to read on. This is the second."
    published_on = factory.Sequence(lambda n: date(2026, 1, 1) + timedelta(days=n % 300))

    class Meta:
        abstract = True

    @classmethod
    def _create_instance(cls, model_class: type[Page], parent: Page | None, kwargs: dict[str, Any]) -> Page:
        areas = kwargs.pop("areas", None)
        tags = kwargs.pop("tags", ())
        page = model_class(**kwargs)
        page.areas = [AreaFactory(slug="marketplace", title="The marketplace")] if areas is None else areas
        if parent:
            parent.refresh_from_db(fields=["path", "numchild", "depth"])
        parent.add_child(instance=page) if parent else model_class.add_root(instance=page)
        if tags:
            page.tags.add(*tags)
            page.save()
        return page
