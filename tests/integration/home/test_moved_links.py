"""An address that has moved for good is replaced by one press of a button, and never over what changed meanwhile."""

from __future__ import annotations

import pytest

from careers.models import ArticlePage, ResourcePage
from home.links.checking import check_due
from home.links.reading import read_pages
from home.models import WebLink
from tests.factories.accounts import AdminFactory, browser_of
from tests.factories.accounts import PersonFactory as UserFactory
from tests.factories.careers import ArticlePageFactory, ResourcePageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_pause(settings):
    settings.LINK_PAUSE = 0


@pytest.fixture
def moved(site):
    site.answers |= {"/old?a=1&b=2": (301, {"Location": "/new?a=1&b=2"}, b""), "/new?a=1&b=2": 200}
    return site.address("/old?a=1&b=2")


def checked(address: str) -> WebLink:
    read_pages()
    check_due()
    return WebLink.objects.get(address=address)


def article(address: str, **fields) -> ArticlePage:
    page = ArticlePageFactory(
        body=[("rich_text", f'<p><a href="{address.replace("&", "&amp;")}">words</a> and {address}</p>')], **fields
    )
    page.save_revision().publish()
    return ArticlePage.objects.get(pk=page.pk)


def press(who, link, page, to=None):
    given = {"wish": "replace", "page": page.pk, "to": link.moved_to if to is None else to}
    return browser_of(who).post(link.admin_url(), given, follow=True)


def newest(page) -> str:
    return str(ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object().body.raw_data)


def shown(page) -> str:
    return str(type(page).objects.get(pk=page.pk).body.raw_data)


def test_a_moderator_replaces_it_and_it_is_published_at_once(moved):
    page = article(moved)
    link = checked(moved)
    moderator = UserFactory(groups=["Moderators"])

    assert "Replace with its new address" in browser_of(moderator).get(link.admin_url()).content.decode()
    answer = press(moderator, link, page)

    assert "is published" in answer.content.decode()
    assert 'href="' + link.moved_to.replace("&", "&amp;") + '"' in shown(page)
    assert f"and {moved}" in shown(page), "words that only look like the address stay"
    assert page.revisions.latest("pk").user == moderator


def test_an_editor_who_may_not_publish_leaves_a_draft(moved):
    page = article(moved, owner=(editor := UserFactory(groups=["Editors"])))
    link = checked(moved)

    answer = press(editor, link, page)

    assert "somebody has to publish it" in answer.content.decode()
    assert "/old?" in shown(page)
    assert "/new?" in newest(page)


def test_unpublished_changes_of_somebody_stay_unpublished(moved):
    page = article(moved)
    page.title = "Half done"
    page.save_revision()
    link = checked(moved)

    press(AdminFactory(), link, page)

    assert "/old?" in shown(page)
    assert "/new?" in newest(page)
    assert ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object().title == "Half done"


def test_what_changed_meanwhile_is_not_touched(moved):
    page = article(moved)
    link = checked(moved)
    page.body = [("rich_text", "<p>All new.</p>")]
    page.save_revision()
    before = page.revisions.count()

    gone = press(AdminFactory(), link, page)
    elsewhere = press(AdminFactory(), link, page, to="https://elsewhere.example/")

    assert "does not have this address any more" in gone.content.decode()
    assert "leads elsewhere" in elsewhere.content.decode()
    assert page.revisions.count() == before


def test_a_locked_page_and_one_of_others_are_refused(moved):
    page = article(moved)
    link = checked(moved)
    ArticlePage.objects.filter(pk=page.pk).update(locked=True)

    assert "Replace with its new address" not in browser_of(AdminFactory()).get(link.admin_url()).content.decode()
    press(UserFactory(groups=["Editors"]), link, page)

    assert "/old?" in newest(page)


def test_the_address_of_a_resource_is_replaced_too(moved):
    page = ResourcePageFactory(link=moved)
    link = checked(moved)

    press(AdminFactory(), link, page)

    assert ResourcePage.objects.get(pk=page.pk).link == link.moved_to


def test_links_that_have_not_moved_offer_nothing(site):
    site.answers["/fine"] = 200
    page = article(site.address("/fine"))
    link = checked(site.address("/fine"))

    answer = press(AdminFactory(), link, page, to="")

    assert "nothing was changed" in answer.content.decode()
    assert "Replace with its new address" not in answer.content.decode()


def test_the_reason_of_who_was_quicker_stays_and_that_of_the_other_is_shown(site):
    article(site.address("/gone"))
    link = checked(site.address("/gone"))
    browser = browser_of(AdminFactory())

    for reason in ("Back next week", "The <b>owner</b> knows"):
        answer = browser.post(link.admin_url(), {"wish": "aside", "because": reason}, follow=True).content.decode()

    assert WebLink.objects.get().ignored_because == "Back next week"
    assert "Somebody was quicker" in answer
    assert "The &lt;b&gt;owner&lt;/b&gt; knows" in answer
