"""The Jobs page: who may see it, what it says, what its buttons do, and what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.paginator import Paginator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jobs import actions, registry
from jobs.listing import NEEDS_EYES, JobList
from jobs.models import LeasedRow, Mail
from jobs.sweeper import SWEEP
from tests.factories.accounts import AdminFactory, PersonFactory, browser_of
from tests.factories.jobs import MailFactory, fresh

pytestmark = pytest.mark.django_db
Status = LeasedRow.Status


def person_with(*codenames):
    person = PersonFactory()
    person.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    return person


@pytest.fixture
def admin():
    return browser_of(AdminFactory())


def page(browser, **filters):
    return browser.get(reverse("jobs:list"), filters).content.decode()


def post(browser, action, row):
    return browser.post(reverse(f"jobs:{action}", args=[row._meta.label_lower, row.pk]))


def test_only_those_with_the_permission_see_the_page_and_its_menu_item():
    for path in (reverse("jobs:list"), reverse("jobs:table")):
        assert browser_of(None).get(path).status_code == 302
        assert browser_of(PersonFactory()).get(path).status_code == 302
        assert browser_of(person_with()).get(path).status_code == 302
        assert browser_of(person_with("view_jobs")).get(path).status_code == 200
    assert reverse("jobs:list") in browser_of(person_with("view_jobs")).get("/admin/").content.decode()
    assert reverse("jobs:list") not in browser_of(person_with()).get("/admin/").content.decode()


@pytest.mark.parametrize("action", ["retry", "cancel"])
def test_only_those_with_the_permission_change_jobs(action):
    row = MailFactory(failed=True) if action == "retry" else MailFactory()
    onlooker = browser_of(person_with("view_jobs"))
    assert "<form" not in page(onlooker).split("data-jobs-table")[1].split("</table>")[0]
    post(onlooker, action, row)
    assert fresh(row).status == row.status
    post(browser_of(person_with("view_jobs", "retry_job")), action, row)
    assert fresh(row).status != row.status


def test_a_row_says_what_became_of_it(admin):
    MailFactory(subject="Confirm your address", failed=True, reason="The mailbox is full.")
    said = page(admin)
    for words in ("Confirm your address", "Mail", "Failed", "The mailbox is full.", "6 of 6", "Ended 0 s ago", "Retry"):
        assert words in said


def test_running_and_waiting_rows_say_when(admin):
    now = timezone.now()
    MailFactory(running=True, started_at=now - timedelta(minutes=3), lease_until=now + timedelta(seconds=80))
    MailFactory(created_at=now - timedelta(hours=5), next_try_at=now + timedelta(minutes=15, seconds=5))
    said = page(admin)
    for words in ("Started 3 min ago", "Worker last seen 40 s ago", "Waiting since 5 h ago", "Next try in 15 min"):
        assert words in said


def test_progress_and_time_left_are_shown_where_the_work_can_tell(admin, monkeypatch):
    monkeypatch.setattr(Mail, "percent", 42)
    monkeypatch.setattr(Mail, "eta", lambda self: timedelta(minutes=7))
    MailFactory(running=True)
    assert 'value="42"' in page(admin)
    assert "About 7 min left" in page(admin)


def test_words_of_others_are_printed_literally(admin):
    MailFactory(failed=True, subject="<script>1</script>", reason="<img onerror=1>")
    assert "<script>1" not in page(admin)
    assert "<img onerror" not in page(admin)


def test_the_page_shows_what_needs_eyes_and_the_rest_on_demand(admin):
    for number, status in enumerate((Status.DONE, Status.CANCELLED)):
        MailFactory(status=status, subject=f"ended {number}", finished_at=timezone.now())
    MailFactory(subject="still waiting")
    assert "still waiting" in page(admin)
    assert "ended" not in page(admin)
    assert "ended 0" in page(admin, status="done")
    assert "ended 1" in page(admin, status="cancelled")
    assert "still waiting" not in page(admin, status="done")
    assert "still waiting" in page(admin, status="nonsense", kind="nonsense", p="nonsense")


def test_the_page_can_show_one_kind_alone(admin):
    MailFactory(subject="of the mail kind")
    others = [kind for kind in registry.kinds() if kind.model is not Mail]
    assert "of the mail kind" in page(admin, kind="jobs.mail")
    for kind in others:
        assert "of the mail kind" not in page(admin, kind=kind.name)


def test_retry_and_cancel_do_what_they_say_and_come_back(admin):
    failed, waiting = MailFactory(failed=True), MailFactory()
    address = reverse("jobs:retry", args=["jobs.mail", failed.pk])
    back = f"{reverse('jobs:list')}?status=failed"
    assert admin.post(address, {"next": back}).headers["Location"] == back
    assert admin.post(address, {"next": "https://evil.example/"}).headers["Location"] == reverse("jobs:list")
    assert (fresh(failed).status, fresh(failed).attempts) == (Status.WAITING, 0)
    post(admin, "cancel", waiting)
    assert fresh(waiting).status == Status.CANCELLED
    assert fresh(waiting).reason


def test_what_changed_in_the_meantime_is_left_and_said(admin):
    row = MailFactory(status=Status.DONE, finished_at=timezone.now())
    post(admin, "retry", row)
    assert fresh(row).status == Status.DONE
    assert "changed in the meantime" in page(admin)


def test_buttons_are_posted_and_know_only_what_exists(admin):
    assert admin.get(reverse("jobs:retry", args=["jobs.mail", 1])).status_code == 405
    assert admin.post(reverse("jobs:retry", args=["jobs.mail", 999])).status_code == 404
    assert admin.post(reverse("jobs:retry", args=["jobs.nothing", 1])).status_code == 404


def test_the_page_says_whether_the_schedule_and_the_workers_live(admin):
    assert "The schedule has not run yet." in page(admin)
    assert "no worker has answered yet" in page(admin)
    actions.record_tick(SWEEP, now=timezone.now() - timedelta(seconds=20))
    actions.record_tick("worker:transcode")
    said = page(admin)
    assert "The schedule last ran 20 s ago." in said
    assert "a worker answered 0 s ago" in said
    actions.record_tick(SWEEP, now=timezone.now() - timedelta(minutes=12))
    assert "The schedule last ran 12 min ago." in page(admin)
    assert "Without it nothing" in page(admin)


def test_a_busy_worker_counts_as_alive_though_it_answers_nothing(admin):
    MailFactory(running=True)
    assert "a worker is at work" in page(admin)


def test_the_number_of_queries_does_not_grow_with_the_rows(admin):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert page(admin)
        return len(captured)

    for traits in ({}, {"running": True}, {"failed": True}):
        MailFactory.create_batch(2, **traits)
    page(admin)
    before = queries()
    for traits in ({}, {"running": True}, {"failed": True}):
        MailFactory.create_batch(18, **traits)
    assert queries() <= before


@pytest.mark.parametrize("per_page", [1, 4, 100])
def test_pages_of_the_list_hold_every_row_once_in_order(per_page):
    now = timezone.now()
    waiting = [MailFactory(next_try_at=now + timedelta(minutes=n)) for n in range(4)]
    failed = [MailFactory(failed=True, finished_at=now - timedelta(minutes=n)) for n in range(3)]
    running = [MailFactory(running=True, lease_until=now + timedelta(minutes=n)) for n in range(2)]
    paginator = Paginator(JobList(registry.kinds(), NEEDS_EYES), per_page)
    assert [job.row for p in paginator for job in p] == [*running, *failed, *waiting]
