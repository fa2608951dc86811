"""Exports as other sites and tools write them: each item has a verdict, and a reason where it is not taken over."""

from __future__ import annotations

import pytest
from wagtail.contrib.redirects.models import Redirect

from careers.models import ArticlePage, WordPressImport, WordPressItem
from home.models import CustomImage, StandardPage
from tests import wxr
from tests.factories.careers import LibraryPageFactory
from tests.factories.home import AreaFactory
from tests.integration.careers.test_wordpress_import import item, looked_at, taken_over, uploads, verdicts

pytestmark = pytest.mark.django_db
Verdict = WordPressItem.Verdict


@pytest.fixture
def area():
    LibraryPageFactory()
    return AreaFactory(slug="training", title="Training")


def notes_of(batch, number) -> str:
    return " ".join(item(batch, number).notes)


RAW = """<item><title>{title}</title><link>{site}/{slug}/</link><pubDate>Mon, 30 Nov -0001 00:00:00 +0000</pubDate>
<dc:creator>ghost</dc:creator><guid isPermaLink="true">{site}/{slug}/</guid><content:encoded>{content}</content:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date>{date}</wp:post_date><wp:post_date_gmt>{date}</wp:post_date_gmt>
<wp:post_name>{slug}</wp:post_name><wp:status>{status}</wp:status><wp:post_parent>0</wp:post_parent>
<wp:post_type>{kind}</wp:post_type>{more}</item>"""


def raw(number, *, title="T", slug=None, content="Words.", date="2019-03-04 09:30:00", **fields) -> str:
    given = {"status": "publish", "kind": "post", "more": "", "site": wxr.SITE} | fields
    return RAW.format(
        number=number, title=title, slug=f"raw-{number}" if slug is None else slug, content=content, date=date, **given
    )


def of(*items: str) -> bytes:
    return wxr.wxr().replace(b"</channel>", "".join(items).encode() + b"</channel>")


ODD = [
    raw(1, title="", content="", slug="", date="-0001-11-30 00:00:00"),
    raw(2, date="0000-00-00 00:00:00", status="draft"),
    raw(3, date="31337-01-01 00:00:00"),
    raw(4, status="acf-disabled"),
    raw(5, status=""),
    raw(6, kind=""),
    raw(7, kind="elementor_library", status="inherit"),
    raw(8, kind="wp_font_face"),
    raw(9, kind="k" * 200, status="s" * 200, title="t" * 3000),
    raw("", slug="", title="No number, no guid").replace("<guid", "<noguid").replace("/guid>", "/noguid>"),
    raw("1" * 200),
    raw(12, slug="%e6%97%a5%e6%9c%ac", title="日本"),
    raw(13, slug="🎉", title="🎉"),
    raw(14, more="<category domain='post_tag' nicename='x'>🎉</category><category>🚀</category>"),
    raw(15, more=f"<category domain='post_tag' nicename='y'>{'long ' * 60}</category>"),
    raw(16, more="<category domain='post_tag'>pay, rise</category><category domain='post_tag'>Pay, Rise</category>"),
    raw(17, kind="attachment", status="inherit", more="<wp:attachment_url>http://[bad/x.png</wp:attachment_url>"),
    raw(18, kind="attachment", status="inherit", more="<wp:attachment_url>/wp-content/x.png</wp:attachment_url>"),
    raw(19, kind="attachment", status="inherit", more="<wp:attachment_url>ftp://x.example/x.png</wp:attachment_url>"),
    raw(20, kind="page", more="<wp:post_parent>99999</wp:post_parent>"),
    raw(21, kind="page", more="<wp:post_parent>21</wp:post_parent>"),
    raw(22, slug="raw-3", title="The same address"),
    raw(3, slug="raw-3", title="The same number"),
    raw(24, more="<link>http://[bad</link>", content="&lt;a href='http://[bad'&gt;x&lt;/a&gt;&lt;img src='http://[bad'&gt;"),
    raw(25, slug="s" * 300, more="<wp:postmeta/><wp:comment/><wp:comment><wp:commentmeta/></wp:comment>"),
    raw(26, title="&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; &lt;em&gt;em&lt;/em&gt;"),
    raw(27, content="&lt;div&gt;" * 3000),
    "<item/>",
    "<item><wp:post_type>post</wp:post_type></item>",
    "<item>words <b>alone</b></item>",
]  # fmt: skip


def test_each_odd_item_has_a_verdict_and_every_one_that_is_not_taken_a_reason(area):
    batch = taken_over(of(*ODD), area)

    assert batch.phase == WordPressImport.Phase.TAKEN
    assert batch.items_found == len(ODD) == sum(verdicts(batch).values())
    assert not batch.items.filter(verdict=Verdict.WAITING).exists()
    assert not batch.items.exclude(verdict=Verdict.TAKEN).filter(notes=[]).exists()
    assert not [row.notes for row in batch.items.all() if "unexpected" in str(row.notes)]
    made = batch.items.filter(verdict=Verdict.TAKEN)
    assert made.count() == ArticlePage.objects.count() + StandardPage.objects.filter(title="T").count()
    assert item(batch, 12).page.slug == "日本"
    assert item(batch, 26).page.title == "<script>alert(1)</script> & em"
    assert "page above it (99999) is not here" in notes_of(batch, 20)


