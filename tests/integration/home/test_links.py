"""Links of published pages are found, checked politely against a real server, and told to those who can mend them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from home.desk.content_checks import findings_of
from home.links.actions import check_again, leave_aside
from home.links.checking import check_due, reopen_due
from home.links.reading import read_pages, read_the_rest
from home.links.selectors import broken_links_of, need
from home.models import LinkPlace, WebLink
from home.tasks import tend_links
from jobs.actions import claim
from jobs.sweeper import sweep
from tests.factories.accounts import AdminFactory, browser_of
from tests.factories.accounts import PersonFactory as UserFactory
from tests.factories.careers import ArticlePageFactory, ResourcePageFactory
from tests.factories.home import PersonFactory
from tests.queries import fetch, queries_of

pytestmark = pytest.mark.django_db
Verdict = WebLink.Verdict


@pytest.fixture(autouse=True)
def _no_pause(settings):
    settings.LINK_PAUSE = 0


@pytest.fixture
def admin_desk():
    return browser_of(AdminFactory())


def article(*hrefs: str, **fields):
    links = "".join(f'<a href="{href}">words</a>' for href in hrefs)
    return ArticlePageFactory(body=[("rich_text", f"<p>{links}</p>")], **fields)


def looked_after() -> None:
    read_pages()
    read_the_rest()
    check_due()


def link_to(address: str) -> WebLink:
    return WebLink.objects.get(address=address)


def test_every_address_of_a_page_is_found_once_with_its_places(site):
    both = site.address("/both")
    target = ArticlePageFactory(title="Target")
    page = ArticlePageFactory(
        body=[
            ("rich_text", f'<p><a href="{both}">here</a> <a linktype="page" id="{target.pk}">inside</a></p>'),
            ("callout", {"style": "tip", "title": "", "text": f'<p><a href="{both}#part">again</a></p>'}),
            ("call_to_action", {"title": "Go", "text": "", "label": "Go", "page": None, "url": "https://a.example/"}),
            ("embed", {"video": "https://vimeo.com/76979871", "caption": ""}),
        ]
    )
    resource = ResourcePageFactory(link=both, why='<p><a href="mailto:a@example.org">write</a></p>')
    PersonFactory(website="https://person.example/")

    read_pages()
    read_the_rest()

    assert set(WebLink.objects.values_list("address", flat=True)) == {
        both,
        f"page:{target.pk}",
        "https://a.example/",
        "https://vimeo.com/76979871",
        "https://person.example/",
    }
    assert {place.page_id for place in link_to(both).places.all()} == {page.pk, resource.pk}


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (200, Verdict.FINE),
        (404, Verdict.GONE),
        (410, Verdict.GONE),
        (403, Verdict.DOUBTFUL),
        (429, Verdict.DOUBTFUL),
        (401, Verdict.DOUBTFUL),
        (500, Verdict.SHAKY),
        ((301, {"Location": "/new"}, b""), Verdict.MOVED),
        ((302, {"Location": "/new"}, b""), Verdict.FINE),
        ((302, {"Location": "http://169.254.169.254/"}, b""), Verdict.BROKEN),
    ],
)
def test_an_answer_is_judged_by_what_it_surely_says(site, answer, verdict):
    site.answers |= {"/a": answer, "/new": 200}
    article(site.address("/a"))

    looked_after()

    link = link_to(site.address("/a"))
    assert (link.verdict, link.status) == (verdict, WebLink.Status.DONE)
    assert link.next_check_at > timezone.now() + timedelta(hours=23)


def test_a_site_that_refuses_head_is_asked_properly(site):
    site.answers |= {"HEAD /a": 405, "GET /a": 200}
    article(site.address("/a"))

    looked_after()

    assert link_to(site.address("/a")).verdict == Verdict.FINE
    assert site.asked == [("GET", "/robots.txt"), ("HEAD", "/a"), ("GET", "/a")]


def test_what_robots_txt_forbids_is_not_asked(site):
    site.answers |= {"/robots.txt": (200, {}, b"User-agent: *\nDisallow: /closed/"), "/closed/a": 200}
    article(site.address("/closed/a"))

    looked_after()

    assert link_to(site.address("/closed/a")).verdict == Verdict.DOUBTFUL
    assert site.paths() == ["/robots.txt"]


def test_a_site_is_asked_once_in_a_breath(site, settings):
    settings.LINK_PAUSE = 3
    site.answers |= {f"/{n}": 200 for n in range(5)}
    article(*(site.address(f"/{n}") for n in range(5)))

    looked_after()

    assert site.paths() == ["/robots.txt"]
    waiting = WebLink.objects.filter(status=WebLink.Status.WAITING)
    assert {link.attempts for link in waiting} == {0}
    assert waiting.count() == 5


def test_no_private_address_is_ever_asked(guarded_site):
    article(guarded_site.address("/"), "http://169.254.169.254/latest/", "http://2130706433/", "http://[::1]/")

    looked_after()

    assert set(WebLink.objects.values_list("verdict", flat=True)) == {Verdict.BROKEN}
    assert "private address" in link_to("http://2130706433/").words


def test_only_three_days_without_an_answer_make_a_link_broken(site, time_machine):
    start = timezone.now().replace(hour=9)
    site.answers["/a"] = 503
    article(site.address("/a"))
    seen = []
    for hours in (0, 2, 26, 52):
        time_machine.move_to(start + timedelta(hours=hours), tick=False)
        WebLink.objects.filter(status=WebLink.Status.DONE).update(next_check_at=timezone.now())
        reopen_due()
        looked_after()
        seen.append(link_to(site.address("/a")).verdict)
    assert seen == [Verdict.SHAKY, Verdict.SHAKY, Verdict.SHAKY, Verdict.BROKEN]

    site.answers["/a"] = 200
    check_again(link=link_to(site.address("/a")))
    check_due()

    assert link_to(site.address("/a")).verdict == Verdict.FINE
    assert link_to(site.address("/a")).failed_days == 0


def test_links_inside_are_judged_without_a_request(settings, guarded_site):
    settings.BASE_URL = f"http://{guarded_site.host}"
    target, hidden, gone = ArticlePageFactory(), ArticlePageFactory(live=False), ArticlePageFactory()
    Redirect.add_redirect("/old", target)
    inside = [f'<a linktype="page" id="{page.pk}">x</a>' for page in (target, hidden, gone)]
    written = [guarded_site.address(path) for path in (target.url, "/nothing-here/", "/search/", "/old/")]
    page = ArticlePageFactory(
        body=[
            ("heading", {"text": "There it is", "level": "h2"}),
            ("rich_text", "<p>" + "".join(inside) + '<a href="#there-it-is">a</a><a href="#nowhere">b</a></p>'),
            ("rich_text", "".join(f'<p><a href="{address}">x</a></p>' for address in written)),
        ]
    )
    gone_pk = gone.pk
    gone.delete()

    looked_after()

    found = dict(WebLink.objects.values_list("address", "verdict"))
    assert found == {
        f"page:{target.pk}": Verdict.FINE,
        f"page:{hidden.pk}": Verdict.BROKEN,
        f"page:{gone_pk}": Verdict.GONE,
        f"anchor:{page.pk}#there-it-is": Verdict.FINE,
        f"anchor:{page.pk}#nowhere": Verdict.BROKEN,
        written[0]: Verdict.FINE,
        written[1]: Verdict.GONE,
        written[2]: Verdict.FINE,
        written[3]: Verdict.MOVED,
    }


def test_unpublishing_a_page_lets_links_to_it_be_judged_anew_and_forgets_its_own(site):
    target = article(site.address("/a"))
    page = ArticlePageFactory(body=[("rich_text", f'<p><a linktype="page" id="{target.pk}">x</a></p>')])
    looked_after()
    assert link_to(f"page:{target.pk}").verdict == Verdict.FINE

    target.unpublish()
    reopen_due()
    looked_after()

    assert [link.address for link in broken_links_of(page)] == [f"page:{target.pk}"]
    assert not WebLink.objects.filter(address=site.address("/a")).exists()


def test_publishing_never_fails_because_of_links(monkeypatch, django_capture_on_commit_callbacks):
    page = article("https://a.example/")
    monkeypatch.setattr("home.links.receivers.publish", lambda *args, **kwargs: 1 / 0)

    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()

    tend_links()
    assert LinkPlace.objects.filter(page=page.pk).count() == 1


def test_a_link_whose_worker_was_killed_goes_back_and_is_checked(site):
    site.answers["/a"] = 200
    article(site.address("/a"))
    read_pages()
    link = link_to(site.address("/a"))
    claim(WebLink, link.pk)
    WebLink.objects.update(lease_until=timezone.now() - timedelta(minutes=1))

    sweep()
    check_due()

    link.refresh_from_db()
    assert (link.verdict, link.status) == (Verdict.FINE, WebLink.Status.DONE)


def test_the_desk_and_the_editor_know_of_broken_links_until_they_are_left_aside(site):
    page = article(site.address("/gone"))
    looked_after()
    editor = AdminFactory()

    assert "there is no such page" in findings_of([page])[page.pk][-1].advice
    assert [line.title for line in need(editor).lines] == [page.title]

    leave_aside(link=link_to(site.address("/gone")), because="Back next week")

    assert broken_links_of(page) == []
    assert not [one for one in findings_of([page]).get(page.pk, []) if "leads nowhere" in one.what]
    assert need(editor).lines == []


def test_the_report_shows_filters_exports_and_lets_a_link_be_checked_again(site, admin_desk):
    article(site.address("/gone"), site.address("/fine"), title="An article")
    site.answers["/fine"] = 200
    looked_after()

    listed = admin_desk.get(reverse("links:index"), {"verdict": "gone"}).content.decode()
    assert site.address("/gone") in listed
    assert site.address("/fine") not in listed
    exported = admin_desk.get(reverse("links:index"), {"export": "csv"})
    assert "An article" in b"".join(exported.streaming_content).decode()
    link = link_to(site.address("/gone"))
    assert admin_desk.post(link.admin_url(), {"wish": "aside", "because": ""}).status_code == 422
    site.answers["/gone"] = 200
    admin_desk.post(link.admin_url(), {"wish": "check"})
    check_due()
    assert link_to(site.address("/gone")).verdict == Verdict.FINE
    assert b"An article" in admin_desk.get(link.admin_url()).content


def test_the_report_costs_the_same_for_ten_times_the_links(site, admin_desk):
    report = fetch(reverse("links:index"), admin_desk)
    article(site.address("/0"))
    read_pages()
    few = len(queries_of(report))
    article(*(site.address(f"/{n}") for n in range(10)))
    read_pages()

    assert len(queries_of(report)) == few


def test_the_report_is_for_those_who_edit_pages():
    assert browser_of(UserFactory()).get(reverse("links:index")).status_code == 302
