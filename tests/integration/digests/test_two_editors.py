"""Two editors have the same edition open: what the first did is not undone by the older page of the second."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from digests.editions.actions import in_order
from digests.models import DigestSettings, Edition, EditionItem
from tests.factories.accounts import PersonFactory, browser_of
from tests.factories.digests import new_article
from tests.factories.editions import edition_with
from tests.factories.home import HomePageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    HomePageFactory()
    return edition_with(*(new_article(title=title) for title in ("Third", "Second", "First")))


@pytest.fixture
def hannah():
    return Editor(PersonFactory(name="Hannah Sinclair", groups=["Digest editors"]))


@pytest.fixture
def amara():
    return Editor(PersonFactory(name="Amara Okonjo", groups=["Digest editors", "Moderators"]))


def address(edition, *rest):
    return "/".join(["/admin/editions/edit", str(edition.pk), *rest]) + "/"


class Editor:
    """Somebody with the edition open in a browser, who presses the buttons of that page, however old it is."""

    def __init__(self, person):
        self.browser = browser_of(person)

    def open(self, edition):
        self.page = self.browser.get(address(edition)).content.decode()
        self.seen = re.search(r'name="seen" value="(\d+)"', self.page)[1]
        self.edition = edition

    def press(self, *rest, **data):
        answer = self.browser.post(address(self.edition, *rest), {"seen": self.seen, **data}, follow=True)
        return unescape(answer.content.decode())

    def write(self, words):
        block = {"text": words, "type": "unstyled", "key": "a", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
        return self.press("note", note=json.dumps({"blocks": [block], "entityMap": {}}))

    def change(self, item, change):
        return self.press("items", str(item.pk), change=change)

    def move(self, item, place):
        url = re.search(r'orderable-url-value="([^"]+)"', self.page)[1].replace("999999", str(item.pk))
        return self.browser.post(f"{url}?position={place}")


def titles(edition):
    return [item.page.title for item in in_order(edition)]


def open_both(edition, *editors):
    for editor in editors:
        editor.open(edition)


def test_the_second_note_does_not_take_the_place_of_the_first_and_both_are_shown(edition, hannah, amara):
    open_both(edition, hannah, amara)

    hannah.write("Meet us on Thursday")
    answer = amara.write("A word on salaries")

    assert "Meet us on Thursday" in Edition.objects.get().note
    assert "Hannah Sinclair wrote another note at" in answer
    assert answer.count("Meet us on Thursday") == 1
    assert "A word on salaries" in answer
    assert "The note is kept." not in answer


def test_having_seen_both_the_second_keeps_what_came_of_them(edition, hannah, amara):
    open_both(edition, hannah, amara)
    hannah.write("Meet us on Thursday")
    answer = amara.write("A word on salaries")

    amara.seen = re.search(r'name="seen" value="(\d+)"', answer)[1]
    answer = amara.write("Meet us on Thursday, with a word on salaries")

    assert "The note is kept." in answer
    assert "with a word on salaries" in Edition.objects.get().note


def test_a_note_that_is_too_long_comes_back_as_it_was_written(edition, hannah):
    hannah.open(edition)

    answer = hannah.write(f"Meet us on Thursday {'x' * 1300}")

    assert "Meet us on Thursday" in answer
    assert "nothing was kept" in answer
    assert Edition.objects.get().note == ""


def test_a_note_leaves_the_pins_and_the_order_alone_that_came_after_its_page_was_opened(edition, hannah, amara):
    newest, _middle, oldest = in_order(edition)
    open_both(edition, hannah, amara)

    hannah.change(oldest, "pin")
    hannah.change(newest, "leave-out")
    answer = amara.write("A word on salaries")

    assert "The note is kept." in answer
    assert titles(edition)[0] == oldest.page.title
    assert EditionItem.objects.get(left_out=True) == newest


@pytest.mark.parametrize(("first", "second"), [("leave-out", "pin"), ("pin", "leave-out"), ("pin", "unpin")])
def test_what_the_first_decided_about_a_page_is_not_turned_round_unseen(edition, hannah, amara, first, second):
    item = in_order(edition)[1]
    if second == "unpin":
        EditionItem.objects.filter(pk=item.pk).update(left_out=True)
    open_both(edition, hannah, amara)

    hannah.change(item, first)
    answer = amara.change(item, second)

    item.refresh_from_db()
    assert (item.pinned, item.left_out) == (first == "pin", first == "leave-out")
    assert "Hannah Sinclair was quicker" in answer
    amara.open(edition)
    assert "was quicker" not in amara.change(item, second)


def test_two_who_want_the_same_or_care_for_different_pages_are_not_in_each_others_way(edition, hannah, amara):
    one, other, _third = in_order(edition)
    open_both(edition, hannah, amara)

    hannah.change(one, "pin")
    answers = [amara.change(one, "pin"), amara.change(other, "leave-out")]

    assert not [answer for answer in answers if "was quicker" in answer]
    assert (EditionItem.objects.get(pinned=True), EditionItem.objects.get(left_out=True)) == (one, other)


def test_a_place_in_a_list_that_is_no_more_is_refused_and_the_reason_stands_on_the_page(edition, hannah, amara):
    newest, middle, oldest = in_order(edition)
    open_both(edition, hannah, amara)

    assert hannah.move(oldest, 0).json() == {"success": True}
    order = titles(edition)
    refused = amara.move(newest, 2)

    assert (refused.status_code, titles(edition)) == (409, order)
    assert "Hannah Sinclair was quicker" in unescape(amara.browser.get(address(edition)).content.decode())
    assert hannah.move(middle, 0).status_code == 200


def test_a_page_that_was_left_out_is_not_added_by_who_did_not_see_it(edition, hannah, amara):
    item = in_order(edition)[0]
    open_both(edition, hannah, amara)

    hannah.change(item, "leave-out")
    answer = amara.press("add", page=str(item.page_id))

    item.refresh_from_db()
    assert item.left_out
    assert "Hannah Sinclair was quicker" in answer


def test_nobody_approves_what_they_have_not_seen(edition, hannah, amara):
    DigestSettings.objects.create(needs_approval=True)
    open_both(edition, hannah, amara)

    hannah.write("Meet us on Thursday")
    answer = amara.press("approve")

    assert Edition.objects.get().approved_at is None
    assert "Note written" in answer
    amara.open(edition)
    amara.move(in_order(edition)[2], 0)
    assert "Approved as it is now" in amara.press("approve")


def test_a_number_that_is_none_counts_as_having_seen_nothing(edition, hannah, amara):
    item = in_order(edition)[0]
    open_both(edition, hannah, amara)
    hannah.change(item, "leave-out")

    for seen in ("", "²", "-1", "9" * 5000):
        amara.seen = seen
        assert "was quicker" in amara.change(item, "pin")


def test_what_was_done_stands_in_the_history_with_who_did_it(edition, hannah):
    hannah.open(edition)
    hannah.write("Meet us on Thursday")

    history = hannah.browser.get(f"/admin/editions/history/{edition.pk}/").content.decode()

    assert "Note written" in history
    assert "Hannah Sinclair" in history
