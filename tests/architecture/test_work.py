"""Queues, tasks and schedule fit together."""

from __future__ import annotations

from collections import Counter
from inspect import signature

import pytest
from celery import Task, current_app
from kombu import Queue

from jobs.registry import kinds
from portal.celery import QUEUES, app
from portal.quickstart import processes
from tests.architecture import compose, source

CARRIED = {"int", "str", "int | None", "str | None"}


def our_tasks() -> list[Task]:
    current_app.loader.import_default_modules()
    return [task for name, task in sorted(app.tasks.items()) if name.partition(".")[0] in source.FLOORS]


def schedule() -> dict[str, dict]:
    our_tasks()
    return app.conf.beat_schedule


def test_every_queue_has_a_key_of_its_own_so_that_no_message_is_copied_to_another():
    queues: list[Queue] = app.conf.task_queues

    assert {(queue.name, queue.exchange.name, queue.routing_key) for queue in queues} == {(n, n, n) for n in QUEUES}


def test_every_queue_is_consumed_by_exactly_one_service_of_the_compose_file():
    assert Counter(queue for queues in compose.worker_queues().values() for queue in queues) == Counter(QUEUES)


def test_every_queue_is_consumed_by_exactly_one_process_of_quickstart():
    commands = processes.commands(8000).values()

    assert Counter(queue for command in commands for queue in compose.queues_of(command)) == Counter(QUEUES)


def test_an_encode_shares_no_process_with_mail():
    for queues in [*compose.worker_queues().values(), *map(compose.queues_of, processes.commands(8000).values())]:
        assert "transcode" not in queues or queues == ["transcode"]


def test_there_are_tasks_to_hold_to_these_rules():
    assert {"jobs.sweep", "jobs.deliver_mail"} <= {task.name for task in our_tasks()}


def test_tasks_carry_ids_and_names_only():
    found = [
        f"{task.name}({parameter})"
        for task in our_tasks()
        for parameter in signature(task.run).parameters.values()
        if parameter.annotation not in CARRIED
    ]

    assert found == []


def test_tasks_live_in_the_tasks_module_of_their_floor():
    assert [task.name for task in our_tasks() if task.__module__.partition(".")[2] != "tasks"] == []


def test_every_kind_of_work_names_a_registered_task_and_a_queue_that_exists():
    registered = {task.name for task in our_tasks()}

    assert kinds()
    for kind in kinds():
        assert kind.task in registered
        assert kind.queue in QUEUES


def test_every_tick_of_the_schedule_names_a_registered_task_and_expires_before_the_next():
    registered = {task.name for task in our_tasks()}

    for tick in schedule().values():
        assert tick["task"] in registered
        assert tick["options"]["queue"] in QUEUES
        assert 0 < tick["options"]["expires"] < tick["schedule"]


@pytest.mark.parametrize("word", ["eta", "countdown"])
def test_nothing_is_left_to_the_broker_to_send_later(word):
    """With Redis such a message comes twice when it waits longer than the visibility timeout: rows have next_try_at."""
    found = [
        f"{source.name(path)}:{call.lineno}"
        for path in source.product()
        for call in source.calls(path)
        if getattr(call.func, "attr", "") in {"apply_async", "send_task", "retry", "signature", "s"}
        and any(keyword.arg == word for keyword in call.keywords)
    ]

    assert found == []
