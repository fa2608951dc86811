"""The library, learning paths and what practitioners have begun and done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import factory
from factory.django import DjangoModelFactory

from careers.models import (
    ArticleAuthor,
    ArticlePage,
    Completion,
    Enrolment,
    Feedback,
    LearningPathPage,
    LearningPathsPage,
    LibraryPage,
    PathStage,
    PathStep,
    RelatedPage,
    ResourcePage,
)
from home.models import ContentPage, Person
from tests.factories.home import ContentFactoryMixin, HomePageFactory, PageFactory


def body_of(words: int = 40) -> list[tuple[str, Any]]:
    """A short body: a heading, text of so many words, and a tip."""
    return [
        ("heading", {"text": "Where to begin", "level": "h2"}),
        ("rich_text", f"<p>{'word ' * words}</p>"),
        ("callout", {"style": "tip", "title": "Ask early", "text": "<p>People like to help.</p>"}),
    ]


class OneBelowHome(PageFactory):
    """A page of which the home page has one: the one that stands, else a new one."""

    parent = factory.SubFactory(HomePageFactory)

    class Meta:
        abstract = True

    @classmethod
    def _create_instance(cls, model_class: Any, parent: Any, kwargs: dict[str, Any]) -> Any:
        standing = model_class.objects.child_of(parent).first()
        return standing or super()._create_instance(model_class, parent, kwargs)


class LibraryPageFactory(OneBelowHome):
    title = "Library"
    slug = "library"
    intro = "What the community has learned, written down."

    class Meta:
        model = LibraryPage


class LearningPathsPageFactory(OneBelowHome):
    title = "Learning paths"
    slug = "paths"
    intro = "Steps in a good order."

    class Meta:
        model = LearningPathsPage


class ArticlePageFactory(ContentFactoryMixin, PageFactory):
    """`ArticlePageFactory(authors=[person], related=[page])` credits and relates; neither by default."""

    title = factory.Sequence(lambda n: f"Article {n}")
    body = factory.LazyFunction(body_of)
    parent = factory.SubFactory(LibraryPageFactory)

    class Meta:
        model = ArticlePage
        skip_postgeneration_save = True

    @factory.post_generation
    def authors(self: Any, create: bool, people: Iterable[Person] | None, **_: Any) -> None:
        for order, person in enumerate(people or ()):
            ArticleAuthor.objects.create(article=self, person=person, sort_order=order)

    @factory.post_generation
    def related(self: Any, create: bool, pages: Iterable[ContentPage] | None, **_: Any) -> None:
        for order, page in enumerate(pages or ()):
            RelatedPage.objects.create(article=self, page=page, sort_order=order)


class ResourcePageFactory(ContentFactoryMixin, PageFactory):
    title = factory.Sequence(lambda n: f"Resource {n}")
    link = "https://resources.example/guide"
    provider = "A provider"
    effort = 20
    why = "<p>It is short and right.</p>"
    parent = factory.SubFactory(LibraryPageFactory)

    class Meta:
        model = ResourcePage


class LearningPathPageFactory(ContentFactoryMixin, PageFactory):
    """`LearningPathPageFactory(stages=[[article, resource], [part]])` makes the stages; one of two articles by default.

    A step is a page, or a pair of a page and what else is to be said of the step: `(article, {"required": False})`.
    """

    title = factory.Sequence(lambda n: f"Path {n}")
    audience = "Analysts who want to lead an office"
    outcomes = "<ul><li>Read an advert</li></ul>"
    parent = factory.SubFactory(LearningPathsPageFactory)

    class Meta:
        model = LearningPathPage
        skip_postgeneration_save = True

    @factory.post_generation
    def stages(self: Any, create: bool, stages: Sequence[Sequence[Any]] | None, **_: Any) -> None:
        given = [ArticlePageFactory.create_batch(2)] if stages is None else stages
        for order, steps in enumerate(given):
            add_stage(self, steps, sort_order=order)
        self.save()


def add_stage(path: LearningPathPage, steps: Sequence[Any], **fields: Any) -> PathStage:
    stage = PathStage.objects.create(path=path, **({"title": f"Stage {fields.get('sort_order', 0) + 1}"} | fields))
    for order, step in enumerate(steps):
        page, extra = step if isinstance(step, tuple) else (step, {})
        PathStep.objects.create(stage=stage, page=page, sort_order=order, **extra)
    return stage


class EnrolmentFactory(DjangoModelFactory):
    person = factory.SubFactory("tests.factories.accounts.PersonFactory")
    path = factory.SubFactory(LearningPathPageFactory)

    class Meta:
        model = Enrolment


class CompletionFactory(DjangoModelFactory):
    person = factory.SubFactory("tests.factories.accounts.PersonFactory")
    page = factory.SubFactory(ArticlePageFactory)

    class Meta:
        model = Completion


class FeedbackFactory(DjangoModelFactory):
    page = factory.SubFactory(ArticlePageFactory)
    person = factory.SubFactory("tests.factories.accounts.PersonFactory")
    helpful = True

    class Meta:
        model = Feedback
