"""What editors do about what readers said."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from careers.feedback import REOPENED, RESOLVED, answer_feedback, give_feedback, resolve_feedback
from careers.models import Feedback
from home.models import ContentPage
from jobs.models import Mail, Notice
from tests.factories.accounts import PersonFactory, browser_of
from tests.factories.careers import ArticlePageFactory, FeedbackFactory

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/feedback/"


@pytest.fixture
def editor():
    return PersonFactory(name="Ines Editor", groups=["Editors"])


@pytest.fixture
def given():
    return FeedbackFactory(person__email="amara@example.org", helpful=False, sentence="Where are the templates?")


def desk(feedback) -> str:
    return f"{REPORT}{feedback.pk}/"


def test_an_editor_answers_and_the_person_is_told_by_one_mail(editor, given):
    response = browser_of(editor).post(desk(given), {"answer": "They are below the article now."})

    assert response["Location"] == desk(given)
    given.refresh_from_db()
    assert (given.answer, given.answered_by) == ("They are below the article now.", editor)
    mail = Mail.objects.get(recipient="amara@example.org")
    assert "They are below the article now." in mail.text
    assert reverse("careers:feedback", args=[given.page_id]) in mail.text


def test_a_corrected_answer_tells_nobody_twice_and_an_answer_to_new_words_does(editor, given):
    answer_feedback(feedback=given, answer="Their are below.", editor=editor)
    answer_feedback(feedback=given, answer="They are below.", editor=editor)
    assert Mail.objects.count() == 1

    again = give_feedback(page=given.page, helpful=True, sentence="Found them.", person=given.person)
    answer_feedback(feedback=again, answer="Splendid.", editor=editor)
    assert Mail.objects.count() == 2


def test_somebody_with_access_to_the_admin_is_told_there_too(editor):
    given = FeedbackFactory(person=PersonFactory(groups=["Editors"]))
    answer_feedback(feedback=given, answer="Done.", editor=editor)
    assert (Notice.objects.get().recipient, Mail.objects.count()) == (given.person, 1)


def test_a_reader_without_an_account_is_answered_on_the_page(editor):
    browser, article = Client(), ArticlePageFactory()
    address = reverse("careers:feedback", args=[article.pk])
    browser.post(address, {"helpful": "no", "sentence": "Too long."})

    answer_feedback(feedback=Feedback.objects.get(), answer="It is shorter now.", editor=editor)

    assert "It is shorter now." in browser.get(address).content.decode()
    assert "It is shorter now." not in Client().get(address).content.decode()
    assert not Mail.objects.exists()


def test_the_person_sees_the_answer_beneath_their_own_words(editor, given):
    answer_feedback(feedback=given, answer="Look <b>below</b>.", editor=editor)
    own = browser_of(given.person)
    for name in ("careers:feedback", "careers:feedback_fragment"):
        page = own.get(reverse(name, args=[given.page_id])).content.decode()
        assert "Look &lt;b&gt;below&lt;/b&gt;." in page
        assert "Ines" not in page


def test_an_editor_resolves_and_reopens_and_the_log_knows_who(editor, given):
    browser = browser_of(editor)

    browser.post(f"{desk(given)}resolve/")
    browser.post(f"{desk(given)}resolve/")
    given.refresh_from_db()
    assert (given.is_open, given.resolved_by) == (False, editor)
    assert "Resolved on" in browser.get(desk(given)).content.decode()

    browser.post(f"{desk(given)}reopen/")
    given.refresh_from_db()
    assert (given.is_open, given.resolved_by) == (True, None)
    entries = ModelLogEntry.objects.filter(user=editor).order_by("timestamp", "pk")
    assert list(entries.values_list("action", flat=True)) == [RESOLVED, REOPENED]


def test_what_was_resolved_is_open_again_when_the_person_says_something_new(editor, given):
    resolve_feedback(feedback=given, editor=editor)
    give_feedback(page=given.page, helpful=True, sentence=None, person=given.person)
    given.refresh_from_db()
    assert given.is_open


@pytest.mark.parametrize(
    ("answer", "message"),
    [("", "Write a sentence or two"), ("x" * 1001, "at most 1000"), ("a\x00b", "Null characters")],
)
def test_a_wrong_answer_is_explained_and_not_stored(answer, message, editor, given):
    response = browser_of(editor).post(desk(given), {"answer": answer})
    assert response.status_code == 422
    assert message in response.content.decode()
    given.refresh_from_db()
    assert given.answered_at is None


@pytest.mark.parametrize("pk", [987_654, 10**30])
def test_what_is_not_there_cannot_be_answered(pk, editor):
    browser = browser_of(editor)
    answers = [
        browser.get(f"{REPORT}{pk}/"),
        browser.post(f"{REPORT}{pk}/resolve/"),
        browser.post(f"{REPORT}{pk}/reopen/"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_only_those_who_may_change_it_answer(given):
    outsider = browser_of(PersonFactory(groups=["Video producers"]))
    for address in (desk(given), f"{desk(given)}resolve/", f"{desk(given)}reopen/"):
        assert outsider.post(address, {"answer": "No."}).status_code == 302
    given.refresh_from_db()
    assert (given.answer, given.is_open) == ("", True)


def test_a_get_changes_nothing(editor, given):
    browser = browser_of(editor)
    assert [browser.get(f"{desk(given)}{verb}/").status_code for verb in ("resolve", "reopen")] == [405, 405]


def test_what_a_reader_wrote_is_shown_as_they_wrote_it(editor):
    given = FeedbackFactory(sentence="<img src=x onerror=alert(1)>")
    browser = browser_of(editor)
    for address in (desk(given), REPORT):
        page = browser.get(address).content.decode()
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page


def test_the_list_says_how_many_found_a_page_helpful(editor, given):
    FeedbackFactory.create_batch(2, page=given.page)
    assert browser_of(editor).get(REPORT).content.decode().count("2 of 3") == 3


def test_the_list_can_be_narrowed(editor, given):
    answered = FeedbackFactory(sentence="Resolved one")
    resolve_feedback(feedback=answered, editor=editor)
    browser = browser_of(editor)

    def listed(**filters) -> list[bool]:
        page = browser.get(REPORT, filters).content.decode()
        return ["Where are the templates?" in page, "Resolved one" in page]

    assert listed(state="open") == [True, False]
    assert listed(state="resolved") == [False, True]
    assert listed(page=given.page_id) == [True, False]
    ContentPage.areas.through.objects.filter(contentpage=given.page).delete()
    assert listed(area=answered.page.areas.first().pk) == [False, True]
    assert listed(state="nonsense", page="nonsense", area="nonsense") == [True, True]


def test_the_database_keeps_an_answer_and_its_time_together(given):
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.filter(pk=given.pk).update(answer="When?")
