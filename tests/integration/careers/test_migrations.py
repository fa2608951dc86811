"""Migrations that fill what older rows lack."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from careers.models import PathStage, PathStep
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory


@pytest.mark.django_db
def test_stages_from_before_keys_get_one_each_and_steps_their_pages_titles():
    [page] = ArticlePageFactory.create_batch(1, title="The five shapes")
    path = LearningPathPageFactory(stages=[[page], [page], [page]])
    named = PathStage.objects.filter(path=path).last()
    before = named.key
    PathStage.objects.filter(path=path).exclude(pk=named.pk).update(key="")
    gone = PathStep.objects.filter(stage__path=path).last()
    PathStep.objects.filter(pk=gone.pk).update(page_title="As it was called")
    PathStep.objects.filter(stage__path=path).exclude(pk=gone.pk).update(page_title="")

    fill = MigrationExecutor(connection).loader.get_migration("careers", "0010_stage_keys").operations[0].code
    for _time in range(2):
        fill(apps, None)

    keys = list(PathStage.objects.filter(path=path).values_list("key", flat=True))
    assert all(len(key) == len(before) for key in keys)
    assert len(set(keys)) == 3
    assert PathStage.objects.get(pk=named.pk).key == before
    titles = PathStep.objects.filter(stage__path=path).order_by("stage", "pk").values_list("page_title", flat=True)
    assert sorted(titles) == ["As it was called", "The five shapes", "The five shapes"]
