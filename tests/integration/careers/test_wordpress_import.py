"""A whole export comes in: nothing is lost without a line, twice is once, and an editor's change stays."""

from __future__ import annotations

import io
import zipfile
from collections import Counter

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from careers.models import ArticlePage, WordPressImport, WordPressItem
from careers.tasks import import_wordpress
from careers.wordpress.actions import begin, start
from home.models import CustomImage, Person, StandardPage
from tests import wxr
from tests.factories.careers import LibraryPageFactory
from tests.factories.home import AreaFactory

pytestmark = pytest.mark.django_db
Verdict = WordPressItem.Verdict


def picture(colour="teal") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(file, "PNG")
    return file.getvalue()


def uploads() -> ContentFile:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("site/wp-content/uploads/2019/plan.png", picture())
        archive.writestr("site/wp-content/uploads/2019/team.png", picture("red"))
        archive.writestr("site/wp-content/uploads/2019/list.pdf", b"%PDF-1.4 a list")
        archive.writestr("site/wp-content/uploads/2019/liar.png", b"<html>no picture</html>")
    return ContentFile(file.getvalue(), "uploads.zip")


@pytest.fixture
def area():
    LibraryPageFactory()
    AreaFactory(slug="networking")
    return AreaFactory(slug="training", title="Training")


def looked_at(data: bytes, **fields) -> WordPressImport:
    batch = begin(file=ContentFile(data, "export.xml"), by=None, **({"fetch_pictures": False} | fields))
    return worked(batch)


def worked(batch: WordPressImport) -> WordPressImport:
    """As workers do, turn after turn."""
    while batch.status in WordPressImport.OPEN:
        one_turn(batch)
    return batch


def one_turn(batch: WordPressImport) -> WordPressImport:
    import_wordpress(batch.pk)
    batch.refresh_from_db()
    return batch


def taken_over(data: bytes, area, **fields) -> WordPressImport:
    batch = looked_at(data, **fields)
    assert batch.phase == WordPressImport.Phase.LOOKED, batch.reason
    assert start(batch=batch, areas=batch.areas, default_area=area)
    return worked(batch)


def verdicts(batch) -> Counter:
    return Counter(batch.items.values_list("verdict", flat=True))


def item(batch, number) -> WordPressItem:
    return batch.items.filter(post_id=number).first()


def test_every_item_of_the_file_is_taken_over_or_has_a_line_that_says_why_not(area):
    data = wxr.export()

    batch = taken_over(data, area, pictures=uploads())

    assert batch.phase == WordPressImport.Phase.TAKEN
    found = verdicts(batch)
    assert batch.items_found == data.count(b"<item>") == sum(found.values()) >= 150
    assert set(found) == {Verdict.TAKEN, Verdict.SKIPPED, Verdict.REFUSED}
    silent = batch.items.exclude(verdict=Verdict.TAKEN).filter(notes=[])
    assert not silent.exists()
    assert not batch.items.filter(verdict=Verdict.TAKEN, page=None, image=None, document=None).exists()
    unexpected = [row.notes for row in batch.items.all() if "unexpected" in str(row.notes)]
    assert unexpected == []
    assert "Control characters, which XML forbids, were left out: 2." in batch.notes


def test_a_dry_run_makes_nothing_and_says_what_would_become_of_each_item(area):
    batch = looked_at(wxr.odd(), pictures=uploads())

    assert not ArticlePage.objects.exists()
    assert not CustomImage.objects.exists()
    assert not Person.objects.exists()
    foreseen = dict(batch.items.values_list("position", "verdict"))
    start(batch=batch, areas=batch.areas, default_area=area)
    done = dict(worked(batch).items.values_list("position", "verdict"))
    assert {p for p in done if done[p] != foreseen[p]} == {item(batch, 905).position}, "only the picture that is none"


def test_an_article_keeps_its_words_date_author_area_tags_cover_and_address(area):
    batch = taken_over(wxr.odd(), area, pictures=uploads())

    article = item(batch, 1).page.specific
    assert (article.slug, article.live, str(article.published_on)) == ("post-1", True, "2019-03-04")
    assert article.first_published_at.year == article.last_published_at.year == 2019
    assert [credit.person.name for credit in article.written_by] == ["Mira O’Hara"]
    assert [found.slug for found in article.areas.all()] == ["training"]
    assert article.cover.description == "The team"
    assert article.summary.startswith("A first line and a second, with weight")
    kinds = [block.block_type for block in article.body]
    assert kinds == [
        "rich_text", "image", "heading", "heading", "rich_text", "quote", "embed", "embed", "image", "image",
        "rich_text", "embed", "table", "rich_text",
    ]  # fmt: skip
    assert article.body[1].value["caption"] == "The plan on the wall"
    words = str(article.body.raw_data)
    assert f'linktype="page" id="{item(batch, 2).page_id}"' in article.body.raw_data[0]["value"]
    assert "script" not in words
    assert "169.254" not in words
    notes = " ".join(item(batch, 1).notes)
    for said in ("javascript:", "169.254.169.254", "<script>", "contact-form-7", "Comments stay behind: 3", "pages"):
        assert said in notes
    assert Redirect.objects.get(old_path="/2019/post-1").redirect_page_id == article.pk


