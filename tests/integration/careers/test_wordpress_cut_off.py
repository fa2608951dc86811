"""A file that is cut off comes in as far as it goes, says so, and is made whole by the whole file."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from careers.models import ArticlePage, WordPressItem
from home.models import CustomImage, Person, StandardPage
from tests import wxr
from tests.factories.accounts import AdminFactory, browser_of
from tests.factories.careers import LibraryPageFactory
from tests.factories.home import AreaFactory
from tests.integration.careers.test_wordpress_import import item, looked_at, taken_over, uploads, verdicts

pytestmark = pytest.mark.django_db
Verdict = WordPressItem.Verdict
ODD = wxr.odd()


@pytest.fixture
def area():
    LibraryPageFactory()
    AreaFactory(slug="networking")
    return AreaFactory(slug="training", title="Training")


def what_is_here() -> dict:
    """All that an import makes, without what differs from one to the next."""
    return {
        "articles": sorted(
            (page.title, page.slug, page.cover.title if page.cover else "", [b.block_type for b in page.body])
            for page in ArticlePage.objects.all()
        ),
        "pages": sorted((page.title, page.url_path) for page in StandardPage.objects.all()),
        "people": sorted(Person.objects.values_list("name", flat=True)),
        "pictures": sorted(CustomImage.objects.values_list("title", "description")),
    }


def test_the_dry_run_the_report_and_the_command_say_that_the_rest_is_missing(area, tmp_path):
    data = wxr.wxr(wxr.Item(1, "One"), wxr.Item(2, "Two"))[:-60]
    words = "The file is cut off at line 18, after 1 whole items: what followed is missing."
    batch = looked_at(data)
    desk = browser_of(AdminFactory())
    address = reverse("wordpress_import:one", args=[batch.pk])
    first = desk.get(address).content.decode()
    (tmp_path / "site.xml").write_bytes(data)

    desk.post(address, {"wish": "start", "default_area": area.pk, "category_0": area.pk})
    out, err = StringIO(), StringIO()
    call_command("import_wordpress", str(tmp_path / "site.xml"), "--write", stdout=out, stderr=err)

    assert words in first
    assert "bring it once more" in first
    assert "“Two” was cut in two and is left out." in first
    assert words in desk.get(address).content.decode()
    assert "the file is cut off" in desk.get(reverse("wordpress_import:index")).content.decode()
    sheet = b"".join(desk.get(reverse("wordpress_import:report", args=[batch.pk])).streaming_content).decode()
    assert words in sheet
    assert out.getvalue().startswith(words)
    assert words in err.getvalue()
    assert [page.title for page in ArticlePage.objects.all()] == ["One"]


def test_the_whole_file_completes_what_one_that_was_cut_off_began(area):
    whole = [
        wxr.Item(1, "One", "<p>See <a href='/2019/post-3/'>three</a></p>[gallery]", meta={"_thumbnail_id": "901"}),
        wxr.Item(2, "Two", "<p>Alone.</p>"),
        wxr.Item(102, "Below", "<p>Below about.</p>", "page", parent=101, slug="below"),
        wxr.Item(3, "Three", '<img class="wp-image-900" src="/wp-content/uploads/2019/plan.png">'),
        wxr.Item(101, "About", "<p>Who we are.</p>", "page", slug="about"),
        *[
            wxr.Item(number, name, "", "attachment", "inherit", parent=1, terms=[],
                     file=f"{wxr.SITE}/wp-content/uploads/2019/{name}.png", meta={"_wp_attachment_image_alt": alt})
            for number, name, alt in ((900, "plan", "A plan"), (901, "team", "The team"))
        ],
    ]  # fmt: skip
    data = wxr.wxr(*whole)
    cut = data[: data.index(b"<title><![CDATA[About")]
    first = taken_over(cut, area, pictures=uploads())
    again = taken_over(cut, area, pictures=uploads())
    assert first.items_found == 4
    assert set(verdicts(again)) == {Verdict.UNCHANGED}
    assert CustomImage.objects.count() == 1

    batch = taken_over(data, area, pictures=uploads())

    assert batch.missing == ""
    assert item(batch, 2).verdict == Verdict.UNCHANGED
    assert item(batch, 1).verdict == item(batch, 3).verdict == item(batch, 102).verdict == Verdict.UPDATED
    one = ArticlePage.objects.get(title="One")
    assert one.cover.description == "The team"
    assert [block.block_type for block in one.body] == ["rich_text", "image", "image"]
    assert f'id="{item(batch, 3).page_id}"' in str(one.body.raw_data)
    below = StandardPage.objects.get(slug="below")
    assert below.get_parent().slug == "about"
    assert sorted(CustomImage.objects.values_list("title", "description")) == [("plan", "A plan"), ("team", "The team")]
    assert ArticlePage.objects.count() == 3


def test_what_an_editor_changed_between_the_two_files_stays_with_a_line(area):
    data = wxr.wxr(wxr.Item(1, "One", meta={"_thumbnail_id": "900"}), wxr.Item(2, "Two"))
    taken_over(data[:-60], area)
    page = ArticlePage.objects.get()
    page.summary = "An editor's own."
    page.save_revision().publish()

    batch = taken_over(data, area)

    assert item(batch, 1).verdict == Verdict.KEPT
    assert "cut off" in item(batch, 1).reason
    assert ArticlePage.objects.get(title="One").summary == "An editor's own."


@settings(
    deadline=None, max_examples=2, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(at=st.integers(min_value=ODD.index(b"</item>") + 7, max_value=ODD.rindex(b"</item>")))
def test_wherever_it_was_cut_off_the_whole_file_makes_of_it_what_it_makes_alone(area, at):
    expected = alone(area)
    with transaction.atomic():
        first = taken_over(ODD[:at], area, pictures=uploads())

        batch = taken_over(ODD, area, pictures=uploads())

        assert first.items_found == sum(verdicts(first).values()) == ODD[:at].count(b"</item>")
        assert what_is_here() == expected
        expected_silence = [Verdict.TAKEN, Verdict.UPDATED, Verdict.UNCHANGED]
        assert not batch.items.exclude(verdict__in=expected_silence).filter(notes=[]).exists()
        transaction.set_rollback(True)


ALONE: list[dict] = []


def alone(area) -> dict:
    """What the whole file makes where none that was cut off came before it."""
    if not ALONE:
        with transaction.atomic():
            taken_over(ODD, area, pictures=uploads())
            ALONE.append(what_is_here())
            transaction.set_rollback(True)
    return ALONE[0]
