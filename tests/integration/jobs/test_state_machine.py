"""Any order of claims, renewals, crashes, sweeps and clock moves keeps the promises of a leased row."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from jobs import actions, registry, sweeper
from jobs.actions import LeaseLost
from jobs.models import LeasedRow, Mail
from tests.factories.jobs import MailFactory, fresh

Status = LeasedRow.Status
WORKERS = st.integers(0, 3)
WRITES = {
    "renew": actions.renew,
    "finish": actions.finish,
    "fail": lambda row: actions.fail(row, reason="It broke."),
    "retry": lambda row: actions.retry(row, reason="Later."),
    "give_back": actions.give_back,
}
BEGINNING = datetime(2026, 3, 2, 9, tzinfo=UTC)


def columns(row: Mail) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


class Workers(RuleBasedStateMachine):
    """Four workers, two rows and a sweeper. A worker keeps its copy of a row, however stale that gets."""

    @initialize()
    def begin(self) -> None:
        Mail.objects.all().delete()
        self.clock = time_machine.travel(BEGINNING, tick=False)
        self.traveller = self.clock.start()
        self.rows = MailFactory.create_batch(2)
        self.copies: dict[int, Mail] = {}

    def teardown(self) -> None:
        if hasattr(self, "clock"):
            self._everything_ends()
            self.clock.stop()

    @rule(worker=WORKERS, which=st.integers(0, 1))
    def claim(self, worker: int, which: int) -> None:
        before = fresh(self.rows[which])
        if row := actions.claim(Mail, before.pk):
            assert before.status == Status.WAITING
            assert row.attempts == before.attempts + 1
            self.copies[worker] = row

    @precondition(lambda self: self.copies)
    @rule(data=st.data(), write=st.sampled_from(sorted(WRITES)))
    def write(self, data, write: str) -> None:
        """A write succeeds if and only if the worker's claim is the one in the database."""
        row = self.copies[data.draw(st.sampled_from(sorted(self.copies)))]
        before = fresh(row)
        holds = row.claim_token is not None and before.claim_token == row.claim_token
        try:
            WRITES[write](row)
        except LeaseLost:
            assert not holds
            assert columns(fresh(row)) == columns(before)
        else:
            assert holds

    @precondition(lambda self: self.copies)
    @rule(data=st.data())
    def crash(self, data) -> None:
        del self.copies[data.draw(st.sampled_from(sorted(self.copies)))]

    @rule(which=st.integers(0, 1))
    def cancel(self, which: int) -> None:
        actions.cancel(fresh(self.rows[which]), reason="Not wanted.")

    @rule(which=st.integers(0, 1))
    def start_again(self, which: int) -> None:
        actions.start_again(fresh(self.rows[which]))

    @rule(seconds=st.sampled_from((1, 59, 60, 121, 3600)))
    def time_passes(self, seconds: int) -> None:
        self.traveller.shift(timedelta(seconds=seconds))

    @rule()
    def sweep(self) -> None:
        sweeper.sweep()

    @invariant()
    def promises_hold(self) -> None:
        for row in Mail.objects.all():
            assert 0 <= row.attempts <= row.max_attempts
            assert (row.claim_token is not None) == (row.lease_until is not None) == (row.status == Status.RUNNING)
            assert row.reason or row.status != Status.FAILED
            assert (row.finished_at is not None) == (row.status not in LeasedRow.OPEN)
            holders = [
                copy for copy in self.copies.values() if copy.claim_token and copy.claim_token == row.claim_token
            ]
            assert len(holders) <= 1

    def _everything_ends(self) -> None:
        """Every worker now dies with every row it takes: sweeps alone bring each row to an end."""
        for _round in range(Mail.max_attempts):
            self.traveller.shift(timedelta(hours=5))
            sweeper.sweep()
            for row in Mail.objects.waiting():
                actions.claim(Mail, row.pk)
        self.traveller.shift(timedelta(hours=5))
        sweeper.sweep()
        assert not Mail.objects.open().exists()
        assert all(row.reason for row in Mail.objects.failed())


@pytest.mark.django_db
def test_any_order_of_events_keeps_the_promises(sent, monkeypatch):
    monkeypatch.setattr(Mail, "max_attempts", 3)
    monkeypatch.setattr(registry, "_kinds", {Mail: registry.kind_of(Mail)})
    run_state_machine_as_test(
        Workers,
        settings=settings(
            max_examples=20, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
