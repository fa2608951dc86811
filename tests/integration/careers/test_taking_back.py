"""The person may always undo: what was before counts no more, their own word always does."""

from __future__ import annotations

import pytest

from careers import actions
from careers.models import Completion, Withdrawal
from careers.progress import rules
from careers.progress.rules import Verdict
from careers.progress.withdrawals import taken_back_at
from home.models import ContentKind
from tests.factories.accounts import PersonFactory
from tests.factories.careers import ArticlePageFactory
from tests.factories.masterclasses import MasterclassPageFactory, PartPageFactory

pytestmark = pytest.mark.django_db


class Ledger:
    """A ledger that says what the test wants it to say."""

    heeds_withdrawals = True

    def __init__(self) -> None:
        self.complete = False

    def judge(self, person, page):
        return Verdict(self.complete, "Because.", "read")

    def known_pairs(self):
        return ()


@pytest.fixture
def ledger(monkeypatch):
    ledger = Ledger()
    monkeypatch.setitem(rules._rules, str(ContentKind.ARTICLE), ledger)
    return ledger


@pytest.fixture
def person():
    return PersonFactory()


@pytest.fixture
def article():
    return ArticlePageFactory()


def complete(person, article):
    return actions.complete(person=person, page=article, how=Completion.How.READ)


def is_done(person, article) -> bool:
    return Completion.objects.filter(person=person, page=article.pk).exists()


def test_what_was_taken_back_is_not_completed_by_the_same_ledger(person, article, ledger):
    complete(person, article)
    actions.undo(person=person, page=article)

    assert complete(person, article) is None
    assert not is_done(person, article)
    assert taken_back_at(person, article.pk)


def test_what_was_taken_back_is_complete_again_when_the_ledger_since_then_says_so(person, article, ledger):
    complete(person, article)
    actions.undo(person=person, page=article)

    ledger.complete = True

    assert complete(person, article)
    assert not Withdrawal.objects.exists()


def test_a_rule_that_does_not_heed_withdrawals_completes_nothing_again(person, article, ledger):
    ledger.heeds_withdrawals, ledger.complete = False, True
    complete(person, article)
    actions.undo(person=person, page=article)

    assert complete(person, article) is None


def test_the_persons_own_word_outweighs_what_was_taken_back(person, article, ledger):
    complete(person, article)
    actions.undo(person=person, page=article)

    actions.mark_done(person=person, page=article)

    assert is_done(person, article)
    assert taken_back_at(person, article.pk) is None


def test_taking_back_what_was_not_done_leaves_no_trace(person, article):
    assert not actions.undo(person=person, page=article)
    assert not Withdrawal.objects.exists()


def test_what_one_person_takes_back_concerns_nobody_else(person, article, ledger):
    complete(person, article)
    actions.undo(person=person, page=article)

    other = PersonFactory()

    assert complete(other, article)


def test_a_masterclass_that_lapsed_with_its_part_comes_back_with_it():
    person, series = PersonFactory(), MasterclassPageFactory()
    part = PartPageFactory(parent=series)
    actions.mark_done(person=person, page=part)
    actions.undo(person=person, page=part)
    assert list(Withdrawal.objects.values_list("page_id", flat=True)) == [part.pk]

    actions.mark_done(person=person, page=part)

    assert is_done(person, series)
