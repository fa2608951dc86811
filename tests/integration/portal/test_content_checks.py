"""What is still wanting in a page: in the editor, in the report, and at what cost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.groups import DIGEST_EDITORS, EDITORS
from home.desk.content_checks import Severity, findings_of
from tests.factories.accounts import AdminFactory, PersonFactory, browser_of
from tests.factories.careers import ArticlePageFactory
from tests.factories.home import HomePageFactory, ImageFactory
from tests.factories.home import PersonFactory as AuthorFactory
from tests.factories.masterclasses import PartPageFactory, VideoFactory
from tests.queries import assert_constant_queries, fetch
from tests.unit.home.test_readability import HARD

pytestmark = pytest.mark.django_db

REPORT = reverse("desk_checks")
SUMMARY = "Two sentences that make one want to read on. This is the second one."


@pytest.fixture(autouse=True)
def _site():
    HomePageFactory()


def said_of(page):
    return [finding.what for finding in findings_of([page]).get(page.pk, [])]


def good(**fields):
    return ArticlePageFactory(**{"summary": SUMMARY, "authors": [AuthorFactory()], **fields})


def test_in_a_good_article_nothing_is_wanting():
    assert said_of(good(cover=ImageFactory())) == []


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"summary": "Short."}, "The summary is very short."),
        ({"areas": []}, "It belongs to no area."),
        ({"authors": []}, "It names no author."),
        ({"body": [("rich_text", f"<p>{HARD}</p>")]}, "The words are hard to read."),
    ],
)
def test_what_is_wanting_in_an_article_is_said(fields, what):
    assert said_of(good(**fields)) == [what]


def test_a_draft_without_a_summary_is_told_so_first():
    page = good()
    page.summary = ""

    assert said_of(page) == ["The summary is empty."]


def test_a_picture_without_a_description_is_found_on_the_cover_and_in_the_body():
    image = ImageFactory(description="")

    assert said_of(good(cover=image)) == ["The cover has no description."]
    shown = {"image": image, "caption": ""}
    assert said_of(good(body=[("image", shown)])) == ["A picture in the body has no alternative text."]
    image.decorative = True
    assert said_of(good(body=[("image", shown)])) == []


def test_a_part_wants_a_video_and_a_video_wants_captions():
    part = PartPageFactory(summary=SUMMARY)
    assert said_of(part) == ["It has no video."]

    part.video = VideoFactory()

    assert said_of(part) == ["It has no captions.", "Its video cannot be watched yet."]


def test_errors_come_first_and_every_finding_leads_to_its_field():
    [*found] = findings_of([ArticlePageFactory(summary="Short.", areas=[])])[
        ArticlePageFactory._meta.model.objects.first().pk
    ]

    assert [finding.severity for finding in found] == [Severity.ERROR, Severity.WARNING, Severity.WARNING]
    assert all(finding.anchor for finding in found)


def test_the_editor_says_what_is_wanting_in_the_draft_and_where():
    page = good()
    page.summary = "Short."
    page.save_revision()

    editor = browser_of(PersonFactory(groups=[EDITORS])).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    said = editor.content.decode()
    assert "The summary is very short." in said
    assert "#panel-child-content-summary-section" in said
    assert 'id="panel-child-content-summary-section"' in said
    assert 'id="panel-child-promote-where_it_belongs-section"' in said


def test_the_report_lists_pages_of_every_kind_with_what_is_wanting():
    good(title="Fine")
    ArticlePageFactory(title="Bare", areas=[])
    browser = browser_of(PersonFactory(groups=[EDITORS]))

    said = browser.get(REPORT).content.decode()

    assert "Nothing is wanting." in said
    assert "It belongs to no area." in said
    assert "Bare" in browser.get(REPORT, {"export": "csv"}).getvalue().decode()


def test_who_may_change_no_page_sees_none_of_them():
    ArticlePageFactory(title="Bare", areas=[])

    assert "Bare" not in browser_of(PersonFactory(groups=[DIGEST_EDITORS])).get(REPORT).content.decode()


def test_the_report_costs_the_same_however_many_pages():
    def grow(number):
        for _ in range(number):
            good(cover=ImageFactory())
            PartPageFactory(video=VideoFactory())

    assert_constant_queries(fetch(REPORT, browser_of(AdminFactory())), grow, rows=1, at_most=45)