def test_odd_items_are_foreseen_rightly_and_change_nothing_the_second_time(area):
    foreseen = dict(looked_at(of(*ODD)).items.values_list("position", "verdict"))
    first = taken_over(of(*ODD), area)
    before = {page.pk: page.latest_revision_id for page in ArticlePage.objects.all()}

    second = taken_over(of(*ODD), area)

    assert dict(first.items.values_list("position", "verdict")) == foreseen
    assert {page.pk: page.latest_revision_id for page in ArticlePage.objects.all()} == before
    assert Verdict.TAKEN not in verdicts(second)


def test_a_picture_is_found_by_its_file_and_not_by_the_number_of_another_site(area):
    uploads_at = f"{wxr.SITE}/wp-content/uploads/2019"
    words = (
        f'<img class="wp-image-900" src="{uploads_at}/team-300x200.png">'
        f'<img class="wp-image-900" src="https://elsewhere.example/other.png">'
        f'<img class="wp-image-900" src="http://old-name.example/files/plan-300x200.png">'
    )
    files = [wxr.Item(n, name, "", "attachment", "inherit", file=f"{uploads_at}/{name}.png", terms=[])
             for n, name in ((900, "plan"), (901, "team"))]  # fmt: skip

    batch = taken_over(wxr.wxr(wxr.Item(1, content=words), *files), area, pictures=uploads())

    shown = [block.value["image"].title for block in item(batch, 1).page.specific.body if block.block_type == "image"]
    assert shown == ["team", "plan"]
    assert "A picture stays elsewhere" in notes_of(batch, 1)
    assert CustomImage.objects.count() == 2


def test_a_gallery_by_numbers_is_foreseen_without_a_wrong_line(area):
    file = f"{wxr.SITE}/wp-content/uploads/2019/plan.png"
    data = wxr.wxr(
        wxr.Item(1, content='[gallery ids="900"]'),
        wxr.Item(900, "plan", "", "attachment", "inherit", file=file, terms=[], excerpt="Our <b>plan</b>", comments=1),
    )

    batch = looked_at(data, pictures=uploads())

    assert "not in the file" not in notes_of(batch, 1)
    assert "“Our plan”" in notes_of(batch, 900)
    assert "Comments stay behind: 1" in notes_of(batch, 900)


def test_a_gallery_by_numbers_shows_the_captions_that_its_pictures_had_in_the_library(area):
    files = f"{wxr.SITE}/wp-content/uploads/2019"
    data = wxr.wxr(
        wxr.Item(1, content=f'[gallery ids="900"]<p>And</p><img class="wp-image-901" src="{files}/team.png">'),
        wxr.Item(900, "p", "", "attachment", "inherit", file=f"{files}/plan.png", terms=[], excerpt="Our <b>plan</b>"),
        wxr.Item(901, "t", "", "attachment", "inherit", file=f"{files}/team.png", terms=[], excerpt="Never shown"),
    )

    batch = taken_over(data, area, pictures=uploads())

    shown = [block.value for block in item(batch, 1).page.specific.body if block.block_type == "image"]
    assert [value["caption"] for value in shown] == ["Our plan", ""]
    assert [value["image"].description for value in shown] == ["", ""]


def test_terms_fields_and_covers_that_have_no_place_here_have_a_line(area):
    topic = ("topic", "pay", "Pay &amp; rise")
    fields = {"subtitle": "Words of its own", "_edit_last": "1", "empty": ""}
    page = wxr.Item(2, kind="page", terms=[("post_tag", "x", "Tagged")], meta={"_thumbnail_id": "900"})
    built = wxr.Item(3, content="", meta={"_elementor_data": "[]"})

    batch = taken_over(wxr.wxr(wxr.Item(1, terms=[topic], meta=fields), page, built), area)

    assert "topic “Pay & rise”" in notes_of(batch, 1)
    assert "Fields of its own are not taken over: subtitle" in notes_of(batch, 1)
    assert "empty" not in notes_of(batch, 1)
    assert "“Tagged”" in notes_of(batch, 2)
    assert "Plain pages have no cover" in notes_of(batch, 2)
    assert "page builder" in notes_of(batch, 3)


def test_an_old_address_of_another_script_leads_to_its_page(client, area):
    batch = taken_over(of(raw(1, slug="%e6%97%a5%e6%9c%ac")), area)

    answer = client.get("/%E6%97%A5%E6%9C%AC/")

    assert answer.status_code == 301
    assert answer["Location"].endswith(item(batch, 1).page.url)
    assert Redirect.objects.count() == 1
