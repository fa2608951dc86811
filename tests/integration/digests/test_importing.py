"""Taking over another list in the admin: looked at first, then taken; nobody is brought back who left."""

from __future__ import annotations

from itertools import count

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.groups import DIGEST_EDITORS, EDITORS
from digests.models import ConsentReceipt, Subscriber, SubscriberImport
from digests.subscribers.erasing import erase
from digests.subscribers.importing import Verdict, take
from digests.subscribers.lists import read
from tests.factories.accounts import PersonFactory, browser_of
from tests.factories.digests import SubscriberFactory, marketplace
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
PAGE = "/admin/subscriber-import/"
FAIR = "Ticked the box at the fair in May."


def verdicts(text: str, *, consent: str = FAIR, write: bool = False) -> list[Verdict]:
    return [result.verdict for result in take(read(text.encode()), consent=consent, write=write)]


@pytest.fixture
def editor():
    return browser_of(PersonFactory(groups=[DIGEST_EDITORS]))


def send(client: Client, text: str, consent: str = FAIR):
    return client.post(PAGE, {"file": SimpleUploadedFile("list.csv", text.encode()), "consent": consent})


def test_a_file_is_looked_at_first_and_taken_with_a_second_button(editor, mailoutbox):
    looked = send(editor, "email,areas\nme@example.org,marketplace\nwrong\n")
    assert not Subscriber.objects.exists()
    page = editor.get(looked.url)
    assert page.context["to_take"] == 1
    assert "Enter an e-mail address" in page.content.decode()

    editor.post(looked.url)

    [subscriber] = Subscriber.objects.all()
    assert subscriber.status == Subscriber.Status.CONFIRMED
    assert subscriber.next_due_at
    assert [area.slug for area in subscriber.areas.all()] == ["marketplace"]
    [receipt] = subscriber.receipts.all()
    assert (receipt.event, receipt.text, receipt.place) == (ConsentReceipt.Event.IMPORTED, FAIR, "import")
    assert not mailoutbox
    kept = SubscriberImport.objects.get()
    assert (bytes(kept.data), kept.taken) == (b"", 1)
    assert editor.post(looked.url).status_code == 404


def test_nobody_who_is_known_is_changed_by_a_file():
    SubscriberFactory(email="stands@example.org")
    SubscriberFactory(email="waits@example.org", pending=True)
    SubscriberFactory(email="left@example.org", left=True)
    SubscriberFactory(email="complained@example.org", suppressed=True)
    erase(subscriber=SubscriberFactory(email="forgotten@example.org", suppressed=True))
    names = ["stands", "waits", "left", "complained", "forgotten", "new"]
    text = "email\n" + "\n".join(f"{name}@example.org" for name in names)
    before = dict(Subscriber.objects.values_list("email", "status"))

    found = verdicts(text, write=True)

    assert found == [
        Verdict.STANDS,
        Verdict.WAITING,
        Verdict.LEFT,
        Verdict.SUPPRESSED,
        Verdict.SUPPRESSED,
        Verdict.TAKEN,
    ]
    after = dict(Subscriber.objects.values_list("email", "status"))
    assert after == before | {"new@example.org": Subscriber.Status.CONFIRMED}


def test_a_file_that_is_taken_twice_takes_nobody_twice():
    assert verdicts("email\nme@example.org\n", write=True) == [Verdict.TAKEN]
    assert verdicts("email\nme@example.org\n", write=True) == [Verdict.STANDS]
    assert ConsentReceipt.objects.count() == 1


def test_nobody_is_subscribed_without_a_word_on_consent():
    assert verdicts("email\nme@example.org\n", consent="") == [Verdict.REFUSED]
    assert verdicts("email,consent\nme@example.org,Asked by mail\n", consent="") == [Verdict.TAKEN]


def test_an_area_that_does_not_exist_is_named_with_those_that_do():
    marketplace()
    [result] = take(read(b"email,areas\nme@example.org,cooking\n"), consent=FAIR, write=False)

    assert result.verdict == Verdict.REFUSED
    assert "cooking" in result.words
    assert "marketplace" in result.words


def test_a_subscription_belongs_to_the_person_who_has_proved_the_address():
    person = PersonFactory(email="me@example.org")

    verdicts("email\nme@example.org\n", write=True)

    assert Subscriber.objects.get().person == person


def test_ten_times_the_lines_cost_no_more_queries():
    numbers = count()

    def take_new(lines: int) -> None:
        verdicts("email\n" + "\n".join(f"a{next(numbers)}@example.org" for _line in range(lines)), write=True)

    assert len(queries_of(lambda: take_new(40))) == len(queries_of(lambda: take_new(4)))


@pytest.mark.parametrize(("group", "status"), [(DIGEST_EDITORS, 200), (EDITORS, 302)])
def test_only_who_looks_after_the_digest_may_import(group, status):
    assert browser_of(PersonFactory(groups=[group])).get(PAGE).status_code == status


def test_what_is_no_list_is_explained_beside_the_field(editor):
    answer = editor.post(PAGE, {"file": SimpleUploadedFile("x.csv", b"\x00\x01"), "consent": FAIR})
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not SubscriberImport.objects.exists()


def test_the_export_can_be_imported_again(editor):
    SubscriberFactory(email="me@example.org", rhythm="monthly", month_day=31)
    answer = editor.get("/admin/subscribers/?export=csv")
    text = b"".join(answer.streaming_content).decode()
    Subscriber.objects.all().delete()

    assert verdicts(text, write=True) == [Verdict.TAKEN]

    again = Subscriber.objects.get()
    assert (again.rhythm, again.month_day, again.area_slugs) == ("monthly", 31, "marketplace")
