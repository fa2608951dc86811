"""What somebody sees who is signed in: what they follow, keep and have earned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from accounts.models import User
from masterclasses.telling import following
from tests.browser.screens.reading import full_article, full_part
from tests.browser.screens.screen import Screen, Screens
from tests.factories.careers import ArticlePageFactory, EnrolmentFactory, LearningPathPageFactory
from tests.factories.credentials import LearningHoursFactory, certificate_of
from tests.factories.home import ImageFactory
from tests.factories.learning import (
    BookmarkFactory,
    NoteFactory,
    PlanSlotFactory,
    ReadingPlaceFactory,
    WeeklyPlanFactory,
)
from tests.factories.masterclasses import WatchCoverageFactory, WatchPositionFactory

NAMES = (
    "careers:my_learning",
    "careers:history",
    "careers:bookmarks",
    "careers:notes",
    "careers:note",
    "careers:plan",
    "careers:my_page",
    "careers:my_path",
    "careers:kept",
    "careers:feedback",
    "careers:certificates",
    "careers:reissue_certificate",
    "careers:hours",
    "certificates:certificate",
    "masterclasses:following",
    "masterclasses:stop_following",
    "masterclasses:coverage",
)


def screens(person: User, outputs: Path) -> Screens:
    """The personal pages, and the public ones with what their fragments say to this person."""
    article = full_article(cover=ImageFactory(file__width=1200, file__height=800))
    part = full_part(outputs)
    path = LearningPathPageFactory(title="Know your market", stages=[[article, part], [ArticlePageFactory()]])
    EnrolmentFactory(person=person, path=path)
    note = keep(person, article, part)
    yield from learning(article, part, path, note)
    yield from earned(person)
    follow = following.follow(person=person, masterclass=part.get_parent().specific)
    yield Screen("masterclasses:following", "/watch/following/")
    yield Screen("masterclasses:stop_following", f"/watch/f/{follow.key}")


def keep(person: User, article: Any, part: Any) -> Any:
    BookmarkFactory(person=person, page=article)
    BookmarkFactory(person=person, page=part)
    ReadingPlaceFactory(person=person, page=article, anchor=article.body[0].id)
    WatchPositionFactory(person=person, part=part)
    WatchCoverageFactory(person=person, part=part)
    NoteFactory(person=person, page=part, seconds=13)
    plan = WeeklyPlanFactory(person=person)
    for weekday in range(7):
        PlanSlotFactory(plan=plan, weekday=weekday)
    return NoteFactory(person=person, page=article, anchor="gone", quote="A sentence that was here")


def learning(article: Any, part: Any, path: Any, note: Any) -> Screens:
    yield Screen("careers:my_learning", "/learning/")
    yield Screen("careers:bookmarks", "/learning/bookmarks/")
    yield Screen("careers:notes", "/learning/notes/")
    yield Screen("careers:note", f"/learning/notes/{note.pk}/")
    yield Screen("careers:plan", "/learning/plan/")
    yield Screen("careers:my_page", f"/learning/pages/{article.pk}/")
    yield Screen("careers:my_path", f"/learning/paths/{path.pk}/")
    yield Screen("careers:kept", "/learning/kept/")
    yield Screen("careers:feedback", f"/learning/feedback/{article.pk}/")
    yield Screen("masterclasses:coverage", f"/watch/played/{part.pk}/")
    for page in (article, part, path):
        yield Screen(type(page).__name__, page.url)


def earned(person: User) -> Screens:
    certificate = certificate_of(person, title="A path that is finished")
    LearningHoursFactory(person=person)
    yield Screen("careers:history", "/learning/history/")
    yield Screen("careers:certificates", "/learning/certificates/")
    yield Screen("careers:reissue_certificate", f"/learning/certificates/{certificate.code}/name/")
    yield Screen("careers:hours", "/learning/hours/")
    yield Screen("certificates:certificate", certificate.get_absolute_url())
