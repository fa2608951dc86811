"""A notice is told once, in the transaction of what it tells, and by a mail that reads well."""

from __future__ import annotations

import html.parser

import pytest
from django.db import transaction

from jobs.models import Mail, Notice
from jobs.notices import mark_read, notify
from tests.factories.accounts import PersonFactory
from tests.factories.jobs import NoticeFactory

pytestmark = pytest.mark.django_db


def tell(person, **changes):
    words = {"subject": person, "event": "ready", "recipient": person, "title": "Your video is ready"}
    return notify(**{**words, **changes})


def test_telling_ten_times_tells_once_and_mails_once(sent, django_capture_on_commit_callbacks):
    person = PersonFactory()
    with django_capture_on_commit_callbacks(execute=True):
        answers = [tell(person) for _time in range(10)]
    assert [bool(answer) for answer in answers] == [True] + [False] * 9
    assert (Notice.objects.count(), Mail.objects.count()) == (1, 1)
    assert sent == [("jobs.deliver_mail", (Mail.objects.get().pk,))]


def test_another_person_event_or_subject_is_told_too():
    ann, bob = PersonFactory.create_batch(2)
    assert all([tell(ann), tell(ann, recipient=bob), tell(ann, event="failed"), tell(ann, subject=bob)])
    assert Notice.objects.count() == 4


def test_a_change_that_is_rolled_back_tells_nobody(sent, django_capture_on_commit_callbacks):
    person = PersonFactory()

    @transaction.atomic
    def change() -> None:
        tell(person)
        raise RuntimeError("the change failed")

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
        change()
    assert (Notice.objects.count(), Mail.objects.count(), sent) == (0, 0, [])
    assert tell(person)


def test_a_repeat_inside_a_transaction_leaves_the_transaction_usable():
    person = PersonFactory()
    with transaction.atomic():
        tell(person)
        tell(person)
        PersonFactory()
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("changes", [{"is_active": False}, {"email": ""}])
def test_who_cannot_get_mail_gets_the_notice_alone(changes):
    person = PersonFactory()
    for name, value in changes.items():
        setattr(person, name, value)
    assert tell(person)
    assert Mail.objects.count() == 0


def test_a_notice_can_do_without_mail():
    assert tell(PersonFactory(), by_mail=False)
    assert Mail.objects.count() == 0


def test_the_mail_says_it_in_text_and_html_with_links_to_the_public_address(settings):
    settings.BASE_URL = "https://portal.example.org"
    tell(PersonFactory(name="Ann Lee"), message="Two minutes, three sizes.", url="/admin/media/3/")
    mail = Mail.objects.get()
    for form in (mail.text, mail.html):
        assert "Hello Ann" in form
        assert "Two minutes, three sizes." in form
        assert "https://portal.example.org/admin/media/3/" in form
    assert mail.subject == "Your video is ready"


def test_words_of_others_are_printed_literally():
    tell(PersonFactory(name="<b>Ann</b>"), title="<script>{{ 7*7 }}</script> & co", message="a < b & c")
    mail = Mail.objects.get()
    assert "<script>" not in mail.html
    assert "a &lt; b &amp; c" in mail.html
    assert "a < b & c" in mail.text
    assert "{{ 7*7 }}" in mail.text


class Shape(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def test_the_mail_has_what_mail_clients_and_readers_need():
    tell(PersonFactory(), message="word " * 2000, url="/")
    text = Mail.objects.get().html
    shape = Shape()
    shape.feed(text)
    tables = [attributes for tag, attributes in shape.tags if tag == "table"]
    assert tables
    assert all(attributes.get("role") == "presentation" for attributes in tables)
    assert next(attributes for tag, attributes in shape.tags if tag == "html")["lang"]
    assert not [tag for tag, _attributes in shape.tags if tag in {"script", "img", "link"}]
    assert "prefers-color-scheme: dark" in text
    assert len(text.encode()) < 102_000  # Gmail clips what is longer


def test_only_unread_notices_are_marked_read():
    person = PersonFactory()
    NoticeFactory.create_batch(3, recipient=person)
    assert mark_read(person.notices.all()) == 3
    first = person.notices.first().read_at
    assert mark_read(person.notices.all()) == 0
    assert person.notices.first().read_at == first
