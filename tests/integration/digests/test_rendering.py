"""The mail itself: small, whole without pictures, readable as text, and every address our own."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from digests import selection
from digests.links import Links
from digests.periods import Rhythm
from digests.rendering import render
from tests.factories.accounts import PersonFactory
from tests.factories.careers import EnrolmentFactory, LearningPathPageFactory
from tests.factories.digests import SubscriberFactory, marketplace, new_article
from tests.factories.home import AreaFactory, ImageFactory

pytestmark = pytest.mark.django_db
GMAIL_CLIPS_AT = 102 * 1024


@pytest.fixture(autouse=True)
def _address(settings):
    settings.BASE_URL = "https://portal.example.org"


def mail_for(reader=None):
    reader = reader or SubscriberFactory()
    digest = selection.assemble(reader, selection.choose(reader, now=timezone.now()))
    return render(digest, links=Links.of(reader), on=date(2026, 11, 23))


def test_the_fullest_digest_is_not_clipped():
    for number in range(10):
        new_article(title="T" * 250, slug=f"t{number}", summary="S" * 400, cover=ImageFactory())
    mail = mail_for()
    assert len(mail.html.encode()) < GMAIL_CLIPS_AT
    assert mail.html.count("<h3") == selection.MOST_ITEMS


def test_every_address_is_absolute_and_ours_whatever_host_is_asked():
    new_article(cover=ImageFactory())
    html = mail_for().html
    addresses = re.findall(r'(?:href|src)="([^"]*)"', html)
    assert len(addresses) >= 6
    assert all(address.startswith("https://portal.example.org/") for address in addresses)


def test_nothing_in_it_watches_the_reader():
    new_article(cover=ImageFactory())
    html = mail_for().html
    assert len(re.findall("<img", html)) == 1
    assert 'width="1"' not in html


def test_text_and_html_say_the_same():
    pages = [new_article(title=f"Item {number} <b>", summary=f"About {number} & more") for number in range(3)]
    mail = mail_for()
    for page in pages:
        assert page.title in mail.text
        assert page.summary in mail.text
        assert f"/{page.slug}/" in mail.text
        assert page.title.replace("<b>", "&lt;b&gt;") in mail.html
    assert "/digest/u/" in mail.text
    assert "/digest/u/" in mail.html
    assert not re.search(r"</?(p|td|table|h\d)\b", mail.text)


def test_every_picture_has_its_words_or_is_silent():
    new_article(cover=ImageFactory(description='A "plan" on a wall'))
    new_article(cover=ImageFactory(description=""))
    alts = re.findall(r'<img[^>]* alt="([^"]*)"', mail_for().html)
    assert sorted(alts) == ["", "A &quot;plan&quot; on a wall"]


def test_tables_are_for_layout_and_the_language_is_said():
    new_article()
    html = mail_for().html
    assert re.search(r'<html[^>]* lang="en', html)
    assert html.count("<table") == html.count('role="presentation"')
    assert "prefers-color-scheme: dark" in html or "prefers-color-scheme:dark" in html


def test_the_subject_names_the_first_item_and_counts_the_rest():
    new_article(title="Only one")
    assert mail_for().subject == "Only one"
    new_article(title="Newest of all", published_on=date(2030, 1, 1))
    new_article(title="One more", published_on=date(2029, 1, 1))
    mail = mail_for()
    assert mail.subject == "Newest of all and 2 more"
    assert mail.preheader == "One more · Only one"


def test_items_stand_under_the_first_area_that_the_reader_chose():
    training = AreaFactory(slug="first-of-all", title="First of all", sort_order=0)
    both = new_article(title="In both", areas=[marketplace(), training])
    reader = SubscriberFactory(areas=[training, marketplace()])
    digest = selection.assemble(reader, [both.pk])
    assert [(section.area.title, len(section.pages)) for section in digest.sections] == [("First of all", 1)]


def test_a_lost_picture_is_left_out():
    cover = ImageFactory()
    cover.file.storage.delete(cover.file.name)
    new_article(cover=cover)
    assert "<img" not in mail_for().html


def test_somebody_on_a_path_reads_what_comes_next():
    person = PersonFactory()
    step = new_article(title="The first step", at=timezone.now().replace(year=2020))
    path = LearningPathPageFactory(title="Into the office", stages=[[step]])
    EnrolmentFactory(person=person, path=path)
    new_article()
    mail = mail_for(SubscriberFactory(person=person))
    for words in ("Into the office", "The first step"):
        assert words in mail.text
        assert words in mail.html


def test_choosing_and_assembling_cost_the_same_however_much_is_new(django_assert_max_num_queries):
    cover = ImageFactory()
    for _number in range(30):
        new_article(cover=cover)
    reader = SubscriberFactory(person=PersonFactory())
    mail_for(reader)
    with django_assert_max_num_queries(22):
        mail_for(reader)


def test_a_preview_looks_back_as_far_as_its_rhythm():
    new_article(title="Ten days old", at=timezone.now() - timedelta(days=10))
    now = timezone.now()
    areas = [marketplace()]
    assert selection.preview(areas=areas, rhythm=Rhythm.WEEKLY, now=now) is None
    assert selection.preview(areas=areas, rhythm=Rhythm.MONTHLY, now=now)
