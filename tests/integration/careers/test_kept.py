"""What a browser kept without an account: shown first, taken once."""

from __future__ import annotations

from itertools import permutations

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers import actions
from careers.models import ArticlePage, Completion, ReadingProgress, ReadingSession
from careers.progress import merging
from careers.selectors import path_progress
from tests.factories.accounts import PersonFactory, browser_of
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory, ResourcePageFactory
from tests.factories.kept import AN_HOUR_AGO, PAGE, PREVIEW, TAKE, kept, marked, read, row, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return PersonFactory()


@pytest.fixture
def browser(person):
    return browser_of(person)


def ledger(person):
    sessions = ReadingSession.objects.filter(progress__person=person).order_by("progress__page_id", "key")
    return (
        sorted(Completion.objects.of(person).values_list("page_id", flat=True)),
        list(sessions.values_list("progress__page_id", "key", "seconds", "first", "share")),
    )


# Shown before it happens ---------------------------------------------------------------------------------------


def test_the_preview_says_what_an_account_would_gain_and_writes_nothing(browser, person):
    one, two, three, four = ArticlePageFactory.create_batch(4)
    resource = ResourcePageFactory()
    text = kept(read(one), read(two), marked(three), row(four, seconds=5, share=0.3), row(resource, opened=AN_HOUR_AGO))

    shown = send(browser, PREVIEW, text)

    assert "2 articles read to their end" in shown
    assert "1 page marked as done" in shown
    assert "1 article begun" in shown
    assert "1 resource opened" in shown
    assert not ReadingProgress.objects.exists()
    assert not Completion.objects.exists()


def test_what_the_account_has_already_is_not_offered(browser, person):
    article = ArticlePageFactory()
    actions.mark_done(person=person, page=article)

    assert "has all of it already" in send(browser, PREVIEW, kept(marked(article)))


def test_taking_it_completes_the_steps_of_a_path(browser, person):
    one, two = ArticlePageFactory.create_batch(2)
    path = LearningPathPageFactory(stages=[[one, two]])

    assert "It is in your account now" in send(browser, TAKE, kept(read(one), marked(two)))

    assert path_progress(person, path).done == 2
    hows = dict(Completion.objects.values_list("page_id", "how"))
    assert hows == {one.pk: Completion.How.READ, two.pk: Completion.How.MARKED}


def test_a_resource_that_was_opened_is_known_to_be(browser):
    send(browser, TAKE, kept(row(ResourcePageFactory(), opened=AN_HOUR_AGO)))

    assert ReadingProgress.objects.get().opened_at


def test_jumping_to_the_end_without_an_account_is_not_reading_either(browser):
    send(browser, TAKE, kept(row(ArticlePageFactory(), seconds=2, share=1)))

    assert not Completion.objects.exists()


def test_what_was_taken_back_is_not_brought_back_by_what_an_old_browser_says(browser, person):
    article = ArticlePageFactory()
    text = kept(marked(article, seconds=60, share=1))
    send(browser, TAKE, text)
    actions.undo(person=person, page=article)

    send(browser, TAKE, text)

    assert not Completion.objects.exists()


# Once is twice, in any order -----------------------------------------------------------------------------------


def test_taking_it_twice_is_taking_it_once(browser, person):
    text = kept(read(ArticlePageFactory()), marked(ArticlePageFactory()))
    send(browser, TAKE, text)
    once = ledger(person)

    assert "had all of it already" in send(browser, TAKE, text)
    assert ledger(person) == once


kept_rows = st.fixed_dictionaries(
    {
        "page": st.integers(0, 2),
        "seconds": st.integers(0, 60),
        "share": st.sampled_from([0.3, 1]),
        "marked": st.booleans(),
    }
)
devices = st.lists(st.lists(kept_rows, max_size=3, unique_by=lambda one: one["page"]), min_size=1, max_size=3)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(devices)
def test_devices_merge_to_the_same_in_any_order_and_however_often(devices):
    pages = list(ArticlePage.objects.order_by("pk")[:3]) or ArticlePageFactory.create_batch(3)
    texts = [
        kept(*[_row_of(device, pages, said) for said in rows]) for device, rows in zip("abc", devices, strict=False)
    ]

    ends = []
    for order in list(permutations(texts))[:3]:
        person = PersonFactory()
        for text in [*order, *order]:
            merging.take(person, merging.read_kept(text))
        ends.append(ledger(person))
        assert [merging.take(person, merging.read_kept(text)) for text in order] == [0] * len(order)

    assert all(end == ends[0] for end in ends)


def _row_of(device: str, pages, said):
    extra = {"marked": AN_HOUR_AGO} if said["marked"] else {}
    return row(pages[said["page"]], key=device, seconds=said["seconds"], share=said["share"], **extra)


# Who -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", [PREVIEW, TAKE])
def test_a_visitor_signs_in_first(url, client):
    response = client.post(url, {"kept": kept(), "next": PAGE})

    assert response["Location"] == f"/accounts/login/?next={PAGE}"


def test_the_page_tells_a_visitor_what_an_account_is_for(client):
    assert "Make an account" in client.get(PAGE).content.decode()


def test_without_scripts_the_page_says_why_it_is_empty(browser):
    assert "This page needs JavaScript" in browser.get(PAGE).content.decode()


def test_a_visitor_is_offered_to_keep_it_in_the_browser_and_the_offer_waits_for_a_script(client):
    shown = client.get(reverse("careers:page_fragment", args=[ArticlePageFactory().pk])).content.decode()

    assert "Mark as done (kept in this browser)" in shown
    assert "data-keeping hidden" in shown


def test_it_costs_the_same_to_preview_many(browser, person, django_assert_max_num_queries):
    rows = [read(article) for article in ArticlePageFactory.create_batch(12)]

    with django_assert_max_num_queries(12):
        merging.preview(person, merging.read_kept(kept(*rows)))


def test_taking_fails_as_a_whole_or_not_at_all(person, monkeypatch):
    one, two = ArticlePageFactory.create_batch(2)
    marks = []

    def second_fails(**values):
        marks.append(values)
        if len(marks) == 2:
            raise RuntimeError("the database is gone")
        return actions.mark_done(**values)

    monkeypatch.setattr("careers.progress.reading_section.mark_done", second_fails)
    with pytest.raises(RuntimeError):
        merging.take(person, merging.read_kept(kept(marked(one), marked(two))))

    assert not Completion.objects.exists()