def test_an_article_of_blocks_reads_in_their_order(area):
    batch = taken_over(wxr.odd(), area, pictures=uploads())

    article = item(batch, 2).page.specific
    assert [credit.person.name for credit in article.written_by] == ["Tomáš Novák"]
    text = " ".join(str(block.value) for block in article.body)
    for words in ("Begin", "From a reusable block.", "Beside it", "Own HTML", "Inside", "A <b>note</b>", "of verse"):
        assert words in text
    assert f'linktype="document" id="{item(batch, 902).document_id}"' in str(article.body.raw_data)
    assert text.count("Download") == 0
    notes = " ".join(item(batch, 2).notes)
    for said in ("latest-posts", "Reusable block", "onclick", "<form>", "talk.mp4", "playlist"):
        assert said in notes


def test_states_and_privacy_of_the_old_site_are_kept(area):
    batch = taken_over(wxr.odd(), area, pictures=uploads())

    live = {number: item(batch, number).page.live for number in (3, 4, 5, 6, 7)}
    assert live == {3: False, 4: False, 5: False, 6: True, 7: True}
    assert item(batch, 5).page.go_live_at.year == 2099
    restricted = dict(PageViewRestriction.objects.values_list("page_id", "restriction_type"))
    assert restricted == {
        item(batch, 6).page_id: PageViewRestriction.GROUPS,
        item(batch, 7).page_id: PageViewRestriction.LOGIN,
    }


def test_pages_stand_below_each_other_and_never_on_an_address_of_ours(area):
    batch = taken_over(wxr.odd(), area, pictures=uploads())

    below = StandardPage.objects.get(slug="below")
    assert below.get_parent().pk == item(batch, 101).page_id
    assert item(batch, 103).page.slug == "search-2"
    assert item(batch, 10).page.slug == "post-1-2"
    assert "is taken here" in " ".join(item(batch, 10).notes)
    assert item(batch, 15).page.title == "Café & crème R&D"
    assert item(batch, 15).page.slug == "cafe"


def test_a_second_import_changes_nothing(area):
    taken_over(wxr.odd(), area, pictures=uploads())
    before = {page.pk: page.latest_revision_id for page in ArticlePage.objects.all()}
    pictures = CustomImage.objects.count()

    second = taken_over(wxr.odd(), area, pictures=uploads())

    assert {page.pk: page.latest_revision_id for page in ArticlePage.objects.all()} == before
    assert CustomImage.objects.count() == pictures
    assert Person.objects.count() == 2
    assert set(verdicts(second)) == {Verdict.UNCHANGED, Verdict.SKIPPED, Verdict.REFUSED}


def test_what_the_old_site_changed_comes_again_but_never_over_an_editors_change(area):
    taken_over(wxr.wxr(wxr.Item(1, "One"), wxr.Item(2, "Two"), wxr.Item(3, "Three")), area)
    edited = ArticlePage.objects.get(title="Two")
    edited.summary = "An editor's own."
    edited.save_revision().publish()
    ArticlePage.objects.get(title="Three").delete()

    changed = [wxr.Item(n, title, "<p>New words.</p>") for n, title in ((1, "One"), (2, "Two"), (3, "Three"))]
    batch = taken_over(wxr.wxr(*changed), area)

    assert list(batch.items.values_list("verdict", flat=True)) == [Verdict.UPDATED, Verdict.KEPT, Verdict.KEPT]
    assert "New words." in str(ArticlePage.objects.get(title="One").body)
    assert "New words." not in str(ArticlePage.objects.get(title="Two").body)
    assert "deleted here" in item(batch, 3).reason
    assert ArticlePage.objects.count() == 2


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_every_version_of_the_format_is_read(area, version):
    batch = looked_at(wxr.wxr(wxr.Item(1), version=version))

    assert verdicts(batch) == {Verdict.TAKEN: 1}


def test_work_that_was_killed_goes_on_where_it_stopped(area, monkeypatch):
    batch = looked_at(wxr.odd(), pictures=uploads())
    start(batch=batch, areas=batch.areas, default_area=area)
    monkeypatch.setattr("careers.wordpress.work.TURN", -1)

    rounds = 0
    while one_turn(batch).phase != WordPressImport.Phase.TAKEN:
        rounds += 1
        assert rounds < 400
    assert rounds == batch.items_found - 1
    assert ArticlePage.objects.count() == batch.items.filter(kind="post", verdict=Verdict.TAKEN).count()


def test_an_item_that_kills_its_worker_is_given_up_and_the_others_follow(area, monkeypatch):
    batch = looked_at(wxr.wxr(wxr.Item(1), wxr.Item(2)))
    start(batch=batch, areas=batch.areas, default_area=area)
    batch.items.filter(post_id="1").update(attempts=3)

    worked(batch)

    assert "stopped at it 3 times" in item(batch, 1).reason
    assert item(batch, 2).verdict == Verdict.TAKEN
