"""`manage.py progress verify`: what follows from the ledger is what is recorded, or the command says where not."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from careers import actions
from careers.models import Completion, Enrolment, ReadingProgress, ReadingSession, Withdrawal
from careers.progress.verifying import verify
from tests.factories.accounts import PersonFactory
from tests.factories.careers import ArticlePageFactory, EnrolmentFactory, LearningPathPageFactory, body_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return PersonFactory()


def was_read(person, page, *, seconds: float = 600) -> ReadingProgress:
    """What the ledger holds of somebody who read the page, without what should follow from it."""
    now = timezone.now()
    progress = ReadingProgress.objects.create(person=person, page_id=page.pk, seconds=seconds, share=1)
    ReadingSession.objects.create(
        progress=progress,
        key="a" * 32,
        started_at=now - timedelta(seconds=seconds),
        heard_at=now,
        seconds=seconds,
        first=0,
        share=1,
    )
    return progress


def run(capsys, *arguments: str) -> tuple[int, list[dict]]:
    try:
        call_command("progress", "verify", "--json", *arguments)
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def drift(said: dict) -> dict:
    return {kind: pairs for kind, pairs in said["drift"].items() if pairs}


def test_without_drift_the_command_ends_well_and_says_what_it_looked_at(person, capsys):
    article = ArticlePageFactory()
    was_read(person, article)
    actions.complete(person=person, page=article, how=Completion.How.READ)

    code, [said] = run(capsys)

    assert (code, said["total"]) == (0, 0)
    assert said["checked"]["missing"] == said["checked"]["unfounded"] == said["checked"]["sums"] == 1


def test_a_page_that_was_read_and_not_completed_is_missing_and_can_be_repaired(person, capsys):
    article = ArticlePageFactory()
    was_read(person, article)

    code, [said] = run(capsys)
    assert (code, drift(said)) == (1, {"missing": [[person.pk, article.pk]]})

    code, [before, after] = run(capsys, "--repair")
    assert (code, before["total"], after["total"]) == (0, 1, 0)
    assert Completion.objects.get().how == Completion.How.READ


def test_what_was_taken_back_is_not_missing(person, capsys):
    article = ArticlePageFactory()
    was_read(person, article)
    actions.complete(person=person, page=article, how=Completion.How.READ)
    actions.undo(person=person, page=article)

    assert run(capsys)[0] == 0


def test_a_completion_that_the_ledger_knows_nothing_of_is_unfounded_and_stays(person, capsys):
    article = ArticlePageFactory()
    Completion.objects.create(person=person, page_id=article.pk, how=Completion.How.READ)

    code, [_before, after] = run(capsys, "--repair")

    assert (code, drift(after)) == (1, {"unfounded": [[person.pk, article.pk]]})
    assert Completion.objects.exists()


def test_a_persons_own_word_needs_no_ledger(person, capsys):
    actions.mark_done(person=person, page=ArticlePageFactory())

    assert run(capsys)[0] == 0


def test_an_article_that_grew_is_no_drift(person, capsys):
    article = ArticlePageFactory()
    was_read(person, article, seconds=30)
    actions.complete(person=person, page=article, how=Completion.How.READ)
    article.body = body_of(9000)
    article.save()

    assert run(capsys)[0] == 0


def test_a_wrong_sum_is_found_and_repaired(person, capsys):
    progress = was_read(person, ArticlePageFactory(), seconds=5)
    ReadingProgress.objects.update(seconds=7000, share=0.5)

    code, [before, _after] = run(capsys, "--repair")

    assert (code, list(drift(before))) == (0, ["sums"])
    progress.refresh_from_db()
    assert (progress.seconds, progress.share) == (5, 1)


def test_complete_and_taken_back_at_once_is_found_and_repaired(person, capsys):
    article = ArticlePageFactory()
    actions.mark_done(person=person, page=article)
    Withdrawal.objects.create(person=person, page_id=article.pk)

    code, [before, _after] = run(capsys, "--repair")

    assert (code, list(drift(before))) == (0, ["contradicted"])
    assert not Withdrawal.objects.exists()


def test_a_path_whose_steps_are_all_done_is_finished(person, capsys):
    article = ArticlePageFactory()
    EnrolmentFactory(person=person, path=LearningPathPageFactory(stages=[[article]]))
    Completion.objects.create(person=person, page_id=article.pk)

    code, [before, _after] = run(capsys, "--repair")

    assert (code, list(drift(before))) == (0, ["unfinished"])
    assert Enrolment.objects.get().finished_at


def test_the_table_names_every_kind_of_drift(capsys):
    call_command("progress", "verify")

    table = capsys.readouterr().out
    for kind in ("missing", "unfounded", "sums", "contradicted", "unfinished"):
        assert kind in table


def test_many_pages_of_one_person_are_judged_together(person, django_assert_max_num_queries):
    for article in ArticlePageFactory.create_batch(20):
        was_read(person, article, seconds=5)

    with django_assert_max_num_queries(24):
        assert verify().total == 0
