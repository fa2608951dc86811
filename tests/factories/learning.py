"""What a person keeps for themselves: bookmarks, notes, places, a weekly plan."""

from __future__ import annotations

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from careers.models import Bookmark, Note, PlanSlot, ReadingPlace, WeeklyPlan


class BookmarkFactory(DjangoModelFactory):
    person = factory.SubFactory("tests.factories.accounts.PersonFactory")
    page = factory.SubFactory("tests.factories.careers.ArticlePageFactory")

    class Meta:
        model = Bookmark


class NoteFactory(DjangoModelFactory):
    """About the page as a whole; give `seconds`, or `anchor` and `quote`, for a place."""

    person = factory.SubFactory("tests.factories.accounts.PersonFactory")
    page = factory.SubFactory("tests.factories.careers.ArticlePageFactory")
    page_title = factory.SelfAttribute("page.title")
    text = "Ask for the brief before the numbers."

    class Meta:
        model = Note


class ReadingPlaceFactory(DjangoModelFactory):
    person = factory.SubFactory("tests.factories.accounts.PersonFactory")
    page = factory.SubFactory("tests.factories.careers.ArticlePageFactory")
    anchor = "0"
    percent = 50
    updated_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = ReadingPlace


class WeeklyPlanFactory(DjangoModelFactory):
    person = factory.SubFactory("tests.factories.accounts.PersonFactory")

    class Meta:
        model = WeeklyPlan


class PlanSlotFactory(DjangoModelFactory):
    plan = factory.SubFactory(WeeklyPlanFactory)
    weekday = 1
    minutes = 40

    class Meta:
        model = PlanSlot
