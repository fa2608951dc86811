"""Import from WordPress in the admin and at the command line."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from careers.models import ArticlePage, WordPressImport
from careers.tasks import import_wordpress
from tests import wxr
from tests.factories.accounts import AdminFactory, PersonFactory, browser_of
from tests.factories.careers import LibraryPageFactory
from tests.factories.home import AreaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    LibraryPageFactory()
    return AreaFactory(slug="networking", title="Networking")


@pytest.fixture
def desk():
    return browser_of(AdminFactory())


def bring(desk, data: bytes, **more):
    return desk.post(
        reverse("wordpress_import:index"),
        {"file": SimpleUploadedFile("site.xml", data)} | more,
    )


def worked() -> WordPressImport:
    batch = WordPressImport.objects.latest("pk")
    import_wordpress(batch.pk)
    batch.refresh_from_db()
    return batch


def test_a_file_is_looked_at_mapped_started_and_reported(desk, area):
    answer = bring(desk, wxr.wxr(wxr.Item(1, "One"), wxr.Item(2, "=2+2", kind="product")))
    batch = worked()
    page = desk.get(answer.url).content.decode()
    assert "Will be taken over" in page
    assert "“product”" in page
    assert not ArticlePage.objects.exists()

    desk.post(answer.url, {"wish": "start", "default_area": area.pk, "category_0": area.pk})
    batch = worked()

    article = ArticlePage.objects.get()
    assert [found.pk for found in article.areas.all()] == [area.pk]
    assert reverse("wagtailadmin_pages:edit", args=[article.pk]) in desk.get(answer.url).content.decode()
    assert b"Taken over" in desk.get(reverse("wordpress_import:index")).content
    report = b"".join(desk.get(reverse("wordpress_import:report", args=[batch.pk])).streaming_content).decode()
    assert "'=2+2" in report


def test_a_file_that_cannot_be_read_fails_with_the_place_in_words(desk, area):
    answer = bring(desk, wxr.wxr(wxr.Item(1)).replace(b"</item>", b"</itam>"))
    batch = worked()

    assert batch.status == WordPressImport.Status.FAILED
    assert "broken at line" in desk.get(answer.url).content.decode()


def test_a_wrong_archive_and_a_missing_file_are_refused_in_the_form(desk, area):
    wrong = bring(desk, wxr.wxr(), pictures=SimpleUploadedFile("a.zip", b"no zip at all"))
    missing = desk.post(reverse("wordpress_import:index"), {})

    assert (wrong.status_code, missing.status_code) == (422, 422)
    assert b"not a zip file" in wrong.content
    assert b"Choose a file" in missing.content
    assert not WordPressImport.objects.exists()


def test_an_import_is_stopped_and_goes_on(desk, area):
    answer = bring(desk, wxr.wxr(wxr.Item(1)))

    desk.post(answer.url, {"wish": "stop"})
    assert worked().status == WordPressImport.Status.CANCELLED
    desk.post(answer.url, {"wish": "go-on"})

    assert worked().phase == WordPressImport.Phase.LOOKED


def test_of_two_editors_who_start_an_import_the_second_is_told_and_the_choices_of_the_first_hold(desk, area):
    other = AreaFactory(slug="training", title="Training")
    answer = bring(desk, wxr.wxr(wxr.Item(1, "One")))
    worked()
    desk.post(answer.url, {"wish": "start", "default_area": area.pk, "category_0": area.pk})

    second = browser_of(AdminFactory()).post(
        answer.url, {"wish": "start", "default_area": other.pk, "category_0": other.pk}, follow=True
    )

    assert "brought it further meanwhile" in second.content.decode()
    assert WordPressImport.objects.get().default_area == area
    assert worked().items.get().page.specific.areas.get() == area


def test_only_those_who_may_bring_files():
    assert browser_of(PersonFactory()).get(reverse("wordpress_import:index")).status_code == 302


def test_the_command_looks_first_and_writes_when_told(area, tmp_path):
    file = tmp_path / "site.xml"
    file.write_bytes(wxr.wxr(wxr.Item(1, "One")))
    out = StringIO()

    call_command("import_wordpress", str(file), "--no-fetch", stdout=out)
    assert "Will be taken over: post “One”" in out.getvalue()
    assert not ArticlePage.objects.exists()
    call_command("import_wordpress", str(file), "--no-fetch", "--write", stdout=out)

    assert ArticlePage.objects.get().title == "One"


def test_the_command_says_what_is_wrong(area, tmp_path):
    broken = tmp_path / "broken.xml"
    broken.write_bytes(b"no XML")

    with pytest.raises(CommandError, match="broken at line 1"):
        call_command("import_wordpress", str(broken), stdout=StringIO())
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_wordpress", str(tmp_path / "none.xml"), stdout=StringIO())
